import type { ElementCoder } from '#portability/coders/coder.js';
import { expiryOf, type Duration, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { hashBytes } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { copyOf } from '../input/frame-scan.js';
import { TimeHeap } from '../time/time-heap.js';

/** A window in which something is kept. */
export interface StateWindow {
  /** Small and dense: the number of a window that is gone is used again. */
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly maxTimestamp: EventTime;
  /** When it is collected (LATE-1). */
  readonly expiry: EventTime;
  /** Keys that it holds. */
  places: number;
}

/** The windows of a stage that keeps state, found by their bytes. */
export class StateWindows {
  readonly #coder: ElementCoder<Window>;
  readonly #lateness: Duration;
  readonly #byHash = new Map<number, StateWindow[]>();
  readonly #byId: (StateWindow | undefined)[] = [];
  readonly #freeIds: number[] = [];
  /** Also holds windows that are gone already. */
  readonly #byExpiry = new TimeHeap<StateWindow>();
  readonly #byEnd = new TimeHeap<StateWindow>();
  #last: StateWindow | undefined;

  constructor(coder: ElementCoder<Window>, lateness: Duration) {
    this.#coder = coder;
    this.#lateness = lateness;
  }

  get size(): number {
    return this.#byId.length - this.#freeIds.length;
  }

  *[Symbol.iterator](): IterableIterator<StateWindow> {
    for (const window of this.#byId) if (window !== undefined) yield window;
  }

  /** The window whose encoding is `source[start, end)`; made if it is not known. */
  at(source: Uint8Array, start: number, end: number): StateWindow {
    const last = this.#last;
    if (last !== undefined && isSame(last.bytes, source, start, end)) return last;
    const hash = hashBytes(source, start, end);
    const known = this.#byHash.get(hash);
    const same = known?.find(({ bytes }) => isSame(bytes, source, start, end));
    return (this.#last = same ?? this.#add(hash, copyOf(source, start, end)));
  }

  /** The window whose encoding begins at `start`; made if it is not known. */
  startingAt(source: Uint8Array, start: number): StateWindow {
    const input = new ByteReader(source, start, source.length);
    this.#coder.skip(input);
    return this.at(source, start, input.pos);
  }

  of(id: number): StateWindow {
    return this.#byId[id]!;
  }

  /** When a window that begins at `start` of `source` is collected. */
  expiryAt(source: Uint8Array, start: number, end: number): EventTime {
    const last = this.#last;
    if (last !== undefined && isSame(last.bytes, source, start, end)) return last.expiry;
    const { maxTimestamp } = this.#coder.decode(new ByteReader(source, start, end));
    return expiryOf(maxTimestamp, this.#lateness);
  }

  /** A window whose time is over at `watermark` and that still holds keys. */
  expired(watermark: EventTime): StateWindow | undefined {
    const first = peekLive(this.#byExpiry, (window) => this.#isLive(window));
    return first !== undefined && first.expiry < watermark ? first : undefined;
  }

  /** The window that ends first. */
  firstToEnd(): StateWindow | undefined {
    return peekLive(this.#byEnd, (window) => this.#isLive(window));
  }

  delete(window: StateWindow): void {
    const hash = hashBytes(window.bytes, 0, window.bytes.length);
    const rest = this.#byHash.get(hash)?.filter((w) => w !== window) ?? [];
    if (rest.length === 0) this.#byHash.delete(hash);
    else this.#byHash.set(hash, rest);
    this.#byId[window.id] = undefined;
    this.#freeIds.push(window.id);
    if (this.#last === window) this.#last = undefined;
  }

  #add(hash: number, bytes: Uint8Array): StateWindow {
    const { maxTimestamp } = this.#coder.decode(new ByteReader(bytes));
    const expiry = expiryOf(maxTimestamp, this.#lateness);
    const id = this.#freeIds.pop() ?? this.#byId.length;
    const window = { id, bytes, maxTimestamp, expiry, places: 0 };
    this.#byId[id] = window;
    const known = this.#byHash.get(hash);
    if (known === undefined) this.#byHash.set(hash, [window]);
    else known.push(window);
    this.#byExpiry.push(expiry, window);
    this.#byEnd.push(maxTimestamp, window);
    return window;
  }

  #isLive(window: StateWindow): boolean {
    return this.#byId[window.id] === window;
  }
}

function peekLive(
  heap: TimeHeap<StateWindow>,
  isLive: (window: StateWindow) => boolean,
): StateWindow | undefined {
  for (;;) {
    const first = heap.peek();
    if (first === undefined || isLive(first)) return first;
    heap.pop();
  }
}

function isSame(bytes: Uint8Array, source: Uint8Array, start: number, end: number): boolean {
  if (bytes.length !== end - start) return false;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== source[start + i]) return false;
  return true;
}

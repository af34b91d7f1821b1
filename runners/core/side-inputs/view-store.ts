import type { ElementCoder } from '#portability/coders/coder.js';
import { readPane } from '#portability/coders/panes.js';
import { duration, expiryOf, type Duration, type EventTime } from '#portability/model/time.js';
import { asksForEnd } from '#portability/model/triggers.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import type { Window } from '#portability/model/windows.js';
import { hashBytes, INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { copyOf, endOf, indexOf, WINDOWS_AT, type FrameShape } from '../input/frame-scan.js';
import { SpillableBytes } from '../spill/spillable-bytes.js';
import type { Spillable } from '../spill/spillable.js';
import { TimeHeap } from '../time/time-heap.js';
import type { ElementEnd } from '../plan/plan.js';
import { NO_CONTENT, SideContent, type PairShape } from './side-content.js';

/** A stage that reads the view: the least time that may come, and how late its elements may be. */
interface Reader {
  readonly oldest: () => EventTime;
  readonly lateness: Duration;
}

interface SideWindow {
  readonly window: Uint8Array;
  readonly maxTimestamp: EventTime;
  /** Index of the pane that is kept. */
  pane: number;
  /** Nested encodings of the elements, one after the other. */
  data: SpillableBytes;
  /** The same as bundles read it, as long as one of them does. */
  content?: WeakRef<SideContent>;
}

type Pane = Pick<SideWindow, 'window' | 'maxTimestamp' | 'pane'>;

/**
 * How long after its end a window of which nothing has come yet counts as empty. A trigger that asks for the end has
 * spoken then; of others the first pane may as well be that of late elements, which may be awaited: Beam's `Wait` is a
 * side input whose trigger never fires.
 */
export function emptyAfter({ trigger, allowedLateness }: WindowingStrategy): Duration {
  return asksForEnd(trigger) ? duration(0) : allowedLateness;
}

/**
 * The latest pane of each window of a side input (SID-4), until no reader can ask for it (SID-6).
 *
 *   V1. A main window ends no later than the side window that is read with it, unless a function looks back.
 *       So a side window is over once every reader's input watermark is past its end by more than the
 *       reader's allowed lateness and how far it looks back.
 *   V2. Of the panes of a window the one with the highest index is kept, in whatever order they come.
 */
export class ViewStore {
  readonly windowCoder: ElementCoder<Window>;
  readonly #times: { readonly input: EventTime };
  readonly #emptyAfter: Duration;
  readonly #byHash = new Map<number, SideWindow[]>();
  readonly #byEnd = new TimeHeap<SideWindow>();
  readonly #readers: Reader[] = [];
  readonly #pair: PairShape | undefined;
  readonly #element: ElementEnd | undefined;

  /**
   * `pair`: the elements are pairs, and may be looked up by their keys; `element`: finds where one ends, so that
   * they may be read in parts.
   */
  constructor(
    windowCoder: ElementCoder<Window>,
    times: { readonly input: EventTime },
    emptyAfter: Duration,
    pair?: PairShape,
    element?: ElementEnd,
  ) {
    this.windowCoder = windowCoder;
    this.#times = times;
    this.#emptyAfter = emptyAfter;
    this.#pair = pair;
    this.#element = element;
  }

  get windows(): number {
    return this.#byEnd.size;
  }

  *spillables(): Iterable<Spillable> {
    for (const sides of this.#byHash.values()) for (const { data } of sides) yield data;
  }

  /**
   * Keeps windows for elements that are late by up to `lateness`. `oldest`: the reader's input watermark, or the
   * time of an element before it that is still being processed.
   */
  addReader(oldest: Reader['oldest'], lateness: Duration): void {
    this.#readers.push({ oldest, lateness });
  }

  /** Lets go of the windows that no reader can ask for any more. */
  collect(): void {
    while (this.#byEnd.size > 0 && this.#isOver(this.#byEnd.least!))
      this.#delete(this.#byEnd.pop()!);
  }

  #isOver(maxTimestamp: EventTime): boolean {
    return this.#readers.every(
      ({ oldest, lateness }) => oldest() > expiryOf(maxTimestamp, lateness),
    );
  }

  /** Takes panes of a grouping without keys. */
  absorb(frame: Frame, shape: FrameShape): void {
    const index = indexOf(frame, shape);
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      // A pane has one window; it ends before the pane's first byte, so it is a prefix of the rest.
      const pane = paneAt(frame.bytes, index[i]! + WINDOWS_AT, shape);
      // The values follow their number.
      const data = frame.bytes.subarray(index[i + 1]! + 4, endOf(frame, index, i));
      if (!this.#isOver(pane.maxTimestamp)) this.#put(pane, data);
    }
  }

  /** SID-2: a pane has fired, or none need be awaited any more. */
  isReady(window: Uint8Array, maxTimestamp: EventTime): boolean {
    const end = expiryOf(maxTimestamp, this.#emptyAfter);
    return this.#times.input > end || this.#find(window) !== undefined;
  }

  /** Elements of a side window; none if nothing fired. */
  read(window: Uint8Array): SideContent {
    const side = this.#find(window);
    if (side === undefined) return NO_CONTENT;
    const data = side.data.read();
    const known = side.content?.deref();
    if (known?.data === data) return known;
    const content = new SideContent(data, this.#pair, this.#element);
    side.content = new WeakRef(content);
    return content;
  }

  #find(window: Uint8Array): SideWindow | undefined {
    const sameHash = this.#byHash.get(hashBytes(window, 0, window.length));
    return sameHash?.find((side) => Buffer.compare(side.window, window) === 0);
  }

  #put({ window, maxTimestamp, pane }: Pane, data: Uint8Array): void {
    const known = this.#find(window);
    if (known !== undefined) {
      if (pane < known.pane) return;
      known.pane = pane;
      known.data.release();
      known.data = new SpillableBytes(data);
      return;
    }
    const hash = hashBytes(window, 0, window.length);
    const sameHash = this.#byHash.get(hash);
    const side = { window, maxTimestamp, pane, data: new SpillableBytes(data) };
    if (sameHash === undefined) this.#byHash.set(hash, [side]);
    else sameHash.push(side);
    this.#byEnd.push(maxTimestamp, side);
  }

  #delete(side: SideWindow): void {
    side.data.release();
    const hash = hashBytes(side.window, 0, side.window.length);
    const rest = this.#byHash.get(hash)!.filter((other) => other !== side);
    if (rest.length === 0) this.#byHash.delete(hash);
    else this.#byHash.set(hash, rest);
  }
}

function paneAt(bytes: Uint8Array, at: number, { windowCoder }: FrameShape): Pane {
  const input = new ByteReader(bytes, at);
  const { maxTimestamp } = windowCoder.decode(input);
  const window = copyOf(bytes, at, input.pos);
  return { window, maxTimestamp, pane: readPane(input).index };
}

import type { ElementCoder } from '#portability/coders/coder.js';
import { expiryOf, type Duration, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { hashBytes } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { keptBytes } from './small-memory.js';
import type { StageTimes } from './grouping.js';

/** A window as it is found: by the equality of its bytes (WIN-8). */
interface SeenWindow {
  readonly bytes: Uint8Array;
}

type NewWindow<W> = new (
  bytes: Uint8Array,
  maxTimestamp: EventTime,
  expiry: EventTime,
  expired: boolean,
) => W;

/** The windows that hold something, found by their bytes. */
export class WindowSet<W extends SeenWindow> {
  readonly #byHash = new Map<number, W[]>();
  readonly #made: NewWindow<W>;
  readonly #coder: ElementCoder<Window>;
  readonly #lateness: Duration;
  readonly #times: StageTimes;
  readonly #input = new ByteReader(new Uint8Array(0));

  constructor(
    made: NewWindow<W>,
    coder: ElementCoder<Window>,
    lateness: Duration,
    times: StageTimes,
  ) {
    this.#made = made;
    this.#coder = coder;
    this.#lateness = lateness;
    this.#times = times;
  }

  *[Symbol.iterator](): IterableIterator<W> {
    for (const windows of this.#byHash.values()) yield* windows;
  }

  /** The window that starts at `at`. A new one is given to `opened`, unless it has expired (LATE-1). */
  at(bytes: Uint8Array, at: number, opened: (window: W) => void): W {
    const input = this.#input;
    input.reset(bytes, at, bytes.length);
    this.#coder.skip(input);
    const end = input.pos;
    const hash = hashBytes(bytes, at, end);
    const known = this.#byHash.get(hash);
    const same = known?.find((w) => w.bytes.length === end - at && startsAt(w.bytes, bytes, at));
    if (same !== undefined) return same;
    input.pos = at;
    const { maxTimestamp } = this.#coder.decode(input);
    const expiry = expiryOf(maxTimestamp, this.#lateness);
    const expired = expiry < this.#times.input;
    const window = new this.#made(keptBytes(bytes, at, end), maxTimestamp, expiry, expired);
    if (expired) return window;
    if (known === undefined) this.#byHash.set(hash, [window]);
    else known.push(window);
    opened(window);
    return window;
  }

  /** The window of these bytes, also where it has expired by now: it was seen in time. */
  restored(bytes: Uint8Array, opened: (window: W) => void): W {
    const hash = hashBytes(bytes, 0, bytes.length);
    const known = this.#byHash.get(hash) ?? [];
    const same = known.find((w) => w.bytes.length === bytes.length && startsAt(w.bytes, bytes, 0));
    if (same !== undefined) return same;
    const { maxTimestamp } = this.#coder.decode(new ByteReader(bytes));
    const expiry = expiryOf(maxTimestamp, this.#lateness);
    const window = new this.#made(bytes, maxTimestamp, expiry, false);
    this.#byHash.set(hash, [...known, window]);
    opened(window);
    return window;
  }

  delete(window: W): void {
    const hash = hashBytes(window.bytes, 0, window.bytes.length);
    const rest = this.#byHash.get(hash)?.filter((w) => w !== window) ?? [];
    if (rest.length === 0) this.#byHash.delete(hash);
    else this.#byHash.set(hash, rest);
  }
}

/** Whether `window` lies at `at`. Encoded windows tell where they end, so a prefix is the whole. */
export function startsAt(window: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < window.length; i++) if (bytes[at + i] !== window[i]) return false;
  return true;
}

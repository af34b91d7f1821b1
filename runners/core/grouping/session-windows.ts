import type { ElementCoder } from '#portability/coders/coder.js';
import {
  exactBounds,
  exactIntervalWindow,
  type ExactBounds,
} from '#portability/model/exact-windows.js';
import { expiryOf, type Duration, type EventTime } from '#portability/model/time.js';
import type { IntervalWindow, Window } from '#portability/model/windows.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { copyOf } from '../input/frame-scan.js';
import { startsAt } from './window-set.js';

const FIRST_WINDOWS = 64;

/**
 * The windows of sessions by number: bounds as plain numbers, and the bytes of those that numbers cannot
 * tell, which are windows of the user and of sentinel times (WIN-7, WIN-8).
 */
export class SessionWindows {
  /** Of the window that was read last. */
  start = 0;
  end = 0;
  maxTimestamp: EventTime = 0 as EventTime;
  /** Present if the numbers do not say all. */
  bytes: Uint8Array | undefined;
  readonly #coder: ElementCoder<Window>;
  readonly #lateness: Duration;
  readonly #input = new ByteReader(new Uint8Array(0));
  readonly #out = new ByteWriter(32);
  #starts: Float64Array = new Float64Array(FIRST_WINDOWS);
  #ends: Float64Array = new Float64Array(FIRST_WINDOWS);
  #maxima: Float64Array = new Float64Array(FIRST_WINDOWS);
  readonly #bytes = new Map<number, Uint8Array>();

  constructor(coder: ElementCoder<Window>, lateness: Duration) {
    this.#coder = coder;
    this.#lateness = lateness;
  }

  get heldBytes(): number {
    return this.#starts.byteLength * 3;
  }

  /** Reads the window at `at` and answers where it ends. */
  read(source: Uint8Array, at: number, intervals: boolean): number {
    const input = this.#input;
    input.reset(source, at, source.length);
    this.bytes = undefined;
    if (intervals) {
      const end = input.roundedMillis();
      const span = input.int64();
      const start = typeof span === 'number' ? end - span : NaN;
      if (Number.isSafeInteger(start) && Number.isSafeInteger(end)) {
        this.start = start;
        this.end = end;
        this.maxTimestamp = (end - 1) as EventTime;
        return input.pos;
      }
      input.pos = at;
    }
    const window = this.#coder.decode(input);
    this.bytes = copyOf(source, at, input.pos);
    this.maxTimestamp = window.maxTimestamp;
    this.start = (window as IntervalWindow).start;
    this.end = (window as IntervalWindow).end;
    return input.pos;
  }

  expiry(maxTimestamp: EventTime): EventTime {
    return expiryOf(maxTimestamp, this.#lateness);
  }

  /** Makes what was read last the window of `id`. */
  put(id: number): void {
    if (id >= this.#starts.length) this.#grow(id);
    this.#starts[id] = this.start;
    this.#ends[id] = this.end;
    this.#maxima[id] = this.maxTimestamp;
    if (this.bytes === undefined) this.#bytes.delete(id);
    else this.#bytes.set(id, this.bytes);
  }

  drop(id: number): void {
    this.#bytes.delete(id);
  }

  maxOf(id: number): EventTime {
    return this.#maxima[id] as EventTime;
  }

  expiryOf(id: number): EventTime {
    return this.expiry(this.maxOf(id));
  }

  /** MRG-2: whether the window of `id` and the one read last overlap; those that touch stay apart. */
  overlaps(id: number): boolean {
    return this.#starts[id]! < this.end && this.start < this.#ends[id]!;
  }

  /** Whether the window of `id` is the one read last. */
  equals(id: number): boolean {
    const known = this.#bytes.get(id);
    if (known !== undefined || this.bytes !== undefined) return isSame(known, this.bytes);
    return this.#starts[id] === this.start && this.#ends[id] === this.end;
  }

  areEqual(a: number, b: number): boolean {
    const bytes = this.#bytes.get(a);
    const other = this.#bytes.get(b);
    if (bytes !== undefined || other !== undefined) return isSame(bytes, other);
    return this.#starts[a] === this.#starts[b] && this.#ends[a] === this.#ends[b];
  }

  /** Makes the window read last the least one that also holds the window of `id`. */
  span(id: number): void {
    const start = this.#starts[id]!;
    const end = this.#ends[id]!;
    const first = start < this.start;
    const last = end > this.end;
    if (!first && !last) return;
    if (this.bytes !== undefined || this.#bytes.has(id)) this.bytes = this.#exactSpan(id);
    if (first) this.start = start;
    if (last) {
      this.end = end;
      this.maxTimestamp = this.maxOf(id);
    }
  }

  /** The encoded window; to be used before the next call, or copied. */
  encoded(id: number): Uint8Array {
    const bytes = this.#bytes.get(id);
    if (bytes !== undefined) return bytes;
    const out = this.#out;
    out.pos = 0;
    out.timestamp(this.#ends[id] as EventTime);
    out.varint(this.#ends[id]! - this.#starts[id]!);
    return out.bytes.subarray(0, out.pos);
  }

  decoded(id: number): Window {
    return this.#coder.decode(new ByteReader(this.encoded(id)));
  }

  /** WIN-7: bounds that numbers cannot tell. */
  #exactSpan(id: number): Uint8Array {
    const a = this.#exactBounds(this.bytes, this.start, this.end);
    const b = this.#exactBounds(this.#bytes.get(id), this.#starts[id]!, this.#ends[id]!);
    const start = a.start < b.start ? a.start : b.start;
    const out = new ByteWriter(24);
    this.#coder.encode(exactIntervalWindow(start, a.end > b.end ? a.end : b.end), out);
    return out.toBytes();
  }

  #exactBounds(bytes: Uint8Array | undefined, start: number, end: number): ExactBounds {
    if (bytes === undefined) return { start: BigInt(start), end: BigInt(end) };
    const window = this.#coder.decode(new ByteReader(bytes));
    return exactBounds(window as IntervalWindow)!;
  }

  #grow(id: number): void {
    const size = Math.max(id + 1, this.#starts.length * 2);
    this.#starts = grown(this.#starts, size);
    this.#ends = grown(this.#ends, size);
    this.#maxima = grown(this.#maxima, size);
  }
}

function grown(numbers: Float64Array, size: number): Float64Array {
  const more = new Float64Array(size);
  more.set(numbers);
  return more;
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a?.length !== b?.length) return false;
  return a !== undefined && b !== undefined && startsAt(a, b, 0);
}

import type { ElementCoder } from '#portability/coders/coder.js';
import { skipCustomWindow } from '#portability/coders/windows.js';
import {
  exactBounds,
  exactIntervalWindow,
  type ExactBounds,
} from '#portability/model/exact-windows.js';
import { expiryOf, type Duration, type EventTime } from '#portability/model/time.js';
import type { IntervalWindow, Window } from '#portability/model/windows.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { copyOf, roundedMillisAt } from '../input/frame-scan.js';
import { startsAt } from './window-set.js';

const FIRST_WINDOWS = 64;
/** Numbers per window: they lie side by side, because they are needed together. */
const STRIDE = 4;
const START = 0;
const END = 1;
const MAXIMUM = 2;
/** Bytes of the end of an interval, in front of its length. */
const END_BYTES = 8;
/** Longer varints may not fit into a number. */
const LARGEST_SCALE = 2 ** 42;

/**
 * The windows of sessions by number: bounds as plain numbers, and the bytes of those that numbers cannot
 * tell, which are windows of the user and those near the limits of time (WIN-7, WIN-8).
 */
export class SessionWindows {
  /** Of the window that was read last. */
  start: number = NaN;
  end: number = NaN;
  maxTimestamp: EventTime = NaN as EventTime;
  /** Present if the numbers do not say all. */
  bytes: Uint8Array | undefined;
  readonly #coder: ElementCoder<Window>;
  readonly #lateness: Duration;
  readonly #input = new ByteReader(new Uint8Array(0));
  readonly #out = new ByteWriter(32);
  #bounds: Float64Array = new Float64Array(FIRST_WINDOWS * STRIDE);
  /** By their length: what `encoded` answers. */
  readonly #answers: Uint8Array[] = [];
  /** By number. Empty as long as numbers tell all windows. */
  readonly #bytes: (Uint8Array | undefined)[] = [];

  constructor(coder: ElementCoder<Window>, lateness: Duration) {
    this.#coder = coder;
    this.#lateness = lateness;
  }

  get heldBytes(): number {
    return this.#bounds.byteLength;
  }

  /** Reads the window at `at` and answers where it ends. */
  read(source: Uint8Array, at: number, intervals: boolean): number {
    this.bytes = undefined;
    const next = intervals ? this.#readInterval(source, at) : -1;
    if (next >= 0) return next;
    const input = this.#input;
    input.reset(source, at, source.length);
    const last = skipCustomWindow(this.#coder, input);
    if (last === undefined) {
      const window = this.#coder.decode(input);
      this.maxTimestamp = window.maxTimestamp;
      this.start = (window as IntervalWindow).start;
      this.end = (window as IntervalWindow).end;
    } else {
      this.maxTimestamp = last;
      this.start = this.end = NaN;
    }
    this.bytes = copyOf(source, at, input.pos);
    return input.pos;
  }

  /** Where an interval ends whose bounds are numbers; −1 if they are not. */
  #readInterval(source: Uint8Array, at: number): number {
    let span = 0;
    let next = at + END_BYTES;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = source[next++]!;
      span += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      if (scale >= LARGEST_SCALE) return -1;
    }
    const end = roundedMillisAt(source, at);
    const start = end - span;
    if (!Number.isSafeInteger(end) || !Number.isSafeInteger(start)) return -1;
    this.start = start;
    this.end = end;
    this.maxTimestamp = (end - 1) as EventTime;
    return next;
  }

  expiry(maxTimestamp: EventTime): EventTime {
    return expiryOf(maxTimestamp, this.#lateness);
  }

  /** Makes what was read last the window of `id`. */
  put(id: number): void {
    const at = id * STRIDE;
    if (at >= this.#bounds.length) this.#grow(at);
    this.#bounds[at + START] = this.start;
    this.#bounds[at + END] = this.end;
    this.#bounds[at + MAXIMUM] = this.maxTimestamp;
    if (this.bytes !== undefined) this.#keep(id, this.bytes);
    else this.drop(id);
  }

  drop(id: number): void {
    if (id < this.#bytes.length) this.#bytes[id] = undefined;
  }

  #keep(id: number, bytes: Uint8Array): void {
    // Without holes.
    while (this.#bytes.length < id) this.#bytes.push(undefined);
    this.#bytes[id] = bytes;
  }

  startOf(id: number): number {
    return this.#bounds[id * STRIDE + START]!;
  }

  maxOf(id: number): EventTime {
    return this.#bounds[id * STRIDE + MAXIMUM] as EventTime;
  }

  expiryOf(id: number): EventTime {
    return this.expiry(this.maxOf(id));
  }

  /** MRG-2: whether the window of `id` and the one read last overlap; those that touch stay apart. */
  overlaps(id: number): boolean {
    const at = id * STRIDE;
    return this.#bounds[at]! < this.end && this.start < this.#bounds[at + END]!;
  }

  /** Whether the window of `id` is the one read last. */
  equals(id: number): boolean {
    const at = id * STRIDE;
    if (this.#bounds[at + MAXIMUM] !== this.maxTimestamp) return false;
    const known = this.#bytesOf(id);
    if (known !== undefined || this.bytes !== undefined) return isSame(known, this.bytes);
    return this.#bounds[at] === this.start && this.#bounds[at + END] === this.end;
  }

  /** The bytes of a window that numbers cannot tell. */
  #bytesOf(id: number): Uint8Array | undefined {
    return id < this.#bytes.length ? this.#bytes[id] : undefined;
  }

  /** Whether the window of `id` has the bytes `source[start, end)`. */
  isWritten(id: number, source: Uint8Array, start: number, end: number): boolean {
    const bytes = this.encoded(id);
    return bytes.length === end - start && startsAt(bytes, source, start);
  }

  areEqual(a: number, b: number): boolean {
    const bytes = this.#bytesOf(a);
    const other = this.#bytesOf(b);
    if (bytes !== undefined || other !== undefined) return isSame(bytes, other);
    const [at, by] = [a * STRIDE, b * STRIDE];
    const bounds = this.#bounds;
    return bounds[at] === bounds[by] && bounds[at + END] === bounds[by + END];
  }

  /** Makes the window read last the least one that also holds the window of `id`. */
  span(id: number): void {
    const start = this.#bounds[id * STRIDE]!;
    const end = this.#bounds[id * STRIDE + END]!;
    const first = start < this.start;
    const last = end > this.end;
    if (!first && !last) return;
    const span = Math.max(end, this.end) - Math.min(start, this.start);
    if (!Number.isSafeInteger(span) || this.bytes !== undefined || this.#bytesOf(id) !== undefined)
      this.bytes = this.#exactSpan(id);
    if (first) this.start = start;
    if (last) {
      this.end = end;
      this.maxTimestamp = this.maxOf(id);
    }
  }

  /** The encoded window; to be used before the next call, or copied. */
  encoded(id: number): Uint8Array {
    const bytes = this.#bytesOf(id);
    if (bytes !== undefined) return bytes;
    const out = this.#out;
    const [start, end] = [this.#bounds[id * STRIDE]!, this.#bounds[id * STRIDE + END]!];
    out.pos = 0;
    out.timestamp(end as EventTime);
    out.varint(end - start);
    const answer = (this.#answers[out.pos] ??= new Uint8Array(out.pos));
    for (let i = 0; i < answer.length; i++) answer[i] = out.bytes[i]!;
    return answer;
  }

  decoded(id: number): Window {
    return this.#coder.decode(new ByteReader(this.encoded(id)));
  }

  /** WIN-7: bounds that numbers cannot tell. */
  #exactSpan(id: number): Uint8Array {
    const a = this.#exactBounds(this.bytes, this.start, this.end);
    const at = id * STRIDE;
    const [from, to] = [this.#bounds[at]!, this.#bounds[at + END]!];
    const b = this.#exactBounds(this.#bytesOf(id), from, to);
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

  #grow(at: number): void {
    const bounds = new Float64Array(Math.max(at + STRIDE, this.#bounds.length * 2));
    bounds.set(this.#bounds);
    this.#bounds = bounds;
  }
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a?.length !== b?.length) return false;
  return a !== undefined && b !== undefined && startsAt(a, b, 0);
}

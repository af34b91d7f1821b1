import { StrahlError } from '../errors.js';
import { TIMESTAMP_MIN, type EventTime } from '../model/time.js';
import { copyBytes, copyRun } from './copy-run.js';
import { allocate, viewOf, type NativeBuffer } from './native-buffer.js';
import { MIN_HIGH, MIN_LOW, writeFarTime } from './far-times.js';
import { refuseLoneSurrogate } from './surrogates.js';

const TWO_32 = 4294967296;
/** Up to here a loop over the characters is cheaper than a call for the whole text. */
const SHORT_ASCII = 32;
/** The longest text whose length as UTF-8 surely takes two bytes at most. */
const TWO_BYTE_LENGTH = 5461;
/** What `varint` makes sure of. */
const VARINT_ROOM = 10;

/**
 * A growing buffer that the coders write to. It is written without bounds checks after `ensure`.
 *
 * `bytes` is replaced when it grows: read it again after every write, and never keep a view of it.
 *
 * @example
 * ```ts
 * import { ByteWriter } from 'strahl/portability';
 * const out = new ByteWriter();
 * out.varint(300); // out.toBytes() is AC 02 now
 * ```
 */
export class ByteWriter {
  bytes: NativeBuffer;
  pos = 0;
  /** Of `bytes`, and replaced with it: what has several bytes is cheaper to write at once. */
  view: DataView;

  constructor(capacity = 256) {
    this.bytes = allocate(capacity);
    this.view = viewOf(this.bytes);
  }

  /** Makes room for `n` more bytes. */
  ensure(n: number): void {
    if (this.pos + n > this.bytes.length) this.#grow(n);
  }

  #grow(n: number): void {
    const bytes = allocate(Math.max(this.bytes.length * 2, this.pos + n));
    bytes.set(this.bytes.subarray(0, this.pos));
    this.#replace(bytes);
  }

  #replace(bytes: NativeBuffer): void {
    this.bytes = bytes;
    this.view = viewOf(bytes);
  }

  byte(b: number): void {
    if (this.pos === this.bytes.length) this.#grow(1);
    this.bytes[this.pos++] = b;
  }

  /** Base-128, least significant group first, of the 64-bit two's complement of a safe integer. */
  varint(n: number): void {
    if (this.pos + VARINT_ROOM > this.bytes.length) this.#grow(VARINT_ROOM);
    const bytes = this.bytes;
    let pos = this.pos;
    if (n >= 0 && n < 0x80) {
      bytes[pos] = n;
      this.pos = pos + 1;
      return;
    }
    if (n >= 0 && n <= 0x7fffffff && (n | 0) === n) {
      this.pos = shortVarint(n, bytes, pos);
      return;
    }
    if (!Number.isSafeInteger(n)) {
      throw new StrahlError('integerOutOfRange', { title: `${String(n)} is not a safe integer` });
    }
    let high = Math.floor(n / TWO_32);
    let low = n - high * TWO_32;
    high >>>= 0;
    low >>>= 0;
    while (high > 0) {
      bytes[pos++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | ((high & 0x7f) << 25)) >>> 0;
      high >>>= 7;
    }
    while (low >= 0x80) {
      bytes[pos++] = (low & 0x7f) | 0x80;
      low >>>= 7;
    }
    bytes[pos++] = low;
    this.pos = pos;
  }

  /** Base-128 of a 64-bit integer that may not be a safe number; STRAHL-5003 beyond 64 bits. */
  varint64(n: bigint): void {
    this.ensure(VARINT_ROOM);
    let rest = BigInt.asUintN(64, n);
    if (BigInt.asIntN(64, n) !== n) {
      throw new StrahlError('integerOutOfRange', { title: `${String(n)} has more than 64 bits` });
    }
    while (rest >= 0x80n) {
      this.bytes[this.pos++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.bytes[this.pos++] = Number(rest);
  }

  /** `varint` of a number, `varint64` of a bigint; both give the same bytes for the same integer. */
  int64(n: number | bigint): void {
    if (typeof n === 'number') this.varint(n);
    else this.varint64(n);
  }

  int32(n: number): void {
    if (this.pos + 4 > this.bytes.length) this.#grow(4);
    this.view.setInt32(this.pos, n);
    this.pos += 4;
  }

  /** Overwrites four bytes that were written before. */
  int32At(at: number, n: number): void {
    this.view.setInt32(at, n);
  }

  /**
   * Makes what was written since `at` a length-prefixed string. One byte stands there for the length; the
   * rest is moved if the length takes more.
   */
  insertLength(at: number): void {
    // Before going back: growing keeps only what lies before `pos`.
    this.ensure(VARINT_ROOM);
    const start = at + 1;
    const end = this.pos;
    const size = end - start;
    const width = size < 0x80 ? 1 : Math.ceil((32 - Math.clz32(size)) / 7);
    if (width > 1) this.bytes.copyWithin(at + width, start, end);
    this.pos = at;
    this.varint(size);
    this.pos += size;
  }

  double(n: number): void {
    if (this.pos + 8 > this.bytes.length) this.#grow(8);
    this.view.setFloat64(this.pos, n);
    this.pos += 8;
  }

  float(n: number): void {
    if (this.pos + 4 > this.bytes.length) this.#grow(4);
    this.view.setFloat32(this.pos, n);
    this.pos += 4;
  }

  /** A time as the unsigned 64-bit big-endian of (ms + 2^63). */
  timestamp(t: EventTime): void {
    if (this.pos + 8 > this.bytes.length) this.#grow(8);
    const { pos } = this;
    if (t === TIMESTAMP_MIN) {
      // The time of everything that has none of its own.
      this.view.setInt32(pos, MIN_HIGH);
      this.view.setInt32(pos + 4, MIN_LOW);
    } else if (!Number.isSafeInteger(t)) {
      writeFarTime(t, this.view, pos);
    } else {
      const high = Math.floor(t / TWO_32);
      this.view.setInt32(pos, high ^ 0x80000000);
      this.view.setUint32(pos + 4, t - high * TWO_32);
    }
    this.pos = pos + 8;
  }

  /** A varint length and the bytes. */
  lengthPrefixed(b: Uint8Array): void {
    this.varint(b.length);
    this.raw(b);
  }

  raw(b: Uint8Array): void {
    this.ensure(b.length);
    this.bytes.set(b, this.pos);
    this.pos += b.length;
  }

  /** As `raw`, of `b[start, end)` and cheaper for a few bytes: no call into the runtime, and no view is made. */
  shortRaw(b: Uint8Array, start: number = 0, end: number = b.length): void {
    const n = end - start;
    if (this.pos + n > this.bytes.length) this.#grow(n);
    copyBytes(b, start, end, this.bytes, this.pos);
    this.pos += n;
  }

  /** `source[start, end)`, which is other memory: cheaper still where there is a view of it. */
  run(source: DataView, start: number, end: number): void {
    const n = end - start;
    if (this.pos + n > this.bytes.length) this.#grow(n);
    copyRun(source, start, end, this.view, this.pos);
    this.pos += n;
  }

  /** The first `size` bytes of `words`, little-endian: a copy that is cheap for a few words. */
  shortWords(words: Int32Array, size: number): void {
    const n = words.length;
    if (this.pos + 4 * n > this.bytes.length) this.#grow(4 * n);
    const view = this.view;
    const { pos } = this;
    for (let i = 0; i < n; i++) view.setInt32(pos + 4 * i, words[i]!, true);
    this.pos = pos + size;
  }

  /** A varint length and UTF-8. A lone surrogate is refused (STRAHL-5001). */
  string(s: string): void {
    const n = s.length;
    if (n <= SHORT_ASCII && this.ascii(s, 0)) return;
    if (n > TWO_BYTE_LENGTH) {
      this.#longString(s);
      return;
    }
    // The length is not known before the text is written: write behind the prefix that ASCII would have, and
    // move what turns out longer. Room for a varint beyond the text, because growing keeps only what lies
    // before `pos`.
    this.ensure(n * 3 + VARINT_ROOM);
    const start = this.pos + (n < 0x80 ? 1 : 2);
    const size = this.bytes.utf8Write(s, start);
    if (size !== n) {
      refuseLoneSurrogate(s);
      if (n < 0x80 && size >= 0x80) this.bytes.copyWithin(start + 1, start, start + size);
    }
    this.varint(size);
    this.pos += size;
  }

  #longString(s: string): void {
    const size = Buffer.byteLength(s);
    if (size !== s.length) refuseLoneSurrogate(s);
    this.varint(size);
    this.ensure(size);
    this.bytes.utf8Write(s, this.pos);
    this.pos += size;
  }

  /** UTF-8 without a length. */
  stringOuter(s: string): void {
    const size = Buffer.byteLength(s);
    if (size !== s.length) refuseLoneSurrogate(s);
    this.ensure(size);
    this.bytes.utf8Write(s, this.pos);
    this.pos += size;
  }

  /**
   * Writes one byte `tag | length` and the text, if that is all ASCII; else writes nothing and answers
   * false. Meant for texts that are short enough for a loop.
   */
  ascii(s: string, tag: number): boolean {
    const n = s.length;
    if (this.pos + n + 1 > this.bytes.length) this.#grow(n + 1);
    const { bytes, pos } = this;
    for (let i = 0; i < n; i++) {
      const c = s.charCodeAt(i);
      if (c >= 0x80) return false;
      bytes[pos + 1 + i] = c;
    }
    bytes[pos] = tag | n;
    this.pos = pos + 1 + n;
    return true;
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.bytes, 0, this.pos);
  }

  /**
   * Hands the written bytes over and starts anew in memory that `make` gives. They are copied only where keeping the
   * buffer would waste more than a quarter of it.
   */
  take(nextCapacity: number = this.bytes.length, make: typeof allocate = allocate): Uint8Array {
    const { bytes, pos } = this;
    this.pos = 0;
    if (pos * 4 < bytes.length * 3) {
      const copy = allocate(pos);
      bytes.copy(copy, 0, 0, pos);
      if (bytes.length !== nextCapacity) this.#replace(make(nextCapacity));
      return copy;
    }
    this.#replace(make(nextCapacity));
    return bytes.subarray(0, pos);
  }
}

/** Base-128 of a non-negative 31-bit integer; answers where it ends. */
function shortVarint(n: number, bytes: Uint8Array, pos: number): number {
  let rest = n | 0;
  while (rest >= 0x80) {
    bytes[pos++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[pos] = rest;
  return pos + 1;
}

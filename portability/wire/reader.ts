import { StrahlError } from '../errors.js';
import type { EventTime } from '../model/time.js';
import { copyBytes } from './copy-run.js';
import { asBuffer, viewNear, type NativeBuffer } from './native-buffer.js';
import { readFarTime } from './far-times.js';
import { shortText } from './short-texts.js';

const TWO_32 = 4294967296;

/**
 * Reads what a `ByteWriter` or a peer wrote. Every length is checked against the bytes that remain
 * before anything is allocated; every failure is STRAHL-5002 or 5003 with the offset.
 *
 * @example
 * ```ts
 * import { ByteReader } from 'strahl/portability';
 * const n = new ByteReader(Uint8Array.of(0xac, 0x02)).varint();
 * ```
 */
export class ByteReader {
  bytes: NativeBuffer;
  pos: number;
  end: number;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    this.bytes = asBuffer(bytes);
    this.pos = start;
    this.end = end;
  }

  /** Points the reader at other bytes; a reader is reused so that decoding allocates nothing of its own. */
  reset(bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.bytes) this.bytes = asBuffer(bytes);
    this.pos = start;
    this.end = end;
  }

  get remaining(): number {
    return this.end - this.pos;
  }

  fail(what: string, at: number = this.pos): never {
    throw new StrahlError('cannotDecode', { title: `${what} at byte ${String(at)}` });
  }

  /** Throws unless `n` more bytes remain. */
  need(n: number, what: string): void {
    if (n > this.end - this.pos) {
      this.fail(`${what} needs ${String(n)} bytes but ${String(this.end - this.pos)} remain,`);
    }
  }

  byte(): number {
    if (this.pos >= this.end) this.fail('unexpected end of input');
    return this.bytes[this.pos++]!;
  }

  /** A base-128 integer as a safe number; STRAHL-5003 beyond ±(2^53 − 1). */
  varint(): number {
    const first = this.pos < this.end ? this.bytes[this.pos]! : this.byte();
    if (first < 0x80) {
      this.pos++;
      return first;
    }
    return this.#longVarint();
  }

  #longVarint(): number {
    const start = this.pos;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const b = this.byte();
      const group = b & 0x7f;
      if (shift < 28) low |= group << shift;
      else if (shift === 28) {
        low |= (group & 0x0f) << 28;
        high |= group >>> 4;
      } else if (shift < 63) high |= group << (shift - 32);
      else if (group > 1) this.fail('a varint has more than 64 bits', start);
      else high |= group << 31;
      if (b < 0x80) {
        // Not by arithmetic with 2^32: until that is optimized, V8 gives a number on the heap for what is small.
        if (high === 0 && low >= 0) return low;
        const n = (high | 0) * TWO_32 + (low >>> 0);
        if (!Number.isSafeInteger(n)) {
          throw new StrahlError('integerOutOfRange', {
            title: `a varint at byte ${String(start)} lies beyond 2^53 − 1`,
          });
        }
        return n;
      }
    }
    return this.fail('a varint has more than 10 bytes', start);
  }

  skipVarint(): void {
    const start = this.pos;
    while (this.byte() >= 0x80) {
      if (this.pos - start === 10) this.fail('a varint has more than 10 bytes', start);
    }
  }

  varint64(): bigint {
    const start = this.pos;
    let n = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const b = this.byte();
      n |= BigInt(b & 0x7f) << shift;
      if (b < 0x80) {
        if (n >> 64n !== 0n) this.fail('a varint has more than 64 bits', start);
        return BigInt.asIntN(64, n);
      }
    }
    return this.fail('a varint has more than 10 bytes', start);
  }

  /** A base-128 integer: a number where it is safe, else a bigint. Never rounds. */
  int64(): number | bigint {
    const start = this.pos;
    let length = 1;
    while (start + length <= this.end && this.bytes[start + length - 1]! >= 0x80) length++;
    if (length < 8) return this.varint();
    const n = this.varint64();
    const rounded = Number(n);
    return Number.isSafeInteger(rounded) ? rounded : n;
  }

  int32(): number {
    this.need(4, 'an int32');
    const { bytes, pos } = this;
    this.pos = pos + 4;
    return (bytes[pos]! << 24) | (bytes[pos + 1]! << 16) | (bytes[pos + 2]! << 8) | bytes[pos + 3]!;
  }

  float(): number {
    this.need(4, 'a float');
    const n = viewNear(this.bytes).getFloat32(this.pos);
    this.pos += 4;
    return n;
  }

  double(): number {
    this.need(8, 'a double');
    const n = viewNear(this.bytes).getFloat64(this.pos);
    this.pos += 8;
    return n;
  }

  /** Eight bytes of (ms + 2^63); STRAHL-5003 beyond the limits of Beam. */
  timestamp(): EventTime {
    const t = this.timestampIfAny();
    return t === undefined ? this.failTimestamp(this.pos - 8) : t;
  }

  /** The same, `undefined` where `timestamp` throws. */
  timestampIfAny(): EventTime | undefined {
    const t = this.roundedMillis();
    return Number.isSafeInteger(t) ? (t as EventTime) : readFarTime(this.bytes, this.pos - 8);
  }

  failTimestamp(at: number): never {
    throw new StrahlError('integerOutOfRange', {
      title: `the timestamp at byte ${String(at)} lies beyond the limits of Beam`,
    });
  }

  /** As `timestamp`, but of any eight bytes: rounded where it lies outside the safe range. */
  roundedMillis(): number {
    this.need(8, 'a timestamp');
    const { bytes, pos } = this;
    const high =
      ((bytes[pos]! << 24) | (bytes[pos + 1]! << 16) | (bytes[pos + 2]! << 8) | bytes[pos + 3]!) ^
      0x80000000;
    const low =
      ((bytes[pos + 4]! << 24) |
        (bytes[pos + 5]! << 16) |
        (bytes[pos + 6]! << 8) |
        bytes[pos + 7]!) >>>
      0;
    this.pos = pos + 8;
    return high * TWO_32 + low;
  }

  /** A length that is known to fit into what remains. */
  length(what: string): number {
    const at = this.pos;
    const n = this.varint();
    if (n < 0 || n > this.end - this.pos) {
      this.fail(
        `${what} has length ${String(n)} but ${String(this.end - this.pos)} bytes remain,`,
        at,
      );
    }
    return n;
  }

  /** A view, not a copy: valid as long as the underlying bytes are. */
  lengthPrefixed(): Uint8Array {
    const n = this.length('a byte string');
    this.pos += n;
    return this.bytes.subarray(this.pos - n, this.pos);
  }

  raw(n: number): Uint8Array {
    this.need(n, 'a byte string');
    this.pos += n;
    return this.bytes.subarray(this.pos - n, this.pos);
  }

  /** A copy of a length-prefixed byte string, which may outlive the input. */
  ownBytes(): Uint8Array {
    const n = this.length('a byte string');
    const own = new Uint8Array(n);
    copyBytes(this.bytes, this.pos, this.pos + n, own, 0);
    this.pos += n;
    return own;
  }

  /** Moves past a length-prefixed byte string. */
  skipLengthPrefixed(what: string): void {
    const n = this.length(what);
    this.pos += n;
  }

  skipBytes(n: number): void {
    this.need(n, 'a value');
    this.pos += n;
  }

  /** A varint that counts things of at least `leastBytes` each, which must fit into what remains. */
  count(leastBytes: number, what: string): number {
    const at = this.pos;
    const n = this.varint();
    if (n < 0 || n * leastBytes > this.end - this.pos) {
      this.fail(`${what} has ${String(n)} entries but ${String(this.remaining)} bytes remain,`, at);
    }
    return n;
  }

  string(): string {
    return this.text(this.length('a string'));
  }

  /** UTF-8 up to the end of the reader. */
  stringOuter(): string {
    return this.text(this.end - this.pos);
  }

  /** The next `n` bytes as UTF-8. */
  text(n: number): string {
    if (n > this.end - this.pos) this.need(n, 'a string');
    const { bytes, pos } = this;
    this.pos = pos + n;
    return shortText(bytes, pos, n) ?? this.#utf8(pos, n);
  }

  #utf8(pos: number, n: number): string {
    const text = this.bytes.utf8Slice(pos, pos + n);
    // utf8Slice replaces what is not UTF-8; the replacement character itself may be genuine.
    if (text.includes('\ufffd')) {
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(this.bytes.subarray(pos, pos + n));
      } catch {
        this.fail('bytes are not UTF-8', pos);
      }
    }
    return text;
  }
}

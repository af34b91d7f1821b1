import { isAscii, isUtf8 } from 'node:buffer';

/** What a cutter calls; false ends the cutting. Offsets count bytes of the unpacked text. */
export interface LineTarget {
  line(text: string, offset: number): boolean;
  /** A line that is not text. `raw` is valid only during the call. */
  badLine(raw: Buffer, offset: number, why: LineFault): boolean;
}

export type LineFault = 'not-utf8' | 'too-long';

const LF = 10;
const CR = 13;
const BOM = 0xefbbbf;
/**
 * Lines are cut as slices of a decoded block, which is twice as fast as decoding each. A slice keeps its
 * block in memory, so blocks are small: a line that somebody keeps costs at most this much.
 */
const BLOCK_BYTES = 2048;
/** As much of a line that is too long as an error or a dead letter shows. */
const SHOWN_BYTES = 4096;

/**
 * Cuts bytes into lines without their `\n` or `\r\n`. A last line needs no terminator; a UTF-8 byte-order
 * mark at byte 0 is dropped.
 *
 *   L1. Lines that start in [from, to) are given, even if they end behind `to`.
 *   L2. If `from` is not 0, the byte before it must be fed first (`startsAt`): the line that holds it
 *       belongs to somebody else.
 */
export class LineCutter {
  readonly #target: LineTarget;
  readonly #to: number;
  readonly #maxLineBytes: number;
  /** Offset of the next byte to be fed. */
  #offset: number;
  #skipping: boolean;
  #carry: Buffer[] = [];
  #carryBytes = 0;

  constructor(target: LineTarget, from: number, to: number, maxLineBytes: number) {
    this.#target = target;
    this.#to = to;
    this.#maxLineBytes = maxLineBytes;
    this.#offset = LineCutter.startsAt(from);
    this.#skipping = from > 0;
  }

  /** Offset of the first byte to feed. */
  static startsAt(from: number): number {
    return from > 0 ? from - 1 : 0;
  }

  /** False once no further line is wanted. */
  feed(chunk: Buffer): boolean {
    const base = this.#offset;
    this.#offset += chunk.length;
    let start = 0;
    if (this.#skipping || this.#carryBytes > 0) {
      const end = chunk.indexOf(LF);
      if (end < 0) return this.#skipping ? this.#offset < this.#to : this.#keep(chunk, base);
      if (!this.#skipping && !this.#joined(chunk.subarray(0, end), base)) return false;
      this.#skipping = false;
      start = end + 1;
    }
    const end = chunk.lastIndexOf(LF) + 1;
    if (end > start && !this.#whole(chunk, base, start, end)) return false;
    start = Math.max(start, end);
    if (start === chunk.length) return base + start < this.#to;
    return base + start < this.#to && this.#keep(chunk.subarray(start), base + start);
  }

  /** Gives the last line, if it has no terminator. */
  end(): void {
    if (this.#carryBytes > 0) this.#joined(Buffer.alloc(0), this.#offset);
  }

  #keep(tail: Buffer, offset: number): boolean {
    // The carry stops growing at the limit; its true length is still known.
    if (this.#carryBytes <= this.#maxLineBytes) this.#carry.push(Buffer.from(tail));
    this.#carryBytes += tail.length;
    return offset - this.#carryBytes + tail.length < this.#to;
  }

  /** The line whose beginning was carried and whose rest is `rest`, which starts at `offset`. */
  #joined(rest: Buffer, offset: number): boolean {
    const start = offset - this.#carryBytes;
    const line = Buffer.concat([...this.#carry, rest]);
    const tooLong = this.#carryBytes + rest.length > this.#maxLineBytes;
    this.#carry = [];
    this.#carryBytes = 0;
    if (start >= this.#to) return false;
    return tooLong ? this.#tooLong(line, start) : this.#single(line, start, 0, line.length);
  }

  /** Lines of `chunk` in [start, end), where a line starts at `start` and a terminator ends at `end`. */
  #whole(chunk: Buffer, base: number, start: number, end: number): boolean {
    const ascii = isAscii(chunk.subarray(start, end));
    let block = start;
    while (block < end) {
      const within = chunk.lastIndexOf(LF, Math.min(block + BLOCK_BYTES, end) - 1);
      const stop = within >= block ? within + 1 : chunk.indexOf(LF, block) + 1;
      const simple =
        stop - block <= this.#maxLineBytes && (ascii || isAscii(chunk.subarray(block, stop)));
      const more = simple
        ? this.#asciiBlock(chunk.toString('latin1', block, stop), base + block)
        : this.#byteLines(chunk, base, block, stop);
      if (!more) return false;
      block = stop;
    }
    return true;
  }

  /** In ASCII an index into the text is an index into the bytes. */
  #asciiBlock(text: string, offset: number): boolean {
    const target = this.#target;
    const to = this.#to;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (offset + start >= to) return false;
      const bare = end > start && text.charCodeAt(end - 1) === CR ? end - 1 : end;
      if (!target.line(text.slice(start, bare), offset + start)) return false;
      start = end + 1;
    }
    return true;
  }

  #byteLines(chunk: Buffer, base: number, from: number, stop: number): boolean {
    let start = from;
    while (start < stop) {
      const end = chunk.indexOf(LF, start);
      if (base + start >= this.#to) return false;
      const more =
        end - start > this.#maxLineBytes
          ? this.#tooLong(chunk.subarray(start, end), base + start)
          : this.#single(chunk, base + start, start, end);
      if (!more) return false;
      start = end + 1;
    }
    return true;
  }

  #single(bytes: Buffer, offset: number, from: number, end: number): boolean {
    const bom = offset === 0 && end - from >= 3 && bytes.readUIntBE(from, 3) === BOM;
    const start = bom ? from + 3 : from;
    const stop = end > start && bytes[end - 1] === CR ? end - 1 : end;
    const line = bytes.subarray(start, stop);
    if (!isUtf8(line)) return this.#target.badLine(line, offset, 'not-utf8');
    return this.#target.line(line.toString('utf8'), offset);
  }

  #tooLong(line: Buffer, offset: number): boolean {
    return this.#target.badLine(line.subarray(0, SHOWN_BYTES), offset, 'too-long');
  }
}

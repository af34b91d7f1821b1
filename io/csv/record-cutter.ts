import { StrahlError } from '#portability/errors.js';
import type { CsvDialect } from './csv-options.js';

/** A record as it stands in a file, without its line end. */
export interface RawRecord {
  /** Valid until the cutter is given more. */
  readonly bytes: Buffer;
  /** Line on which it starts, from 1. */
  readonly line: number;
  /** Its first byte, counted from the first that the cutter saw. */
  readonly offset: number;
  /** What is wrong with its quotes, and in which field, from 1. */
  readonly fault: QuoteFault | undefined;
}

export interface QuoteFault {
  readonly why: string;
  readonly field: number;
}

const LF = 0x0a;
const CR = 0x0d;
const NO_BYTES: Buffer = Buffer.alloc(0);

/**
 * Finds where records end: at a line end outside of quotes. Blank lines are not records.
 *
 *   Q1. Each byte is looked at a constant number of times, however long a record is and however it is
 *       cut into pieces.
 *   Q2. A quote opens at the start of a field only, and closes in front of a delimiter, a line end or the end.
 *       Any other is a fault: in an unquoted field it then is an ordinary character, in a quoted one the
 *       field goes on.
 */
export class RecordCutter {
  /** Bytes that were looked at so far (Q1). */
  scanned = 0;
  readonly #file: string;
  readonly #delimiter: Buffer;
  readonly #quote: number;
  readonly #maxBytes: number;
  /** So many bytes behind one must be seen to know what it means. */
  readonly #ahead: number;
  /** 1 for each byte that may mean something outside of quotes. */
  readonly #special: Uint8Array = new Uint8Array(256);
  /** The open record, as far as it lies in earlier pieces. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** Bytes whose meaning is not known yet. */
  #tail: Buffer = NO_BYTES;
  /** What is looked at, where in the file it starts, and where in it the open record does. */
  #buffer: Buffer = NO_BYTES;
  #base = 0;
  #start = 0;
  #line = 1;
  #startLine = 1;
  #isQuoted = false;
  #isFieldStart = true;
  #field = 1;
  #fault: QuoteFault | undefined;
  #found: RawRecord[] = [];

  constructor(file: string, { delimiter = ',', quote = '"' }: CsvDialect, maxBytes: number) {
    this.#file = file;
    this.#delimiter = Buffer.from(delimiter);
    this.#quote = quote.charCodeAt(0);
    this.#maxBytes = maxBytes;
    this.#ahead = 1 + this.#delimiter.length;
    for (const byte of [this.#delimiter[0]!, this.#quote, LF, CR]) this.#special[byte] = 1;
  }

  /**
   * The records that end in the next piece of the file.
   *
   * @throws STRAHL-5004 for one that is too long: where the next one starts is unknown
   */
  feed(piece: Buffer): readonly RawRecord[] {
    this.#buffer = this.#tail.length === 0 ? piece : Buffer.concat([this.#tail, piece]);
    this.#found = [];
    const end = this.#scan(Math.max(0, this.#buffer.length - this.#ahead));
    this.#check(end);
    const open = this.#buffer.subarray(this.#start, end);
    if (open.length > 0) this.#held.push(Buffer.from(open));
    this.#heldBytes += open.length;
    this.#tail = Buffer.from(this.#buffer.subarray(end));
    this.#base += end;
    this.#start = 0;
    return this.#found;
  }

  /** The records that end with the file. */
  end(): readonly RawRecord[] {
    this.#buffer = this.#tail;
    this.#found = [];
    const end = this.#scan(this.#buffer.length);
    if (this.#isQuoted) this.#fault = { why: 'a quote is never closed', field: this.#field };
    this.#cut(end, end);
    return this.#found;
  }

  /** Looks at what lies before `stop`; answers where it is then, which may be behind it. */
  #scan(stop: number): number {
    let at = 0;
    while (at < stop) at = this.#isQuoted ? this.#inQuotes(at, stop) : this.#outside(at, stop);
    this.scanned += at;
    return at;
  }

  #inQuotes(from: number, stop: number): number {
    const buffer = this.#buffer;
    const quote = this.#quote;
    let end = from;
    let lines = 0;
    for (; end < stop && buffer[end] !== quote; end++) if (buffer[end] === LF) lines++;
    this.#line += lines;
    if (end === stop) return stop;
    const next = end + 1;
    if (buffer[next] === this.#quote) return next + 1;
    if (next === buffer.length || this.#isDelimiter(next) || this.#lineEnd(next) > 0) {
      this.#isQuoted = false;
    } else this.#blame('text stands behind a closing quote');
    return next;
  }

  /** Goes on until a quote opens. */
  #outside(from: number, stop: number): number {
    const buffer = this.#buffer;
    let at = from;
    while (at < stop && !this.#isQuoted) {
      const plain = endOfPlain(buffer, at, stop, this.#special);
      if (plain > at) {
        this.#isFieldStart = false;
        at = plain;
        continue;
      }
      const byte = buffer[at]!;
      const lineEnd = this.#lineEnd(at);
      if (lineEnd > 0) {
        this.#cut(at, at + lineEnd);
        at += lineEnd;
      } else if (byte === this.#delimiter[0] && this.#isDelimiter(at)) {
        this.#field++;
        this.#isFieldStart = true;
        at += this.#delimiter.length;
      } else {
        if (byte === this.#quote) this.#quoteIn();
        this.#isFieldStart = false;
        at++;
      }
    }
    return at;
  }

  #quoteIn(): void {
    if (this.#isFieldStart) this.#isQuoted = true;
    else this.#blame('a quote stands inside of a field without quotes');
  }

  /** The first fault of a record is the cause of the others. */
  #blame(why: string): void {
    this.#fault ??= { why, field: this.#field };
  }

  /** The open record ends here, and the next one starts there. */
  #cut(end: number, next: number): void {
    this.#check(end);
    const rest = this.#buffer.subarray(this.#start, end);
    if (this.#heldBytes + rest.length > 0) {
      this.#found.push({
        bytes: this.#held.length === 0 ? rest : Buffer.concat([...this.#held, rest]),
        line: this.#startLine,
        offset: this.#base + this.#start - this.#heldBytes,
        fault: this.#fault,
      });
    }
    this.#held = [];
    this.#heldBytes = 0;
    this.#start = next;
    if (next > end) this.#line++;
    this.#startLine = this.#line;
    this.#isQuoted = false;
    this.#isFieldStart = true;
    this.#field = 1;
    this.#fault = undefined;
  }

  #check(end: number): void {
    if (this.#heldBytes + end - this.#start <= this.#maxBytes) return;
    throw new StrahlError('limitExceeded', {
      title: `a record of ${this.#file} is longer than maxRecordBytes`,
      position: `${this.#file}:${String(this.#startLine)}`,
      why: `it has more than ${String(this.#maxBytes)} bytes; a quote that is never closed makes the rest of a file one record`,
      fix: 'correct the file, or raise maxRecordBytes',
    });
  }

  #isDelimiter(at: number): boolean {
    const delimiter = this.#delimiter;
    for (let i = 0; i < delimiter.length; i++) {
      if (this.#buffer[at + i] !== delimiter[i]) return false;
    }
    return true;
  }

  /** Bytes of the line end that starts here; 0 if none does. */
  #lineEnd(at: number): number {
    const byte = this.#buffer[at];
    if (byte === LF) return 1;
    return byte === CR && this.#buffer[at + 1] === LF ? 2 : 0;
  }
}

/** The first byte from `from` on that is special, or `stop`. */
function endOfPlain(buffer: Uint8Array, from: number, stop: number, special: Uint8Array): number {
  let at = from;
  while (at < stop && special[buffer[at]!] === 0) at++;
  return at;
}

import type { ReadContext } from '#sdk/dofn/source.js';
import { RecordFault, RecordOutput, type BadRecords, type ReadOutcome } from '../bad-records.js';
import type { LineFault } from './line-cutter.js';
import type { ClaimingTarget } from './line-source.js';

/** Makes a record of a line; undefined leaves the line out. */
export interface LineParser<T> {
  /** @throws RecordFault if the line is not a record */
  parse(text: string, offset: number, file: string): T | undefined;
}

/** Claims, parses and emits each line; what cannot be read goes by the reader's policy. */
export class RecordTarget<T> implements ClaimingTarget {
  refusedAt: number | undefined = undefined;
  readonly #c: ReadContext<T | ReadOutcome<T>>;
  readonly #file: string;
  readonly #parser: LineParser<T>;
  readonly #output: RecordOutput<T>;

  constructor(
    c: ReadContext<T | ReadOutcome<T>>,
    file: string,
    parser: LineParser<T>,
    policy: BadRecords,
  ) {
    this.#c = c;
    this.#file = file;
    this.#parser = parser;
    this.#output = new RecordOutput(c, policy);
  }

  line(text: string, offset: number): boolean {
    if (!this.#claim(offset)) return false;
    let record: T | undefined;
    try {
      record = this.#parser.parse(text, offset, this.#file);
    } catch (e) {
      if (!(e instanceof RecordFault)) throw e;
      this.#output.bad({ raw: text, why: e.why, file: this.#file, offset }, e);
      return true;
    }
    // Outside of `try`: what a following step throws is not a bad record.
    if (record !== undefined) this.#output.good(record);
    return true;
  }

  badLine(raw: Buffer, offset: number, why: LineFault): boolean {
    if (!this.#claim(offset)) return false;
    const fault =
      why === 'not-utf8'
        ? new RecordFault('cannotDecode', 'the line is not valid UTF-8')
        : new RecordFault('limitExceeded', 'the line is longer than maxLineBytes');
    const text = raw.toString('utf8');
    this.#output.bad({ raw: text, why: fault.why, file: this.#file, offset }, fault);
    return true;
  }

  #claim(offset: number): boolean {
    const granted = this.#c.claim(offset);
    if (!granted) this.refusedAt = offset;
    return granted;
  }
}

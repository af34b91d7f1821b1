import { StrahlError, type ErrorKey } from '#portability/errors.js';
import type { ReadContext } from '#sdk/dofn/source.js';
import { preview } from './preview.js';

/**
 * What a reader does with a record that it cannot read.
 *
 * - `'fail'` (default): the job fails, and the error names file and line.
 * - `'skip'`: the record is left out; the counter `bad_records` says how many.
 * - `'dead-letter'`: the record goes to a second output, with the reason. Only the `read` functions take
 *   it, since a `Source` has one output.
 */
export type BadRecords = 'fail' | 'skip' | 'dead-letter';

/**
 * A record that could not be read.
 *
 * @example
 * ```ts
 * import type { PCollection } from 'strahl';
 * import type { DeadLetter } from 'strahl/io/text';
 * const places = (dead: PCollection<DeadLetter>) =>
 *   dead.map(({ file, offset, why }) => `${file}, byte ${offset}: ${why}`);
 * ```
 */
export interface DeadLetter {
  /** The text as it stood in the file; bytes that are not UTF-8 are replaced, long text is cut. */
  readonly raw: string;
  /** Why it could not be read, in one line. */
  readonly why: string;
  /** Path of the file. */
  readonly file: string;
  /** First byte of the record in the unpacked file. */
  readonly offset: number;
}

/** What a reader emits under `'dead-letter'`. */
export type ReadOutcome<T> =
  | { readonly kind: 'record'; readonly value: T }
  | { readonly kind: 'dead'; readonly letter: DeadLetter };

/** Why a record cannot be read. Thrown by formats, caught by their reader; never seen by users. */
export class RecordFault {
  readonly key: ErrorKey;
  readonly why: string;
  /** Column in the record, from 1. */
  readonly column: number | undefined;
  constructor(key: ErrorKey, why: string, column?: number) {
    this.key = key;
    this.why = why;
    this.column = column;
  }
}

/** A record that fails the job; the reader adds the line number, which it alone can count. */
export class BadRecord {
  readonly letter: DeadLetter;
  readonly fault: RecordFault;
  constructor(letter: DeadLetter, fault: RecordFault) {
    this.letter = letter;
    this.fault = fault;
  }

  /** `position` is `file:line` or `file:line:column`. */
  toError(position: string): StrahlError {
    return new StrahlError(this.fault.key, {
      title: `bad record in ${this.letter.file}`,
      element: preview(this.letter.raw),
      position,
      why: preview(this.fault.why),
      fix: "correct the file, or say what to do with bad records: { badRecords: 'skip' }",
    });
  }
}

/** Gives the records of one read to its context by the reader's policy. */
export class RecordOutput<T> {
  readonly #c: ReadContext<T | ReadOutcome<T>>;
  readonly #policy: BadRecords;

  constructor(c: ReadContext<T | ReadOutcome<T>>, policy: BadRecords) {
    this.#c = c;
    this.#policy = policy;
  }

  good(value: T): void {
    this.#c.emit(this.#policy === 'dead-letter' ? { kind: 'record', value } : value);
  }

  /** @throws BadRecord under `'fail'` */
  bad(letter: DeadLetter, fault: RecordFault): void {
    if (this.#policy === 'fail') throw new BadRecord(letter, fault);
    this.#c.metrics.counter('bad_records').inc();
    if (this.#policy === 'dead-letter') this.#c.emit({ kind: 'dead', letter });
  }
}

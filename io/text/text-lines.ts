import type { ReadContext, SourceSpec } from '#sdk/dofn/source.js';
import type { BadRecords, ReadOutcome } from '../files/bad-records.js';
import type { FileRestriction } from '../files/input/file-restriction.js';
import { lineSource, type ClaimingTarget, type LineOptions } from '../files/input/line-source.js';
import { RecordTarget } from '../files/input/record-target.js';

/**
 * A line with the place where it stands.
 *
 * @example
 * ```ts
 * import type { Line } from 'strahl/io/text';
 * const place = ({ file, offset }: Line): string => `${file}#${offset}`;
 * ```
 */
export interface Line {
  readonly line: string;
  /** Path of the file. */
  readonly file: string;
  /** First byte of the line in the unpacked file. */
  readonly offset: number;
}

interface TextFormat {
  readonly pattern: string;
  readonly options: LineOptions;
  readonly badRecords: BadRecords;
}

export function plainLines(
  { pattern, options, badRecords }: TextFormat,
  rangeBytes?: number,
): SourceSpec<string | ReadOutcome<string>, FileRestriction> {
  return lineSource<string | ReadOutcome<string>>({
    name: 'text.files',
    pattern,
    options,
    target: (c, file) =>
      badRecords === 'dead-letter'
        ? new RecordTarget(c, file, { parse: (line) => line }, badRecords)
        : new PlainTarget(c, file, badRecords),
    ...(rangeBytes === undefined ? {} : { rangeBytes }),
  });
}

export function placedLines({
  pattern,
  options,
  badRecords,
}: TextFormat): SourceSpec<Line | ReadOutcome<Line>, FileRestriction> {
  const place = (line: string, offset: number, file: string): Line => ({ line, file, offset });
  return lineSource<Line | ReadOutcome<Line>>({
    name: 'text.files',
    pattern,
    options,
    target: (c, file) => new RecordTarget(c, file, { parse: place }, badRecords),
  });
}

/** The shortest way of a line to the next step. */
class PlainTarget extends RecordTarget<string> implements ClaimingTarget {
  readonly #context: ReadContext<string | ReadOutcome<string>>;

  constructor(c: ReadContext<string | ReadOutcome<string>>, file: string, badRecords: BadRecords) {
    super(c, file, { parse: (line) => line }, badRecords);
    this.#context = c;
  }

  override line(text: string, offset: number): boolean {
    const c = this.#context;
    if (c.claim(offset)) {
      c.emit(text);
      return true;
    }
    this.refusedAt = offset;
    return false;
  }
}

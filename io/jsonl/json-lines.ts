import type { SourceSpec } from '#sdk/dofn/source.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { BadRecords, ReadOutcome } from '../files/bad-records.js';
import type { FileRestriction } from '../files/input/file-restriction.js';
import { lineSource, type LineOptions } from '../files/input/line-source.js';
import { RecordTarget, type LineParser } from '../files/input/record-target.js';
import { validatorOf } from '../files/validate.js';
import { parseJson } from './parse-json.js';

/** Reads one value per line. Blank lines are left out. */
export function jsonLineSource<T>(
  pattern: string,
  schema: Schema<T> | undefined,
  options: LineOptions,
  badRecords: BadRecords,
): SourceSpec<T | ReadOutcome<T>, FileRestriction> {
  const validate = schema === undefined ? (value: unknown) => value as T : validatorOf(schema);
  const parser: LineParser<T> = {
    parse: (line) => (line.trim() === '' ? undefined : validate(parseJson(line))),
  };
  return lineSource<T | ReadOutcome<T>>({
    name: 'jsonl.files',
    pattern,
    options,
    target: (c, file) => new RecordTarget(c, file, parser, badRecords),
  });
}

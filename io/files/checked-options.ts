import { describeGiven } from '#portability/describe-given.js';
import { StrahlError } from '#portability/errors.js';
import { checkOptionNames } from '#portability/option-names.js';

const COMPRESSIONS_READ = ['auto', 'none', 'gzip'];
const UNPACKING = ['compression', 'maxUnpackedBytes', 'maxRatio'];

/** @throws STRAHL-9002 for a value that is none of `choices` */
export function checkChoice(option: string, value: unknown, choices: readonly string[]): void {
  if (value === undefined || choices.includes(value as string)) return;
  throw new StrahlError('badValue', {
    title: `${option} is ${JSON.stringify(value)}`,
    fix: `it is ${choices.map((choice) => `'${choice}'`).join(' or ')}`,
  });
}

/** Options of reading files of one format; `own` are those that only this format has. */
export function checkReading(
  name: string,
  options: { readonly compression?: unknown },
  own: readonly string[],
): void {
  checkOptionNames(name, options, [...own, ...UNPACKING]);
  checkChoice('compression', options.compression, COMPRESSIONS_READ);
}

/** What `files` does with bad records; dead letters need a second collection, which only `read` has. */
export function checkBadRecords(badRecords: unknown, read: string): void {
  if (badRecords === 'dead-letter') {
    throw new StrahlError('badValue', {
      title: "badRecords is 'dead-letter', but a source gives records alone",
      fix: `const { records, dead } = ${read}(p, …)`,
    });
  }
  checkChoice('badRecords', badRecords, ['fail', 'skip']);
}

/** @throws STRAHL-9002 for what names no files */
export function checkPattern(name: string, pattern: unknown): void {
  if (typeof pattern !== 'string' || pattern === '')
    throw notGiven(name, pattern, 'a path or pattern of files', `${name}('data/*')`);
}

/** What a call of `name` is given in place of `what`. */
export function notGiven(name: string, given: unknown, what: string, fix: string): StrahlError {
  const kind = given === '' ? 'an empty text' : describeGiven(given);
  return new StrahlError('badValue', { title: `${name} is given ${kind} instead of ${what}`, fix });
}

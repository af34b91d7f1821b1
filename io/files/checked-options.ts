import { StrahlError } from '#portability/errors.js';

const COMPRESSIONS_READ = ['auto', 'none', 'gzip'];
const UNPACKING = ['compression', 'maxUnpackedBytes', 'maxRatio'];

/**
 * For callers without a compiler: what is not known would be ignored.
 *
 * @throws STRAHL-9002 naming the first option of `name` that there is none
 */
export function checkKnown(name: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown === undefined) return;
  throw new StrahlError('badValue', {
    title: `${name} has no option "${unknown}"`,
    fix: `its options are ${known.join(', ')}`,
  });
}

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
  checkKnown(name, options, [...own, ...UNPACKING]);
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

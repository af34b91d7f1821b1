import { describeGiven } from './describe-given.js';
import { StrahlError, type ErrorDetails } from './errors.js';

/**
 * For callers without a compiler: an option whose name is not known would be one that is ignored.
 *
 * @param place step and construction site, where they are known; asked only for an error
 * @throws STRAHL-9002 naming the first of them, and for what is not an object
 */
export function checkOptionNames(
  name: string,
  options: unknown,
  known: readonly string[],
  place: () => Pick<ErrorDetails, 'step' | 'site'> = () => ({}),
): void {
  if (options === undefined) return;
  const fix = `its options are ${known.join(', ')}`;
  if (typeof options !== 'object' || options === null) {
    const given = describeGiven(options);
    throw new StrahlError('badValue', {
      title: `${name} is given ${given} instead of its options`,
      ...place(),
      fix,
    });
  }
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown === undefined) return;
  throw new StrahlError('badValue', {
    title: `${name} has no option "${unknown}"`,
    ...place(),
    fix,
  });
}

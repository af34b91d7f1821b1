import { StrahlError } from '#portability/errors.js';
import type { GraphBuilder } from './graph-builder.js';

/**
 * For callers without a compiler: an option whose name is not known would be one that is ignored.
 *
 * @throws STRAHL-9002 naming the first of them
 */
export function checkOptionNames(
  graph: GraphBuilder,
  name: string,
  options: unknown,
  known: readonly string[],
): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null) {
    throw new StrahlError('badValue', {
      title: `${name} is given ${options === null ? 'null' : `a value of type ${typeof options}`} instead of its options`,
      ...graph.where(name),
      fix: `its options are ${known.join(', ')}`,
    });
  }
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown === undefined) return;
  throw new StrahlError('badValue', {
    title: `${name} has no option "${unknown}"`,
    ...graph.where(name),
    fix: `its options are ${known.join(', ')}`,
  });
}

/** @throws STRAHL-9002 for what is none of `choices` */
export function checkChoice(
  graph: GraphBuilder,
  name: string,
  options: object,
  choices: Readonly<Record<string, readonly string[]>>,
): void {
  for (const [option, values] of Object.entries(choices)) {
    const given = (options as Readonly<Record<string, unknown>>)[option];
    if (given === undefined || values.includes(given as string)) continue;
    throw new StrahlError('badValue', {
      title: `${option} of ${name} is ${JSON.stringify(given)}`,
      ...graph.where(name),
      fix: `it is ${values.map((value) => `'${value}'`).join(' or ')}`,
    });
  }
}

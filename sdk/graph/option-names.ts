import { StrahlError } from '#portability/errors.js';
import * as names from '#portability/option-names.js';
import type { GraphBuilder } from './graph-builder.js';
import { refusalOf } from './placed.js';
import { siteOfCall, type Callee } from './site.js';

/** @throws STRAHL-9002 naming the first option of the step `name` that there is none */
export function checkOptionNames(
  graph: GraphBuilder,
  name: string,
  options: unknown,
  known: readonly string[],
): void {
  names.checkOptionNames(name, options, known, () => graph.where(name));
}

/** The same for a function that stands outside of a pipeline; `callee` is what the user called. */
export function checkNamesOfCall(
  name: string,
  options: unknown,
  known: readonly string[],
  callee: Callee,
): void {
  names.checkOptionNames(name, options, known, () => {
    const site = siteOfCall(callee);
    return site === undefined ? {} : { site };
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

/**
 * What a user describes by functions. Names are checked of plain objects only: an instance of a class may have
 * members of its own.
 *
 * @throws STRAHL-9002 for a function that is missing, and for a member that would be ignored
 */
export function checkDescription(
  name: string,
  description: unknown,
  known: readonly string[],
  functions: readonly string[],
  callee: Callee,
): void {
  const members = (description ?? {}) as Readonly<Record<string, unknown>>;
  const missing = functions.find((member) => typeof members[member] !== 'function');
  if (missing === undefined) {
    if (isPlain(members)) checkNamesOfCall(name, members, known, callee);
    return;
  }
  throw refusalOf(callee, 'badValue', {
    title: `${name} is given no function ${missing}`,
    fix: `${name}({ ${known.join(', ')} })`,
  });
}

/** Whether its members are those that were written down for it. */
export function isPlain(x: object): boolean {
  return Object.getPrototypeOf(x) === Object.prototype;
}

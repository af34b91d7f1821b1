import { StrahlError } from '#portability/errors.js';
import type { DoFn } from '../dofn/dofn.js';
import { isThenable } from './operators/async-queue.js';

type AnyFunction = (...args: unknown[]) => unknown;

/** What engines say when frozen data is written to. */
const FROZEN = /read only property|not extensible|Cannot delete property/;

/**
 * The same function, given elements that are frozen first: a write to one is then an error of the step
 * that writes, instead of a wrong result somewhere else. `elements` is how many arguments are elements.
 */
export function checkedFunction(call: AnyFunction, elements: number): AnyFunction {
  return (...args) => {
    for (let i = 0; i < elements; i++) deepFreeze(args[i]);
    try {
      const answer = call(...args);
      return isThenable(answer) ? answer.then(undefined, rethrow) : answer;
    } catch (e) {
      return rethrow(e);
    }
  };
}

/** As `checkedFunction`, for the functions of an object. */
export function checkedDoFn(doFn: DoFn<unknown, unknown>): DoFn<unknown, unknown> {
  const checked = Object.create(doFn) as { element: AnyFunction };
  checked.element = checkedFunction((x, c) => doFn.element(x, c as never), 1);
  return checked as DoFn<unknown, unknown>;
}

function rethrow(e: unknown): never {
  const message = typeof e === 'object' && e !== null && 'message' in e ? String(e.message) : '';
  if (!FROZEN.test(message)) throw e;
  throw new StrahlError('elementMutated', {
    title: `the function changes data that it was given: ${message}`,
    why: 'other steps get the same element, in an order that nobody promises',
    fix: 'make a copy, for example { ...x, field: value }',
    cause: e,
  });
}

/** Freezes plain objects and arrays. Bytes cannot be frozen, and objects with a class are their own. */
function deepFreeze(x: unknown): void {
  if (typeof x !== 'object' || x === null || Object.isFrozen(x)) return;
  const prototype: unknown = Object.getPrototypeOf(x);
  const isPlain = Array.isArray(x) || prototype === null || isPlainPrototype(prototype);
  if (!isPlain) return;
  Object.freeze(x);
  for (const member of Object.values(x)) deepFreeze(member);
}

/** `Object.prototype` of any realm: it has no prototype itself. */
function isPlainPrototype(prototype: unknown): boolean {
  return Object.getPrototypeOf(prototype) === null;
}

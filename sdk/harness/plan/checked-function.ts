import type { ErrorDetails } from '#portability/errors.js';
import type { DoFn } from '../../dofn/dofn.js';

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
    return call(...args);
  };
}

/** As `checkedFunction`, for an object. It is called itself: its methods may use private fields. */
export function checkedDoFn(doFn: DoFn<unknown, unknown>): DoFn<unknown, unknown> {
  return {
    setup: () => doFn.setup?.(),
    startBundle: (c) => doFn.startBundle?.(c),
    element: (x, c) => {
      deepFreeze(x);
      return doFn.element(x, c);
    },
    finishBundle: (c) => doFn.finishBundle?.(c),
    teardown: () => doFn.teardown?.(),
  };
}

/** Whether `thrown` is what the engine says to a write to frozen data. */
export function isFrozenWrite(thrown: unknown): boolean {
  return FROZEN.test(messageOf(thrown));
}

/** What to tell of a write to an element. */
export function mutationOf(thrown: unknown): ErrorDetails {
  return {
    title: `the function changes data that it was given: ${messageOf(thrown)}`,
    why: 'other steps get the same element, in an order that nobody promises',
    fix: 'make a copy, for example { ...x, field: value }',
    cause: thrown,
  };
}

function messageOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown
    ? String(thrown.message)
    : '';
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

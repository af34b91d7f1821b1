import { isDeepStrictEqual } from 'node:util';
import type { DrivenPane } from './test-driver.js';

/**
 * What `panes()` gives for a key and a value, as far as it is said. In an expectation it equals every pane that has
 * what it says: `expect(d.panes()).toEqual([pane('alice', 1, { timing: 'on-time' })])`.
 *
 * @example
 * ```ts
 * import { pane } from 'strahl/testing';
 * const expected = [pane('alice', 2, { timing: 'early' }), pane('alice', 3, { timing: 'on-time' })];
 * ```
 */
export function pane<K, V>(
  key: K,
  value: V,
  more: Partial<Omit<DrivenPane<unknown>, 'value'>> = {},
): { readonly value: readonly [K, V] } & typeof more {
  const said = { value: [key, value] as const, ...more };
  // Jest and Vitest ask an expected value with this method whether it equals what they have.
  Object.defineProperty(said, 'asymmetricMatch', {
    value: (x: unknown) => isRecord(x) && isEqual(x['value'], said.value) && hasAll(x, { ...more }),
  });
  return said;
}

/** What is not said is not compared. */
function hasAll(x: Record<string, unknown>, said: Record<string, unknown>): boolean {
  return Object.entries(said).every(([name, wanted]) => {
    const actual = x[name];
    if (!isRecord(wanted) || isMatcher(wanted)) return isEqual(actual, wanted);
    return isRecord(actual) && hasAll(actual, wanted);
  });
}

/** Matchers such as `expect.any(Number)` may stand anywhere in what is wanted. */
function isEqual(actual: unknown, wanted: unknown): boolean {
  if (isMatcher(wanted)) return wanted.asymmetricMatch(actual);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(actual) &&
      actual.length === wanted.length &&
      wanted.every((part, i) => isEqual(actual[i], part))
    );
  }
  if (!isRecord(wanted) || !isRecord(actual)) return isDeepStrictEqual(actual, wanted);
  const names = Object.keys(wanted);
  return (
    names.length === Object.keys(actual).length &&
    names.every((name) => Object.hasOwn(actual, name) && isEqual(actual[name], wanted[name]))
  );
}

function isMatcher(x: unknown): x is { asymmetricMatch(actual: unknown): boolean } {
  const { asymmetricMatch } = (x ?? {}) as { readonly asymmetricMatch?: unknown };
  return typeof asymmetricMatch === 'function';
}

/** Of any realm: what a test runner made has other prototypes. */
function isRecord(x: unknown): x is Record<string, unknown> {
  return Object.prototype.toString.call(x) === '[object Object]';
}

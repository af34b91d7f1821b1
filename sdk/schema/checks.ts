import { isValidTime } from '#portability/model/time.js';
import { millisecondsOf } from '../dofn/duration-text.js';
import type { Schema } from './schema.js';
import { checkValue, contentOf, type Check, type Issue } from './type-schema.js';

function expected(
  what: string,
  value: unknown,
  path: readonly PropertyKey[],
  found: Issue[],
): unknown {
  found.push({ message: `expected ${what}, got ${describe(value)}`, path });
  return undefined;
}

/** Short, and without the content of a long text. */
function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${String(value.length)}`;
  if (typeof value === 'string')
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'object') return 'an object';
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- no object is left here
  return `${typeof value} ${String(value)}`;
}

export const checkString: Check = (x, path, found) =>
  typeof x === 'string' ? x : expected('text', x, path, found);

export const checkBoolean: Check = (x, path, found) =>
  typeof x === 'boolean' ? x : expected('true or false', x, path, found);

export const checkNumber: Check = (x, path, found) =>
  typeof x === 'number' ? x : expected('a number', x, path, found);

export function checkInteger(min: number, max: number): Check {
  return (x, path, found) =>
    Number.isSafeInteger(x) && (x as number) >= min && (x as number) <= max
      ? x
      : expected(`an integer of ${String(min)} … ${String(max)}`, x, path, found);
}

export const checkDecimal: Check = (x, path, found) =>
  typeof x === 'string' && /^-?\d+(\.\d+)?$/.test(x)
    ? x
    : expected("a decimal number as text, such as '12.50'", x, path, found);

export const checkBytes: Check = (x, path, found) =>
  x instanceof Uint8Array ? x : expected('bytes', x, path, found);

export const checkInstant: Check = (x, path, found) => {
  const ms =
    typeof x === 'string'
      ? Date.parse(x)
      : typeof x === 'object' && x !== null && 'getTime' in x && typeof x.getTime === 'function'
        ? (x as Date).getTime()
        : x;
  return typeof ms === 'number' && isValidTime(ms)
    ? ms
    : expected('a time: milliseconds, a Date or ISO text', x, path, found);
};

export const checkDuration: Check = (x, path, found) =>
  millisecondsOf(x) ??
  expected("a duration: milliseconds, or a number and a unit as in '30s'", x, path, found);

export function checkLiteral(literals: readonly unknown[]): Check {
  const list = literals.map((literal) => JSON.stringify(literal)).join(', ');
  return (x, path, found) =>
    literals.includes(x) ? x : expected(`one of ${list}`, x, path, found);
}

/** Checks by any library's schema; an asynchronous one cannot be used inside of ours. */
function checkBy(schema: Schema<unknown>): Check {
  const content = contentOf(schema);
  if (content !== undefined) return (x, path, found) => checkValue(content, x, path, found);
  return (x, path, found) => {
    const result = schema['~standard'].validate(x);
    if (result instanceof Promise) {
      found.push({ message: 'is checked by an asynchronous schema', path });
      return undefined;
    }
    if (result.issues === undefined) return result.value;
    for (const issue of result.issues) {
      const inner = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
      found.push({ message: issue.message, path: [...path, ...inner] });
    }
    return undefined;
  };
}

export function checkArray(element: Schema<unknown>): Check {
  const check = checkBy(element);
  return (x, path, found) =>
    Array.isArray(x)
      ? x.map((item: unknown, i) => check(item, [...path, i], found))
      : expected('a list', x, path, found);
}

export function checkPair(key: Schema<unknown>, value: Schema<unknown>): Check {
  const checkKey = checkBy(key);
  const checkItem = checkBy(value);
  return (x, path, found) => {
    if (!Array.isArray(x) || x.length !== 2) return expected('a key and a value', x, path, found);
    return [checkKey(x[0], [...path, 0], found), checkItem(x[1], [...path, 1], found)];
  };
}

/** A `Map`, or an object whose keys are text. */
export function checkMap(key: Schema<unknown>, value: Schema<unknown>): Check {
  const checkKey = checkBy(key);
  const checkItem = checkBy(value);
  return (x, path, found) => {
    if (typeof x !== 'object' || x === null || Array.isArray(x)) {
      return expected('a map', x, path, found);
    }
    const entries: Iterable<readonly [unknown, unknown]> =
      Symbol.iterator in x ? (x as ReadonlyMap<unknown, unknown>) : Object.entries(x);
    const result = new Map<unknown, unknown>();
    for (const [k, v] of entries) {
      const at = [...path, String(k)];
      result.set(checkKey(k, at, found), checkItem(v, at, found));
    }
    return result;
  };
}

export function checkUnion(schemas: readonly Schema<unknown>[]): Check {
  const checks = schemas.map(checkBy);
  return (x, path, found) => {
    for (const check of checks) {
      const issues: Issue[] = [];
      const value = check(x, path, issues);
      if (issues.length === 0) return value;
    }
    return expected(`what one of ${String(schemas.length)} schemas accepts`, x, path, found);
  };
}

export function checkRow(fields: Readonly<Record<string, Schema<unknown>>>): Check {
  const checks = Object.entries(fields).map(([name, schema]) => [name, checkBy(schema)] as const);
  return (x, path, found) => {
    if (typeof x !== 'object' || x === null || Array.isArray(x)) {
      return expected('an object', x, path, found);
    }
    const row: Record<string, unknown> = {};
    for (const [name, check] of checks) {
      // Own properties only: a field must not read what the prototype happens to have.
      const given = Object.hasOwn(x, name) ? (x as Record<string, unknown>)[name] : undefined;
      const value = check(given, [...path, name], found);
      if (value !== undefined) define(row, name, value);
    }
    return row;
  };
}

/** A field called `__proto__` is a field. */
function define(row: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') row[name] = value;
  else
    Object.defineProperty(row, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

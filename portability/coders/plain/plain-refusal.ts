import types from 'node:util/types';
import { isStrahlError, StrahlError } from '../../errors.js';
import { MAX_DEPTH } from './plain-tags.js';

/** Thrown by the encoder, which knows the value but not where it is; `explainRefusal` finds that out. */
export class PlainRefusal {
  readonly value: unknown;
  readonly what: string;

  constructor(value: unknown, what: string) {
    this.value = value;
    this.what = what;
  }
}

/**
 * The error for a `root` whose encoding threw `thrown`. Paths are found by a second walk, so that the
 * encoding itself keeps none.
 */
export function explainRefusal(root: unknown, thrown: unknown): unknown {
  if (thrown instanceof PlainRefusal) {
    const path = pathTo(root, thrown.value);
    return new StrahlError('cannotEncode', {
      title: `${path} is ${thrown.what}, which has no plain form`,
      why: 'the default coder writes plain data: null, booleans, numbers, bigints, strings, bytes, dates, arrays, plain objects, Maps and Sets',
      fix: fixFor(thrown.value),
    });
  }
  if (isStrahlError(thrown) && thrown.key === 'cannotEncode') {
    const path = pathWhere(root, (x) => typeof x === 'string' && !isWellFormed(x)) ?? 'value';
    return new StrahlError('cannotEncode', {
      title: `${path}: ${thrown.title}`,
      ...(thrown.fix === undefined ? {} : { fix: thrown.fix }),
    });
  }
  return thrown;
}

/** Two slips have a form of their own: outputs that nobody takes one by one, and a missing `await`. */
function fixFor(value: unknown): string {
  if (types.isGeneratorObject(value)) return 'flatMap takes a function that gives several outputs';
  if (types.isPromise(value)) return 'await it before it becomes a part of an element';
  return 'turn it into plain data first, or give the collection a schema or a coder';
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function pathTo(root: unknown, target: unknown): string {
  return pathWhere(root, (x) => Object.is(x, target)) ?? 'value';
}

/** The path of the first value, in the encoder's order, for which `test` holds. */
function pathWhere(root: unknown, test: (x: unknown) => boolean): string | undefined {
  const walk = (value: unknown, path: string, depth: number): string | undefined => {
    if (test(value)) return path;
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return undefined;
    for (const [step, child] of childrenOf(value)) {
      const found = walk(child, path + step, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(root, 'value', 0);
}

function* childrenOf(value: object): Iterable<readonly [string, unknown]> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield [`[${String(i)}]`, item];
  } else if (types.isMap(value)) {
    let i = 0;
    for (const [key, item] of value) {
      yield [`.keys[${String(i)}]`, key];
      yield [`.values[${String(i++)}]`, item];
    }
  } else if (types.isSet(value)) {
    let i = 0;
    for (const item of value) yield [`.items[${String(i++)}]`, item];
  } else if (!ArrayBuffer.isView(value)) {
    for (const key of Object.keys(value)) {
      yield [`.${key}`, key];
      yield [`.${key}`, (value as Readonly<Record<string, unknown>>)[key]];
    }
  }
}

/** What a value is, for a message: short, escaped, never the whole of it. */
export function previewOf(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'string') return JSON.stringify(cut(value));
  if (typeof value === 'bigint') return `${cut(String(value))}n`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `an array of ${String(value.length)}`;
  return nameOf(value);
}

function cut(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}

/** `an instance of Money`, `a generator`, or `an object`. */
export function nameOf(value: object): string {
  if (types.isGeneratorObject(value)) return 'a generator';
  const constructor: unknown = (value as { constructor?: unknown }).constructor;
  const name = typeof constructor === 'function' ? constructor.name : '';
  return name === '' || name === 'Object' ? 'an object' : `an instance of ${cut(name)}`;
}

import { inspect } from 'node:util';
import { isStrahlError, StrahlError } from '#portability/errors.js';
import type { PaneTiming } from '#portability/model/panes.js';
import { descriptionOfPipeline } from '../pipeline-description.js';
import type { TestOutput } from './collected.js';
import { graphText } from './graph-text.js';

/**
 * What Jest and Vitest both give to a matcher as `this`.
 *
 * @example
 * ```ts
 * import type { MatcherResult, MatcherState } from 'strahl/testing';
 * function toHaveFirst(this: MatcherState, xs: readonly unknown[], x: unknown): MatcherResult {
 *   return { pass: this.equals(xs[0], x), message: () => 'another one comes first' };
 * }
 * ```
 */
export interface MatcherState {
  /** Equality as the test runner has it, with its asymmetric matchers. */
  equals(a: unknown, b: unknown): boolean;
}

/**
 * What a matcher answers to Jest and Vitest.
 *
 * @example
 * ```ts
 * import type { MatcherResult } from 'strahl/testing';
 * const isEven = (n: number): MatcherResult => ({
 *   pass: n % 2 === 0,
 *   message: () => `${n} is ${n % 2 === 0 ? '' : 'not '}even`,
 * });
 * ```
 */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/**
 * A pane as a test expects it; what is left out is not compared.
 *
 * @example
 * ```ts
 * import type { ExpectedPane } from 'strahl/testing';
 * const onTime = (...values: readonly unknown[]): ExpectedPane => ({ timing: 'on-time', values });
 * ```
 */
export interface ExpectedPane {
  readonly timing?: PaneTiming;
  readonly index?: number;
  readonly first?: boolean;
  readonly last?: boolean;
  /** Fields of its window, such as `{ start: 0, end: 60_000 }`. */
  readonly window?: Readonly<Record<string, unknown>>;
  /** In any order. */
  readonly values: readonly unknown[];
}

/**
 * The methods that `matchers` adds to `expect`. For Jest, `strahl/testing/jest` adds both; for another test runner,
 * merge them into its types:
 *
 * @example
 * ```ts
 * import type { StrahlMatchers } from 'strahl/testing';
 * // in a file of your tests, for Vitest:
 * //   declare module 'vitest' { interface Assertion<T> extends StrahlMatchers<void> {} }
 * type Names = keyof StrahlMatchers<void>;
 * ```
 */
export interface StrahlMatchers<R> {
  /** The panes of an output, in order of their windows and indices. */
  toHavePanes(expected: readonly ExpectedPane[]): R;
  /** The values of an output in this order. */
  toEmit(...expected: readonly unknown[]): R;
  /** The values of an output, each as often as it is given, in any order. */
  toEmitInAnyOrder(...expected: readonly unknown[]): R;
  /** The numbers of an output in any order, each within `tolerance`. Default 1e-9. */
  toEmitCloseTo(expected: readonly number[], tolerance?: number): R;
  /** No value. */
  toBeEmpty(): R;
  /** That many elements came too late, in a result of `runTest`. */
  toHaveDropped(n: number): R;
  /** A promise, or a function, fails with this code, or an error has it: `'STRAHL-1201'` or `1201`. */
  toFailWith(code: string | number): Promise<void>;
  /** The steps of a pipeline, one per line, parts indented by two blanks under their composite. */
  toMatchGraph(expected: string, options?: unknown): Promise<void>;
}

type Output = TestOutput<unknown>;
interface Dropping {
  readonly dropped: number;
  readonly seed?: number;
}

/**
 * Matchers for outputs of `runTest`, for Jest and Vitest.
 *
 * @example
 * ```ts
 * import { expect } from '@jest/globals';
 * import { matchers } from 'strahl/testing';
 * expect.extend(matchers);
 * ```
 */
export const matchers: {
  readonly [K in keyof StrahlMatchers<void>]: (
    this: MatcherState,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Jest and Vitest give any value
    received: any,
    ...args: Parameters<StrahlMatchers<void>[K]>
  ) => MatcherResult | Promise<MatcherResult>;
} = Object.freeze({
  toHavePanes(this: MatcherState, received: unknown, expected: readonly ExpectedPane[]) {
    const output = outputOf(received);
    const panes = output.panes();
    const pass =
      panes.length === expected.length &&
      expected.every(({ values, window = {}, ...rest }, i) => {
        const pane = panes[i]!;
        return (
          hasFields(this, pane, rest) &&
          hasFields(this, pane.window, window) &&
          isSameBag(this, pane.values, values)
        );
      });
    return result(pass, 'panes', expected, panes, output);
  },
  toEmit(this: MatcherState, received: unknown, ...expected: readonly unknown[]) {
    const output = outputOf(received);
    const pass = this.equals(output.values, expected);
    return result(pass, 'values', expected, output.values, output);
  },
  toEmitInAnyOrder(this: MatcherState, received: unknown, ...expected: readonly unknown[]) {
    const output = outputOf(received);
    const pass = isSameBag(this, output.values, expected);
    return result(pass, 'values in any order', expected, output.values, output);
  },
  toEmitCloseTo(
    this: MatcherState,
    received: unknown,
    expected: readonly number[],
    tolerance = 1e-9,
  ) {
    const output = outputOf(received);
    const actual = output.values.map(Number).sort((a, b) => a - b);
    const wanted = [...expected].sort((a, b) => a - b);
    const pass =
      actual.length === wanted.length &&
      actual.every((x, i) => x === wanted[i] || Math.abs(x - wanted[i]!) <= tolerance);
    return result(pass, `values within ${String(tolerance)}`, wanted, actual, output);
  },
  toBeEmpty(this: MatcherState, received: unknown) {
    const output = outputOf(received);
    return result(output.values.length === 0, 'no value', [], output.values, output);
  },
  toHaveDropped(this: MatcherState, received: unknown, n: number) {
    const { dropped } = (received ?? {}) as Partial<Dropping>;
    if (typeof dropped !== 'number') throw notCollected(received, 'a result of runTest');
    return result(dropped === n, 'dropped elements', n, dropped, received as Dropping);
  },
  async toFailWith(this: MatcherState, received: unknown, code: string | number) {
    const wanted = typeof code === 'number' ? `STRAHL-${String(code)}` : code;
    if (isStrahlError(received)) {
      return result(received.code === wanted, 'failure with', wanted, received.code);
    }
    try {
      await (typeof received === 'function' ? (received as () => unknown)() : received);
    } catch (error) {
      const actual = isStrahlError(error) ? error.code : error;
      return result(actual === wanted, 'failure with', wanted, actual);
    }
    return result(false, 'failure with', wanted, 'success');
  },
  async toMatchGraph(this: MatcherState, received: object, expected: string, options?: unknown) {
    if (descriptionOfPipeline(received) === undefined) {
      return result(false, 'a pipeline', expected, received);
    }
    const actual = await graphText(received, options);
    return result(actual === unindented(expected), 'graph', unindented(expected), actual);
  },
});

/** What cannot have emitted anything must not pass for what has not, least of all behind `.not`. */
function outputOf(received: unknown): Output {
  const { values, panes } = (received ?? {}) as Partial<Output>;
  if (Array.isArray(values) && typeof panes === 'function') return received as Output;
  throw notCollected(received, 'an output of runTest');
}

function notCollected(received: unknown, wanted: string): StrahlError {
  return new StrahlError('badValue', {
    title: `the matcher is given ${inspect(received, { depth: 0 })} instead of ${wanted}`,
    fix: 'const r = await runTest((p) => ({ out: … })); expect(r.out).toEmit(…), expect(r).toHaveDropped(…)',
  });
}

function hasFields(state: MatcherState, actual: object, wanted: object): boolean {
  const fields = new Map<string, unknown>(Object.entries(actual));
  return Object.entries(wanted).every(([name, value]) => state.equals(fields.get(name), value));
}

/** Equal as bags; quadratic, for the few values of a test. */
function isSameBag(
  state: MatcherState,
  actual: readonly unknown[],
  expected: readonly unknown[],
): boolean {
  const rest = [...expected];
  return (
    actual.length === rest.length &&
    actual.every((value) => {
      const at = rest.findIndex((other) => state.equals(value, other));
      if (at >= 0) rest.splice(at, 1);
      return at >= 0;
    })
  );
}

function result(
  pass: boolean,
  what: string,
  expected: unknown,
  actual: unknown,
  { seed, explain }: Pick<Output, 'seed' | 'explain'> = {},
): MatcherResult {
  const how = seed === undefined ? '' : `\nrun with seed ${String(seed)}`;
  const why = (): string => (pass || explain === undefined ? '' : `\n${explain().text}`);
  return {
    pass,
    message: () =>
      `expected${pass ? ' not' : ''} ${what}:\n  ${shown(expected)}\ngot:\n  ${shown(actual)}${how}${why()}`,
  };
}

function shown(x: unknown): string {
  return (typeof x === 'string' ? x : inspect(x, { depth: 6 })).replaceAll('\n', '\n  ');
}

/** Without the common indentation of a template literal, and without blank lines around. */
function unindented(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n');
}

import { PLAIN, PLAIN_KEY, kvOf, recordOf, type CoderChoice } from '../graph/coder-choice.js';
import { choiceOfKeyCoder } from '../coder.js';
import { describeGiven } from '#portability/describe-given.js';
import { StrahlError } from '#portability/errors.js';
import type { DoFn } from '../dofn/dofn.js';
import { durationOf, type DurationLike } from '../duration.js';
import type { CollectionNode } from '../graph/graph-node.js';
import { choiceOf } from '../schema/choice.js';
import type { Schema } from '../schema/schema.js';
import type { Outputs } from '../collections/split-outputs.js';
import type { Step } from '../collections/step-options.js';
import { keyedCoder, requireKeyedPairs } from './checks.js';
import {
  checkFunction,
  coderOf,
  parDo,
  parDoOne,
  stepOptions,
  type AnyFunction,
  type StepInput,
} from './par-do.js';

type Options = Schema<unknown> | Step<unknown> | undefined;

export function mapStep(
  input: StepInput,
  f: AnyFunction,
  o?: Options,
  name = 'map',
): CollectionNode {
  checkFunction(f, input, name);
  const options = stepOptions(o);
  return parDoOne(input, {
    name,
    fn: (fields) => ({ kind: 'map', call: f, ...fields }),
    coder: coderOf(options),
    options,
  });
}

export function flatMapStep(
  input: StepInput,
  f: AnyFunction,
  o?: Options,
  name = 'flatMap',
): CollectionNode {
  checkFunction(f, input, name);
  const options = stepOptions(o);
  return parDoOne(input, {
    name,
    fn: (fields) => ({ kind: 'flat-map', call: f, ...fields }),
    coder: coderOf(options),
    options,
  });
}

export function filterStep(input: StepInput, f: AnyFunction): CollectionNode {
  checkFunction(f, input, 'filter');
  return parDoOne(input, {
    name: 'filter',
    fn: (fields) => ({ kind: 'filter', call: f, ...fields }),
    coder: input.main.coder,
  });
}

/** An object is one instance for all bundles; a function makes an instance whenever one is needed. */
export function processStep(
  input: StepInput,
  d: DoFn<unknown, unknown> | (() => DoFn<unknown, unknown>),
  o?: Options,
  name = 'process',
): CollectionNode {
  if (typeof d !== 'function')
    checkFunction((d as { element?: unknown } | null)?.element, input, name);
  else if (isClass(d)) throw classGiven(input, d.name);
  const options = stepOptions(o);
  const instances =
    typeof d === 'function' ? instancesOf(d) : { create: () => d, stable: isStable(d) };
  return parDoOne(input, {
    name,
    fn: (fields) => ({ kind: 'do-fn', ...instances, ...fields }),
    coder: coderOf(options),
    options,
  });
}

/** Java's steps take instances, Python's too; a class is neither one nor a function that makes one. */
function isClass(d: () => unknown): boolean {
  return /^class\b/.test(Function.prototype.toString.call(d));
}

function classGiven({ graph }: StepInput, name: string): StrahlError {
  return new StrahlError('badValue', {
    title: `process is given the class ${name} instead of an instance`,
    ...graph.where('process'),
    fix: `.process(() => new ${name}())`,
  });
}

type MakeDoFn = () => DoFn<unknown, unknown>;

/** What the instances require is known from the first, which is the first to run. */
function instancesOf(make: MakeDoFn): { readonly create: MakeDoFn; readonly stable: boolean } {
  let first: DoFn<unknown, unknown> | undefined;
  try {
    first = make();
  } catch {
    // It fails again where an instance is needed, and the error then names the step as those of a bundle do.
  }
  const stable = isStable(first);
  const create = (): DoFn<unknown, unknown> => {
    const instance = first ?? make();
    first = undefined;
    return instance;
  };
  return { create, stable };
}

function isStable(d: DoFn<unknown, unknown> | undefined): boolean {
  return d?.requiresStableInput === true;
}

export function attemptStep(
  input: StepInput,
  f: AnyFunction,
  o?: Options,
): { readonly ok: CollectionNode; readonly failed: CollectionNode } {
  checkFunction(f, input, 'attempt');
  const options = stepOptions(o);
  const outputs = parDo(input, {
    name: 'attempt',
    fn: (fields) => ({ kind: 'attempt', call: f, ...fields }),
    outputs: {
      ok: coderOf(options),
      failed: recordOf(['input', 'error', 'at'], [input.main.coder, PLAIN, PLAIN]),
    },
    options,
  });
  return { ok: outputs.get('ok')!, failed: outputs.get('failed')! };
}

export function splitStep(
  input: StepInput,
  outputs: Outputs,
  f: AnyFunction,
): ReadonlyMap<string, CollectionNode> {
  checkFunction(f, input, 'split');
  const tags = Object.keys(outputs);
  return parDo(input, {
    name: 'split',
    fn: (fields) => ({ kind: 'split', call: f, tags, ...fields }),
    outputs: Object.fromEntries(tags.map((tag) => [tag, choiceOf(outputs[tag]!) ?? PLAIN])),
  });
}

export function partitionStep(
  input: StepInput,
  n: number,
  f: AnyFunction,
): readonly CollectionNode[] {
  checkFunction(f, input, 'partition');
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new StrahlError('badValue', {
      title: `partition is given ${String(n)} as the number of its outputs`,
      ...input.graph.where('partition'),
      fix: 'give a whole number of at least 1',
    });
  }
  const names = Array.from({ length: n }, (_, i) => String(i));
  const outputs = parDo(input, {
    name: 'partition',
    fn: (fields) => ({ kind: 'partition', call: f, n, ...fields }),
    outputs: Object.fromEntries(names.map((name) => [name, input.main.coder])),
  });
  return names.map((name) => outputs.get(name)!);
}

export function keyByStep(
  input: StepInput,
  by: AnyFunction | string,
  keyCoder?: unknown,
): CollectionNode {
  const f = typeof by === 'string' ? (x: Record<string, unknown>) => x[by] : by;
  checkFunction(f, input, 'keyBy');
  if (typeof keyCoder === 'string') throw severalFields(input, by, keyCoder);
  const key =
    keyCoder === undefined ? PLAIN_KEY : choiceOfKeyCoder(keyCoder, input.graph.where('keyBy'));
  return parDoOne(input, {
    name: 'keyBy',
    fn: (fields) => ({ kind: 'key-by', call: f, ...fields }),
    coder: kvOf(key, input.main.coder),
  });
}

function severalFields({ graph }: StepInput, by: unknown, other: string): StrahlError {
  const first = typeof by === 'string' ? by : 'a';
  return new StrahlError('keyNotDeterministic', {
    title: `keyBy takes one field, and is given ${JSON.stringify(by)} and ${JSON.stringify(other)}`,
    ...graph.where('keyBy'),
    why: 'what follows the field is the coder of keys',
    fix: `.keyBy((x) => [x.${first}, x.${other}] as const)`,
  });
}

/** Collections that already have a key coder pass through untouched. */
export function keyedStep(input: StepInput): CollectionNode {
  requireKeyedPairs(input.graph, input.main, 'keyed');
  if (input.main.coder.kind === 'kv') return input.main;
  return parDoOne(input, {
    name: 'keyed',
    fn: (fields) => ({ kind: 'map', call: checkedPair, ...fields }),
    coder: kvOf(PLAIN_KEY, PLAIN),
  });
}

function checkedPair(x: unknown): unknown {
  if (Array.isArray(x) && x.length === 2) return x;
  throw new StrahlError('notKeyed', {
    title: `keyed() needs [key, value] pairs, but an element is ${describe(x)}`,
    fix: '.map((x) => [x.key, x.value] as const) first, or .keyBy((x) => …)',
  });
}

function describe(x: unknown): string {
  if (Array.isArray(x)) return `a list of ${String(x.length)}`;
  return describeGiven(x);
}

export function mapValuesStep(
  input: StepInput,
  f: AnyFunction,
  name = 'mapValues',
  value: CoderChoice = PLAIN,
): CollectionNode {
  checkFunction(f, input, name);
  const { key } = keyedCoder(input.graph, input.main, name);
  return parDoOne(input, {
    name,
    fn: (fields) => ({ kind: 'map-values', call: f, ...fields }),
    coder: kvOf(key, value),
  });
}

/** Skew of an element at `TIMESTAMP_MIN` is moot: nothing lies before it. */
export function withTimestampsStep(
  input: StepInput,
  f: AnyFunction,
  skew: DurationLike,
): CollectionNode {
  checkFunction(f, input, 'withTimestamps');
  const allowedSkew = durationOf(skew, 'allowedSkew', input.graph.site);
  if (allowedSkew < 0) {
    throw new StrahlError('windowOutOfRange', {
      title: `allowedSkew is ${String(allowedSkew)} ms`,
      ...input.graph.where('withTimestamps'),
      fix: 'give a duration of at least 0',
    });
  }
  return parDoOne(input, {
    name: 'withTimestamps',
    fn: (fields) => ({ kind: 'with-timestamps', call: f, allowedSkew, ...fields }),
    coder: input.main.coder,
  });
}

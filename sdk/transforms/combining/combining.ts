import { StrahlError } from '#portability/errors.js';
import { descriptionOf, type CombinerDescription } from '../../combine-fn.js';
import { iterableOf, keyChoiceOf, kvOf, PLAIN } from '../../graph/coder-choice.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { afterGrouping, describeWindowing } from '../../graph/windowing.js';
import { keyedCoder, requireDeterministicKey, requireGroupable } from '../checks.js';
import { keyByStep, mapValuesStep } from '../elements.js';
import { flattenStep, identity } from '../grouping.js';
import { addOutput, parDoOne, type AnyFunction, type StepInput } from '../par-do.js';
import { impulseNode } from '../reading/roots.js';
import { count } from './combiners.js';
import { composeCombiners } from './compose-combiners.js';

/** One combiner, or a record of them as one. @throws STRAHL-1104 for what is neither */
export function combinerOf(graph: GraphBuilder, x: unknown, name: string): CombinerDescription {
  const single = descriptionOf(x);
  if (single !== undefined) return single;
  if (typeof x === 'object' && x !== null) {
    const entries = Object.entries(x).map(([field, c]) => {
      const combiner = descriptionOf(c);
      if (combiner === undefined) throw notCombiner(graph, `field "${field}" of ${name}`, name);
      return [field, combiner] as const;
    });
    return composeCombiners(entries);
  }
  throw notCombiner(graph, name, name);
}

function notCombiner(graph: GraphBuilder, what: string, name: string): StrahlError {
  return new StrahlError('badValue', {
    title: `${what} is no combiner`,
    ...graph.where(name),
    fix: 'pass count(), sum(f), min(f), … or what combineFn({ … }) made',
  });
}

/**
 * The composite that Beam calls Combine.perKey. A runner that does not lift it runs the two parts.
 */
export function combinePerKey(
  { graph, main }: StepInput,
  combiner: CombinerDescription,
  name: string,
): CollectionNode {
  graph.use(main, name);
  const { key, value } = keyedCoder(graph, main, name);
  requireDeterministicKey(graph, key, name);
  requireGroupable(graph, main, name);
  const { fn } = combiner;
  const { accumulator, output = PLAIN } = combiner.keeping?.(value) ?? combiner;
  const windowing = afterGrouping(main.windowing);
  const { boundedness } = main;
  return graph.inside(
    { name, spec: { kind: 'combine-per-key', fn, accumulator }, inputs: { in: main } },
    (composite) => {
      const group = graph.add({
        name: 'GroupByKey',
        spec: { kind: 'group-by-key' },
        inputs: { in: main },
      });
      const coder = kvOf(key, iterableOf(value));
      const grouped = graph.output(group, 'out', { coder, boundedness, windowing });
      const combine = graph.add({
        name: 'CombineGroupedValues',
        spec: { kind: 'combine-grouped-values', fn, accumulator },
        inputs: { in: grouped },
      });
      return graph.expose(
        composite,
        'out',
        addOutput(graph, combine, 'out', grouped, kvOf(key, output)),
      );
    },
  );
}

/**
 * All elements of a window under one key. LFT-3: what the combiner makes of nothing is emitted only in
 * the global window, since only that window is known to exist without elements.
 */
export function combineGlobally(
  input: StepInput,
  combiner: CombinerDescription,
  emptyDefault: boolean | undefined,
  name: string,
): CollectionNode {
  const { graph, main } = input;
  graph.use(main, name);
  requireGroupable(graph, main, name);
  const isGlobal = main.windowing.windowFn.kind === 'global';
  if (emptyDefault === true && !isGlobal) throw noDefault(input, name);
  return graph.inside({ name, inputs: { in: main } }, (composite) => {
    const keyed = keyByStep(input, () => null);
    const combined = combinePerKey({ graph, main: keyed }, combiner, 'combine');
    const values = valuesStep({ graph, main: combined });
    const result =
      isGlobal && emptyDefault !== false ? withDefault(graph, values, combiner) : values;
    return graph.expose(composite, 'out', result);
  });
}

function noDefault({ graph, main }: StepInput, name: string): StrahlError {
  return new StrahlError('incompatibleWindows', {
    title: `${name} cannot emit the result of no elements in ${describeWindowing(main.windowing)}`,
    ...graph.where(name),
    why: 'nobody knows the windows in which no element arrived',
    fix: 'leave emptyDefault out, or pass { emptyDefault: false }',
  });
}

/** `values`, or the result of no elements if the global window closes without one. */
function withDefault(
  graph: GraphBuilder,
  values: CollectionNode,
  { fn }: CombinerDescription,
): CollectionNode {
  const impulse = impulseNode(graph, values.windowing);
  const fallback = parDoOne(
    {
      graph,
      main: impulse,
      sides: { combined: { collection: values, shape: { kind: 'list' } } },
    },
    {
      name: 'default',
      fn: (fields) => ({
        kind: 'flat-map',
        call: (_: unknown, sides: { readonly combined: readonly unknown[] }) =>
          sides.combined.length === 0 ? [fn.extract(fn.create())] : [],
        ...fields,
      }),
      coder: values.coder,
    },
  );
  return flattenStep(graph, [values, fallback], 'withDefault');
}

/** A combiner over the values that each key already holds. */
export function combineValuesStep(input: StepInput, combiner: CombinerDescription): CollectionNode {
  const { fn, keeping, output } = combiner;
  const { value } = keyedCoder(input.graph, input.main, 'combineValues');
  const element = value.kind === 'iterable' || value.kind === 'list' ? value.element : PLAIN;
  const reduce = (values: Iterable<unknown>): unknown => {
    let accumulator = fn.create();
    for (const value of values) accumulator = fn.add(accumulator, value);
    return fn.extract(accumulator);
  };
  return mapValuesStep(
    input,
    (values: Iterable<unknown> | { toArray(): Promise<readonly unknown[]> }) =>
      'toArray' in values && typeof values.toArray === 'function'
        ? values.toArray().then(reduce)
        : reduce(values as Iterable<unknown>),
    'combineValues',
    keeping?.(element).output ?? output,
  );
}

export function valuesStep(input: StepInput, name = 'values'): CollectionNode {
  const { value } = keyedCoder(input.graph, input.main, name);
  return pairStep(input, name, (pair: Pair) => pair[1], value);
}

export function keysStep(input: StepInput, name = 'keys'): CollectionNode {
  const { key } = keyedCoder(input.graph, input.main, name);
  return pairStep(input, name, (pair: Pair) => pair[0], key);
}

export function swapStep(input: StepInput): CollectionNode {
  const { key, value } = keyedCoder(input.graph, input.main, 'swap');
  return pairStep(input, 'swap', (pair: Pair) => [pair[1], pair[0]], kvOf(keyChoiceOf(value), key));
}

type Pair = readonly [unknown, unknown];

function pairStep(
  input: StepInput,
  name: string,
  call: AnyFunction,
  coder: CollectionNode['coder'],
): CollectionNode {
  return parDoOne(input, { name, fn: (fields) => ({ kind: 'map', call, ...fields }), coder });
}

/** How often each element occurs: a count with the elements themselves as keys. */
export function countPerElementStep(input: StepInput): CollectionNode {
  const { graph, main } = input;
  const name = 'countPerElement';
  graph.use(main, name);
  requireGroupable(graph, main, name);
  return graph.inside({ name, inputs: { in: main } }, (composite) => {
    const keyed = elementsAsKeys(input);
    const counted = combinePerKey({ graph, main: keyed }, descriptionOf(count())!, 'count');
    return graph.expose(composite, 'out', counted);
  });
}

/** Each element as a key without a value. */
export function elementsAsKeys(input: StepInput): CollectionNode {
  const coder = kvOf(keyChoiceOf(input.main.coder), PLAIN);
  return pairStep(input, 'keyBy', (x: unknown) => [x, null], coder);
}

export function redistributeStep(
  input: StepInput,
  by: AnyFunction | undefined,
  allowDuplicates: boolean,
): CollectionNode {
  const { graph, main } = input;
  graph.use(main, 'redistribute');
  const redistribute = (from: CollectionNode, byKey: boolean): CollectionNode =>
    graph.inside(
      {
        name: 'redistribute',
        spec: { kind: 'redistribute', byKey, allowDuplicates },
        inputs: { in: from },
      },
      (composite) => graph.expose(composite, 'out', identity({ graph, main: from }, 'pass')),
    );
  if (by === undefined) return redistribute(main, false);
  return graph.inside({ name: 'redistributeBy', inputs: { in: main } }, (composite) => {
    const spread = redistribute(keyByStep(input, by), true);
    return graph.expose(composite, 'out', valuesStep({ graph, main: spread }));
  });
}

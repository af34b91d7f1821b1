import { StrahlError } from '#portability/errors.js';
import { commonChoice, iterableOf, kvOf, PLAIN } from '../graph/coder-choice.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import { pathOfNode, type CollectionNode, type Windowing } from '../graph/graph-node.js';
import { durationOf } from '../duration.js';
import {
  afterGrouping,
  areCompatible,
  DEFAULT_WINDOWING,
  describeWindowing,
  type WindowOptions,
} from '../graph/windowing.js';
import { keyedCoder, requireDeterministicKey, requireGroupable } from './checks.js';
import { addOutput, type StepInput } from './par-do.js';
import { choiceOfWindowFn } from './windows.js';

export function windowStep(
  { graph, main }: StepInput,
  windowFn: unknown,
  o: WindowOptions,
): CollectionNode {
  graph.use(main, 'window');
  const choice = choiceOfWindowFn(windowFn);
  if (choice === undefined) {
    throw new StrahlError('windowOutOfRange', {
      title: 'window is given no window function',
      ...graph.where('window'),
      fix: 'pass fixed(…), sliding(…), sessions(…), globalWindow() or windowFn(…)',
    });
  }
  refuseTrigger(graph, o);
  const lateness =
    o.allowedLateness === undefined
      ? 0
      : durationOf(o.allowedLateness, 'allowedLateness', graph.site);
  const node = graph.add({ name: 'window', spec: { kind: 'window-into' }, inputs: { in: main } });
  const windowing: Windowing = Object.freeze({
    windowFn: choice,
    mergeStatus: choice.kind === 'sessions' ? 'needs-merge' : 'non-merging',
    trigger: DEFAULT_WINDOWING.trigger,
    accumulation: panesOf(graph, o, lateness),
    timestampCombiner: o.timestampCombiner ?? 'end-of-window',
    closing: o.closing ?? 'if-non-empty',
    onTime: o.onTime ?? 'always',
    allowedLateness: lateness as Windowing['allowedLateness'],
    ...(choice.kind === 'custom' ? { step: node } : {}),
  });
  return graph.output(node, 'out', { coder: main.coder, boundedness: main.boundedness, windowing });
}

function refuseTrigger(graph: GraphBuilder, o: object): void {
  if (!('trigger' in o) || o.trigger === undefined) return;
  throw new StrahlError('unsupportedFeature', {
    title: 'triggers other than the default are not supported',
    ...graph.where('window'),
    fix: 'leave trigger out: a window then emits when the watermark passes its end',
  });
}

function panesOf(
  graph: GraphBuilder,
  { panes }: { readonly panes?: unknown },
  lateness: number,
): Windowing['accumulation'] {
  if (lateness < 0) {
    throw new StrahlError('windowOutOfRange', {
      title: `allowedLateness is ${String(lateness)} ms`,
      ...graph.where('window'),
      fix: 'give a duration of at least 0',
    });
  }
  if (panes === 'discarding' || panes === 'accumulating') return panes;
  if (panes === undefined && lateness === 0) return 'discarding';
  throw new StrahlError('windowOutOfRange', {
    title:
      panes === undefined
        ? 'allowedLateness is given without panes'
        : `panes is ${JSON.stringify(panes)}, which is no accumulation mode`,
    ...graph.where('window'),
    why: 'late elements make further panes of a window',
    fix: "say panes: 'accumulating' (everything so far) or panes: 'discarding' (what is new)",
  });
}

/** A group by key; `output` is the coder of its values, one by one. */
export function groupByKeyStep({ graph, main }: StepInput): CollectionNode {
  const name = 'groupByKey';
  graph.use(main, name);
  const { key, value } = keyedCoder(graph, main, name);
  requireDeterministicKey(graph, key, name);
  requireGroupable(graph, main, name);
  const node = graph.add({ name, spec: { kind: 'group-by-key' }, inputs: { in: main } });
  return graph.output(node, 'out', {
    coder: kvOf(key, iterableOf(value)),
    boundedness: main.boundedness,
    windowing: afterGrouping(main.windowing),
  });
}

/**
 * All elements of the inputs, which must agree in their windows.
 *
 * @throws STRAHL-1004 if they do not
 */
export function flattenStep(
  graph: GraphBuilder,
  inputs: readonly CollectionNode[],
  name = 'flatten',
): CollectionNode {
  for (const input of inputs) graph.use(input, name);
  const first = inputs[0];
  for (const other of inputs) requireCompatible(graph, first!, other, name, 'incompatibleFlatten');
  const node = graph.add({
    name,
    spec: { kind: 'flatten' },
    inputs: Object.fromEntries(inputs.map((input, i) => [`in${String(i)}`, input])),
  });
  return graph.output(node, 'out', {
    coder: inputs.map((input) => input.coder).reduce(commonChoice, first?.coder ?? PLAIN),
    boundedness: inputs.every((input) => input.boundedness === 'bounded') ? 'bounded' : 'unbounded',
    // Sessions that one of the inputs has still to merge have to be merged in the union.
    windowing:
      inputs.find((input) => input.windowing.mergeStatus === 'needs-merge')?.windowing ??
      first?.windowing ??
      DEFAULT_WINDOWING,
  });
}

export function requireCompatible(
  graph: GraphBuilder,
  a: CollectionNode,
  b: CollectionNode,
  name: string,
  key: 'incompatibleFlatten' | 'incompatibleWindows',
): void {
  if (areCompatible(a.windowing, b.windowing)) return;
  throw new StrahlError(key, {
    title: `inputs of ${name} have incompatible windows`,
    ...graph.where(name),
    why:
      `"${pathOfNode(a.producer)}" is in ${describeWindowing(a.windowing)}, ` +
      `"${pathOfNode(b.producer)}" in ${describeWindowing(b.windowing)}`,
    fix: 'give both the same .window(…) before',
  });
}

/** Elements pass unchanged; a runner that does not know the composite runs its identity. */
export function reshuffleStep(input: StepInput): CollectionNode {
  const { graph, main } = input;
  graph.use(main, 'reshuffle');
  return graph.inside(
    { name: 'reshuffle', spec: { kind: 'reshuffle' }, inputs: { in: main } },
    (composite) => graph.expose(composite, 'out', identity(input, 'pass')),
  );
}

/** A step that passes every element on. */
export function identity({ graph, main }: StepInput, name: string): CollectionNode {
  const node = graph.add({
    name,
    spec: {
      kind: 'par-do',
      fn: { kind: 'map', call: (x: unknown) => x, sides: {}, concurrency: 1, ordered: true },
      sides: {},
    },
    inputs: { in: main },
  });
  return addOutput(graph, node, 'out', main, main.coder);
}

import type { TriggerSpec } from '#portability/model/triggers.js';
import type { Context } from '../dofn/dofn.js';
import { PLAIN, recordOf } from '../graph/coder-choice.js';
import type { CollectionNode } from '../graph/graph-node.js';
import { requireClosing } from './checks.js';
import { filterStep, mapStep } from './elements.js';
import { identity } from './grouping.js';
import { checkFunction, parDoOne, type AnyFunction, type StepInput } from './par-do.js';
import { readSides, viewOf } from './side-inputs.js';

const NEVER: TriggerSpec = Object.freeze({ kind: 'never' });

/** Runs `branch` on the collection, in a scope of its own; what it gives is nobody's input. */
export function teeStep(input: StepInput, branch: AnyFunction, collection: unknown): void {
  const { graph, main } = input;
  graph.use(main, 'tee');
  checkFunction(branch, input, 'tee');
  graph.inside({ name: 'tee', inputs: { in: main } }, () => {
    graph.asUser(() => {
      branch(collection);
    });
  });
}

export function reifyStep(input: StepInput): CollectionNode {
  const reified = (value: unknown, { timestamp, window, pane }: Context): unknown => ({
    value,
    timestamp,
    window,
    pane,
  });
  const step = mapStep(input, reified, undefined, 'reify');
  const names = ['value', 'timestamp', 'window', 'pane'];
  step.coder = recordOf(names, [input.main.coder, PLAIN, PLAIN, PLAIN]);
  return step;
}

/**
 * A side input without elements, made of the signal: it is ready when the watermark of the signal has passed the
 * expiry of the window, and until then the engine holds the elements back (SID-3). Whatever the trigger of the signal:
 * only one that never fires waits for the late elements, too, as Beam's `Wait` does.
 */
export function waitOnStep(input: StepInput, signal: CollectionNode): CollectionNode {
  const { graph, main } = input;
  const name = 'waitOn';
  graph.use(main, name);
  graph.use(signal, name);
  requireClosing(graph, signal, name);
  return graph.inside({ name, inputs: { in: main, signal } }, (composite) => {
    const nothing = filterStep({ graph, main: signal }, () => false);
    const windowing = Object.freeze({ ...signal.windowing, trigger: NEVER });
    const closed = identity({ graph, main: nothing }, 'trigger', windowing);
    const view = viewOf(graph, closed, name, { kind: 'iterable' });
    const sides = readSides(graph, { signal: view });
    const passed = parDoOne(
      { graph, main, sides },
      {
        name: 'pass',
        fn: (fields) => ({ kind: 'map', call: (x: unknown) => x, ...fields }),
        coder: main.coder,
      },
    );
    return graph.expose(composite, 'out', passed);
  });
}

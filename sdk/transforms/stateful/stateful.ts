import { StrahlError } from '#portability/errors.js';
import type { Step } from '../../collections/step-options.js';
import { stateDescriptionOf, type StateDescription } from '../../dofn/state.js';
import type { ErasedStatefulFn } from '../../dofn/stateful.js';
import { timerDescriptionOf, type TimerDescription } from '../../dofn/timers.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { checkOptionNames, isPlain } from '../../graph/option-names.js';
import type { Schema } from '../../schema/schema.js';
import { requireDeterministicKey } from '../checks.js';
import { checkFunction, coderOf, parDoOne, stepOptions, type StepInput } from '../par-do.js';

/** What a user gives to `stateful`, before anything of it is checked. */
export interface StatefulArguments extends ErasedStatefulFn {
  readonly state?: Readonly<Record<string, unknown>>;
  readonly timers?: Readonly<Record<string, unknown>>;
  readonly requiresTimeSortedInput?: boolean;
  readonly requiresStableInput?: boolean;
}

const MEMBERS: readonly (keyof StatefulArguments)[] = [
  ...(['state', 'timers', 'requiresTimeSortedInput', 'requiresStableInput'] as const),
  ...(['element', 'onTimer', 'onWindowExpiration'] as const),
];

/**
 * A step with state and timers.
 *
 * @throws STRAHL-1301 without keys, -1103 for keys without deterministic bytes, -1302 over windows that
 *   still merge, -1303 for a callback without its timer or a timer without its callback
 */
export function statefulStep(
  input: StepInput,
  fn: StatefulArguments,
  o?: Schema<unknown> | Step<unknown>,
  name = 'stateful',
): CollectionNode {
  checkFunction((fn as Partial<StatefulArguments> | null)?.element, input, name);
  if (isPlain(fn)) checkOptionNames(input.graph, name, fn, MEMBERS);
  checkInput(input, name);
  const states = declared(input, name, 'state', fn.state, stateDescriptionOf);
  const timers = declared(input, name, 'timers', fn.timers, timerDescriptionOf);
  checkCallbacks(input, name, fn, timers);
  const options = stepOptions(o);
  return parDoOne(input, {
    name,
    fn: (fields) => ({
      kind: 'stateful',
      fn,
      states,
      timers,
      timeSorted: fn.requiresTimeSortedInput ?? false,
      stable: fn.requiresStableInput ?? false,
      ...fields,
    }),
    coder: coderOf(options),
    options,
  });
}

/** STA-1 */
function checkInput({ graph, main }: StepInput, name: string): void {
  const { coder, windowing } = main;
  if (coder.kind !== 'kv') {
    throw new StrahlError('stateOnUnkeyed', {
      title: `${name} keeps state by key, but its input holds plain elements`,
      ...graph.where(name),
      fix: '.keyBy((x) => …) first, or .keyed() if the elements are [key, value] pairs',
    });
  }
  requireDeterministicKey(graph, coder.key, name);
  if (windowing.mergeStatus !== 'needs-merge') return;
  throw new StrahlError('stateOverMergingWindows', {
    title: `${name} keeps state or timers over windows that still merge`,
    ...graph.where(name),
    why: 'when two windows become one, nothing says what becomes of the state in them',
    fix: 'use fixed or sliding windows, or group before: after a grouping the windows stay',
  });
}

function declared<D extends StateDescription | TimerDescription>(
  { graph }: StepInput,
  name: string,
  field: 'state' | 'timers',
  entries: Readonly<Record<string, unknown>> | undefined,
  describe: (x: unknown) => D | undefined,
): Readonly<Record<string, D>> {
  const descriptions = Object.entries(entries ?? {}).map(([id, x]) => {
    const description = describe(x);
    if (description !== undefined) return [id, description] as const;
    const example = field === 'state' ? 'value(s.int, 0)' : 'eventTimer()';
    throw new StrahlError('badValue', {
      title: `"${id}" of the ${field} of ${name} is no declaration`,
      ...graph.where(name),
      fix: `declare it, for example ${field}: { ${id}: ${example} }`,
    });
  });
  return Object.freeze(Object.fromEntries(descriptions));
}

function checkCallbacks(
  { graph }: StepInput,
  name: string,
  fn: StatefulArguments,
  timers: Readonly<Record<string, TimerDescription>>,
): void {
  const callbacks = Object.keys(fn.onTimer ?? {});
  const unknown = callbacks.find((id) => !Object.hasOwn(timers, id));
  const silent = Object.keys(timers).find((id) => typeof fn.onTimer?.[id] !== 'function');
  if (unknown === undefined && silent === undefined) return;
  throw new StrahlError('undeclaredState', {
    title:
      unknown === undefined
        ? `timer "${silent!}" of ${name} has no callback`
        : `${name} has a callback for timer "${unknown}", which it does not declare`,
    ...graph.where(name),
    fix:
      unknown === undefined
        ? `add onTimer: { ${silent!}(c) { … } }`
        : `declare it: timers: { ${unknown}: eventTimer() }`,
  });
}

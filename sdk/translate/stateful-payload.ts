import type { CoderId } from '#portability/model/ids.js';
import type { ParDoSpec, StateSpec } from '#portability/model/transform-spec.js';
import { CODER_URN, REQUIREMENT_URN } from '#portability/urns.js';
import { expirationFamily } from '../dofn/expiration-family.js';
import { functionRef } from '../dofn/function-ref.js';
import type { StateDescription } from '../dofn/state.js';
import type { UserFunction } from '../dofn/user-function.js';
import { pathOfNode, type CollectionNode, type TransformNode } from '../graph/graph-node.js';
import type { CoderComponents } from './coder-components.js';
import type { FunctionTable } from './function-table.js';
import type { WindowingComponents } from './windowing-components.js';

/** Where the coders and functions of a graph are gathered. */
export interface StatefulTables {
  readonly coders: CoderComponents;
  readonly windowings: WindowingComponents;
  readonly functions: FunctionTable;
}

type Stateful = UserFunction & { readonly kind: 'stateful' };

/** What the payload of a step with state and timers says beside its function. */
export function statefulFields(
  fn: Stateful,
  node: TransformNode,
  main: CollectionNode,
  tables: StatefulTables,
): Pick<
  ParDoSpec,
  | 'stateSpecs'
  | 'timerFamilies'
  | 'requiresTimeSortedInput'
  | 'requiresStableInput'
  | 'onWindowExpirationTimerFamily'
> {
  const { coders, functions } = tables;
  const path = pathOfNode(node);
  const stateSpecs = new Map<string, StateSpec>();
  for (const [id, state] of Object.entries(fn.states)) {
    const combine = `${path}/state/${id}`;
    if (state.kind === 'combining') functions.add(combine, { kind: 'combine', fn: state.fn });
    stateSpecs.set(id, stateSpec(state, combine, coders));
  }
  const timerCoder = timerCoderOf(main, tables);
  const timerFamilies = new Map<string, { domain: TimerDomain; coderId: CoderId }>();
  for (const [id, { domain }] of Object.entries(fn.timers)) {
    timerFamilies.set(id, { domain, coderId: timerCoder });
  }
  const { timeSorted: requiresTimeSortedInput, stable: requiresStableInput } = fn;
  const fields = { stateSpecs, timerFamilies, requiresTimeSortedInput, requiresStableInput };
  if (fn.fn.onWindowExpiration === undefined) return fields;
  const expiration = expirationFamily(fn.timers);
  timerFamilies.set(expiration, { domain: 'event-time', coderId: timerCoder });
  return { ...fields, onWindowExpirationTimerFamily: expiration };
}

type TimerDomain = 'event-time' | 'processing-time';

/** Which requirements a pipeline with this step has. */
export function statefulRequirements({ fn, timeSorted, stable }: Stateful): readonly string[] {
  return [
    REQUIREMENT_URN.REQUIRES_STATEFUL_PROCESSING,
    ...(timeSorted ? [REQUIREMENT_URN.REQUIRES_TIME_SORTED_INPUT] : []),
    ...(stable ? [REQUIREMENT_URN.REQUIRES_STABLE_INPUT] : []),
    ...(fn.onWindowExpiration === undefined ? [] : [REQUIREMENT_URN.REQUIRES_ON_WINDOW_EXPIRATION]),
  ];
}

function stateSpec(state: StateDescription, combine: string, coders: CoderComponents): StateSpec {
  const coderId = coders.idOf(state.value);
  switch (state.kind) {
    case 'combining':
      return { kind: state.kind, coderId, combineFn: functionRef(combine) };
    case 'map':
    case 'multimap':
      return { kind: state.kind, keyCoderId: coders.idOf(state.key), valueCoderId: coderId };
    default:
      return { kind: state.kind, coderId };
  }
}

function timerCoderOf(main: CollectionNode, { coders, windowings }: StatefulTables): CoderId {
  if (main.coder.kind !== 'kv') throw new TypeError('a step with state stands on pairs');
  const key = coders.idOf(main.coder.key);
  return coders.composed(CODER_URN.TIMER, [key, windowings.coderOf(main.windowing)]);
}

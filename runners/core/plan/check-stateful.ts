import { CODER_URN } from '#portability/urns.js';
import type { CoderOf } from './assemble.js';
import type { ComponentsDraft } from './components-draft.js';
import type { Problem } from './problems.js';
import { keepsByKey } from './stateful-root.js';
import { mainOf, parDoOf, type Step } from './step.js';

/** STA-1: state and timers belong to a key, which its bytes tell, and to a window that stays. */
export function checkStateful(
  step: Step,
  draft: ComponentsDraft,
  coderOf: CoderOf,
  problems: Problem[],
): void {
  const parDo = parDoOf(step.spec);
  if (parDo === undefined || !keepsByKey(parDo)) return;
  checkKeys(step, draft, coderOf, problems);
  const { name } = step.origin;
  if (draft.windowing(mainOf(step)).mergeStatus === 'needs-merge') {
    problems.push({
      key: 'stateOverMergingWindows',
      title: `"${name}" keeps state or timers over windows that still merge`,
      step: step.origin,
      why: 'when two windows become one, nothing says what becomes of the state in them',
      fix: 'use fixed or sliding windows, or group before: after a grouping the windows stay',
    });
  }
  const family = parDo.onWindowExpirationTimerFamily;
  if (family !== undefined && parDo.timerFamilies.get(family)?.domain !== 'event-time') {
    problems.push({
      key: 'undeclaredState',
      title: `"${name}" ends its windows by timer family "${family}", which is no event-time family of it`,
      step: step.origin,
    });
  }
}

function checkKeys(
  step: Step,
  draft: ComponentsDraft,
  coderOf: CoderOf,
  problems: Problem[],
): void {
  const { spec, componentIds } = draft.coder(draft.pcollection(mainOf(step)).coderId);
  const [key, value] = componentIds;
  const { name } = step.origin;
  if (spec.urn !== CODER_URN.KV || key === undefined || value === undefined) {
    problems.push({
      key: 'stateOnUnkeyed',
      title: `"${name}" keeps state or timers, but its input has no keys: its coder is ${spec.urn}`,
      step: step.origin,
      fix: 'give each element a key first: .keyBy((x) => …)',
    });
  } else if (!coderOf(key).deterministic) {
    problems.push({
      key: 'keyNotDeterministic',
      title: `the keys of "${name}" have the coder ${draft.coder(key).spec.urn}, which is not deterministic`,
      step: step.origin,
      why: 'state is found by the bytes of its key: equal keys must have equal bytes',
      fix: 'use strings, integers, booleans or arrays of them as keys',
    });
  }
}

import type { CoderOf } from './assemble.js';
import { checkKeys, type KeyNeed } from './check-keys.js';
import type { ComponentsDraft } from './components-draft.js';
import type { Problem } from './problems.js';
import { keepsByKey } from './stateful-root.js';
import { mainOf, parDoOf, type Step } from './step.js';

const STATE: KeyNeed = {
  unkeyed: 'stateOnUnkeyed',
  text: 'keeps state or timers, but its input has no keys: its coder is',
  why: 'state is found by the bytes of its key: equal keys must have equal bytes',
};

/** STA-1: state and timers belong to a key, which its bytes tell, and to a window that stays. */
export function checkStateful(
  step: Step,
  draft: ComponentsDraft,
  coderOf: CoderOf,
  problems: Problem[],
): void {
  const parDo = parDoOf(step.spec);
  if (parDo === undefined || !keepsByKey(parDo)) return;
  problems.push(...checkKeys(step, draft, coderOf, STATE));
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

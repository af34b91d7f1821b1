import { describeTrigger, isSafe, unsafeText } from '#portability/model/trigger-rules.js';
import type { CoderOf } from './assemble.js';
import { checkKeys, type KeyNeed } from './check-keys.js';
import type { ComponentsDraft } from './components-draft.js';
import { neverFires } from './never-fires.js';
import type { Problem } from './problems.js';
import { mainOf, type Step } from './step.js';

const GROUPING: KeyNeed = {
  unkeyed: 'notKeyed',
  text: 'groups by key, but its input has the coder',
  why: 'the keyCoder of a GroupByKey must be deterministic: equal keys must have equal bytes',
};

/** A grouping needs pairs, and keys whose equality the bytes tell. */
export function checkGrouping(
  step: Step,
  draft: ComponentsDraft,
  coderOf: CoderOf,
  problems: Problem[],
): void {
  const { kind } = step.spec;
  if (kind !== 'group-by-key' && kind !== 'combine-per-key') return;
  problems.push(...checkKeys(step, draft, coderOf, GROUPING));
}

/** A grouping needs moments at which to fire, and must not end before its input does. */
export function checkFiring(step: Step, draft: ComponentsDraft, problems: Problem[]): void {
  const { kind } = step.spec;
  if (kind !== 'group-by-key' && kind !== 'combine-per-key') return;
  checkTrigger(step, draft, problems);
  if (!neverFires(mainOf(step), draft)) return;
  problems.push({
    key: 'groupNeverFires',
    title: `"${step.origin.name}" can never fire`,
    step: step.origin,
    why:
      'GroupByKey cannot be applied to non-bounded PCollection in the GlobalWindow without a trigger. ' +
      'Use a Window.into or Window.triggering transform prior to GroupByKey.',
    fix: "add .window(fixed('1m')) before it",
  });
}

/** TRG-4 */
function checkTrigger(step: Step, draft: ComponentsDraft, problems: Problem[]): void {
  const { trigger, allowedLateness } = draft.windowing(mainOf(step));
  if (trigger.kind === 'unknown' || isSafe(trigger, allowedLateness)) return;
  problems.push({
    key: 'unsafeTrigger',
    title: unsafeText(trigger),
    step: step.origin,
    why: 'when it has finished, every later element of the key and window is dropped',
    fix: `repeat(${describeTrigger(trigger)})`,
  });
}

import { describeTrigger, isSafe, unsafeText } from '#portability/model/trigger-rules.js';
import { CODER_URN } from '#portability/urns.js';
import type { CoderOf } from './assemble.js';
import type { ComponentsDraft } from './components-draft.js';
import { neverFires } from './never-fires.js';
import type { Problem } from './problems.js';
import { mainOf, type Step } from './step.js';

/** A grouping needs pairs, and keys whose equality the bytes tell. */
export function checkGrouping(
  step: Step,
  draft: ComponentsDraft,
  coderOf: CoderOf,
  problems: Problem[],
): void {
  const { kind } = step.spec;
  if (kind !== 'group-by-key' && kind !== 'combine-per-key') return;
  checkKeys(step, draft, coderOf, problems);
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
      key: 'notKeyed',
      title: `"${name}" groups by key, but its input has the coder ${spec.urn}`,
      step: step.origin,
      fix: 'give each element a key first: .keyBy((x) => …)',
    });
  } else if (!coderOf(key).deterministic) {
    problems.push({
      key: 'keyNotDeterministic',
      title: `the keys of "${name}" have the coder ${draft.coder(key).spec.urn}, which is not deterministic`,
      step: step.origin,
      why: 'the keyCoder of a GroupByKey must be deterministic: equal keys must have equal bytes',
      fix: 'use strings, integers, booleans or arrays of them as keys',
    });
  }
}

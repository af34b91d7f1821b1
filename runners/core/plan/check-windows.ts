import type { ComponentsDraft } from './components-draft.js';
import { neverFires } from './never-fires.js';
import type { Problem } from './problems.js';
import { mainOf, type Step } from './step.js';
import { mappingProblem, windowMapping } from './window-mapping.js';

/**
 * MRG-8: windows that a grouping has merged stay as they are until they are assigned anew. Some SDKs never
 * say that windows are merged; merging theirs again changes none of them.
 */
export function checkMerging(step: Step, draft: ComponentsDraft, problems: Problem[]): void {
  const { kind } = step.spec;
  if (kind === 'window-into' || kind === 'impulse' || kind === 'test-stream') return;
  const again = step.outputs.some((id) => draft.windowing(id).mergeStatus === 'needs-merge');
  if (!again) return;
  const groups = kind === 'group-by-key' || kind === 'combine-per-key';
  if (!groups && !step.mains.some((id) => draft.windowing(id).mergeStatus === 'already-merged')) {
    return;
  }
  problems.push({
    key: 'incompatibleWindows',
    title: `the output of "${step.origin.name}" would be merged into windows a second time`,
    step: step.origin,
    why:
      'GroupByKey must have a valid Window merge function. ' +
      'Invalid because: a grouping has merged the windows already',
    fix: 'assign windows again behind the grouping: .window(…)',
  });
}

/** SID-1 and SID-2: each side input has a window for every main window, and that window closes, if `mustClose`. */
export function checkSideInputs(
  step: Step,
  draft: ComponentsDraft,
  problems: Problem[],
  mustClose: boolean,
): void {
  for (const side of step.sides) {
    const { windowFn } = draft.windowing(mainOf(step));
    const mapping = windowMapping(windowFn, draft.windowing(side.pcollection), side);
    if (mapping.kind === 'impossible') {
      problems.push(mappingProblem(step, side, mapping));
    } else if (mustClose && neverFires(side.pcollection, draft)) {
      problems.push({
        key: 'sideInputNeverReady',
        title: `side input "${side.name}" of "${step.origin.name}" can never be ready`,
        step: step.origin,
        why: 'it is unbounded and in the global window, whose end never comes',
        fix: "put it into windows first: .window(fixed('1m'))",
      });
    }
  }
}

import type { ComponentsDraft } from './components-draft.js';
import { neverFires } from './never-fires.js';
import type { Problem } from './problems.js';
import { mainOf, type Step } from './step.js';
import { mappingProblem, windowMapping } from './window-mapping.js';

/** Windows that do not fit together: of a step's main and side inputs, or of its input and output. */
export function checkWindows(step: Step, draft: ComponentsDraft): readonly Problem[] {
  return [...checkMerging(step, draft), ...checkSides(step, draft)];
}

/** MRG-8: windows that a grouping has merged stay as they are until they are assigned anew. */
function checkMerging(step: Step, draft: ComponentsDraft): readonly Problem[] {
  const { kind } = step.spec;
  if (kind === 'window-into' || kind === 'impulse') return [];
  const groups = kind === 'group-by-key' || kind === 'combine-per-key';
  const merged = step.mains.some(
    (id) => groups || draft.windowing(id).mergeStatus === 'already-merged',
  );
  const again = step.outputs.some((id) => draft.windowing(id).mergeStatus === 'needs-merge');
  if (!merged || !again) return [];
  return [
    {
      key: 'incompatibleWindows',
      title: `the output of "${step.origin.name}" would be merged into windows a second time`,
      step: step.origin,
      why:
        'GroupByKey must have a valid Window merge function. ' +
        'Invalid because: the windows have been merged by a grouping already',
      fix: 'assign windows again behind the grouping: .window(…)',
    },
  ];
}

function checkSides(step: Step, draft: ComponentsDraft): readonly Problem[] {
  return step.sides.flatMap((side): readonly Problem[] => {
    const { name, pcollection } = side;
    const { windowFn } = draft.windowing(mainOf(step));
    const mapping = windowMapping(windowFn, draft.windowing(pcollection));
    if (mapping.kind === 'impossible') return [mappingProblem(step, side, mapping)];
    if (!neverFires(pcollection, draft)) return [];
    return [
      {
        key: 'sideInputNeverReady',
        title: `side input "${name}" of "${step.origin.name}" can never be ready`,
        step: step.origin,
        why: 'it is unbounded and in the global window, whose end never comes',
        fix: "put it into windows first: .window(fixed('1m'))",
      },
    ];
  });
}

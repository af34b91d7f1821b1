import type { StrahlError } from '#portability/errors.js';
import type { Step } from '../steps/step.js';

/** A call returned although something is not claimed. `asked`: it wants to go on later. */
export function unfinished(step: Step, element: unknown, asked: boolean): StrahlError {
  return step.error(
    'restrictionUnfinished',
    {
      title: asked
        ? 'the function asked to go on later, but its tracker cannot split'
        : 'the function returned, but its restriction is not claimed to the end',
      why: 'what is not claimed would be lost',
      fix: asked
        ? 'give the tracker a function split'
        : 'claim until a claim is refused, or call resumeAfter before returning',
    },
    { value: element },
  );
}

import { isStrahlError } from '#portability/errors.js';
import type { CoderId } from '#portability/model/ids.js';
import type { CoderOf } from './assemble.js';
import type { ComponentsDraft } from './components-draft.js';
import { refuse, type Problem } from './problems.js';
import type { Step } from './step.js';

/**
 * Every coder in which elements or windows may travel must be one that the engine can walk over.
 *
 * @throws one UnsupportedError that lists each coder that is not, with the first step that writes it.
 */
export function checkCoders(
  steps: readonly Step[],
  draft: ComponentsDraft,
  coderOf: CoderOf,
): void {
  const problems: Problem[] = [];
  const seen = new Set<CoderId>();
  const check = (id: CoderId, step: Step): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const problem = problemWith(id, step, coderOf);
    if (problem !== undefined) problems.push(problem);
  };
  for (const step of steps) {
    for (const output of step.outputs) {
      // First its shape: a coder within itself would have no end.
      draft.shape(draft.pcollection(output).coderId);
      check(draft.pcollection(output).coderId, step);
      check(draft.windowing(output).windowCoderId, step);
    }
  }
  refuse(problems, 'the pipeline uses coders that this runner does not know');
}

function problemWith(id: CoderId, { origin }: Step, coderOf: CoderOf): Problem | undefined {
  try {
    coderOf(id);
    return undefined;
  } catch (e) {
    if (!isStrahlError(e)) throw e;
    const { key, title, why, fix } = e;
    return {
      key,
      title,
      step: origin,
      ...(why === undefined ? {} : { why }),
      ...(fix === undefined ? {} : { fix }),
    };
  }
}

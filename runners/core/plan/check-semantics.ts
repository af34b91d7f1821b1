import type { CoderOf } from './assemble.js';
import type { Capabilities } from './capabilities.js';
import { checkFlatten } from './check-flatten.js';
import { checkFiring, checkGrouping } from './check-grouping.js';
import { checkStateful } from './check-stateful.js';
import { checkMerging, checkSideInputs } from './check-windows.js';
import type { ComponentsDraft } from './components-draft.js';
import { refuse, type Problem } from './problems.js';
import type { Step } from './step.js';

/**
 * Refuses what contradicts the model, whoever built the graph. The SDK refuses the same at the call, so
 * this speaks mostly to graphs from elsewhere.
 *
 * @throws one PipelineError that lists all contradictions.
 */
export function checkSemantics(
  steps: readonly Step[],
  draft: ComponentsDraft,
  coderOf: CoderOf,
  { anySdk = false }: Pick<Capabilities, 'anySdk'> = {},
): void {
  const problems: Problem[] = [];
  for (const step of steps) checkShape(step, problems);
  // What has the wrong shape cannot be asked further.
  refuse(problems, 'the graph is broken');
  for (const step of steps) {
    checkGrouping(step, draft, coderOf, problems);
    if (!anySdk) checkFiring(step, draft, problems);
    checkStateful(step, draft, coderOf, problems);
    checkFlatten(step, draft, problems, !anySdk);
    if (!anySdk) checkMerging(step, draft, problems);
    checkSideInputs(step, draft, problems, !anySdk);
  }
  refuse(problems, 'the pipeline contradicts the model');
}

/** How many inputs and outputs a step must have for the others to rely on it. */
function checkShape(step: Step, problems: Problem[]): void {
  const { kind } = step.spec;
  const inputs =
    kind === 'impulse' || kind === 'test-stream' ? 0 : kind === 'flatten' ? step.mains.length : 1;
  const outputs = kind === 'par-do' || kind === 'test-stream' ? step.outputs.length : 1;
  const expect = (what: string, expected: number, actual: number): void => {
    if (expected === actual) return;
    const title = `a ${kind} step has ${String(expected)} ${what}, but "${step.origin.name}" has ${String(actual)}`;
    problems.push({ key: 'brokenGraph', title, step: step.origin });
  };
  expect('input', inputs, step.mains.length);
  expect('output', outputs, step.outputs.length);
}

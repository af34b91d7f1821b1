import type { CoderOf } from './assemble.js';
import { checkFlatten } from './check-flatten.js';
import { checkWindows } from './check-windows.js';
import { CODERS } from './coder-urns.js';
import type { ComponentsDraft } from './components-draft.js';
import { neverFires } from './never-fires.js';
import { refuse, type Problem } from './problems.js';
import { mainOf, type Step } from './step.js';

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
): void {
  const shape = steps.flatMap(checkShape);
  refuse(shape, 'the graph is broken');
  const problems = steps.flatMap((step) => [
    ...checkGrouping(step, draft, coderOf),
    ...checkFlatten(step, draft),
    ...checkWindows(step, draft),
  ]);
  refuse(problems, 'the pipeline contradicts the model');
}

/** How many inputs and outputs a step must have for the others to rely on it. */
function checkShape(step: Step): readonly Problem[] {
  const { kind } = step.spec;
  const inputs = kind === 'impulse' ? 0 : kind === 'flatten' ? step.mains.length : 1;
  const outputs = kind === 'par-do' ? step.outputs.length : 1;
  const problems: Problem[] = [];
  const expect = (what: string, expected: number, actual: number): void => {
    if (expected === actual) return;
    const title = `a ${kind} step has ${String(expected)} ${what}, but "${step.origin.name}" has ${String(actual)}`;
    problems.push({ key: 'brokenGraph', title, step: step.origin });
  };
  expect('input', inputs, step.mains.length);
  expect('output', outputs, step.outputs.length);
  return problems;
}

function checkGrouping(step: Step, draft: ComponentsDraft, coderOf: CoderOf): readonly Problem[] {
  const { kind } = step.spec;
  if (kind !== 'group-by-key' && kind !== 'combine-per-key') return [];
  const input = mainOf(step);
  const coder = draft.coder(draft.pcollection(input).coderId);
  const { name } = step.origin;
  const problems: Problem[] = [];
  const [key] = coder.componentIds;
  if (coder.spec.urn !== CODERS.kv || key === undefined) {
    problems.push({
      key: 'notKeyed',
      title: `"${name}" groups by key, but its input has the coder ${coder.spec.urn}`,
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
  if (neverFires(input, draft)) {
    problems.push({
      key: 'groupNeverFires',
      title: `"${name}" can never fire`,
      step: step.origin,
      why:
        'GroupByKey cannot be applied to non-bounded PCollection in the GlobalWindow without a trigger. ' +
        'Use a Window.into or Window.triggering transform prior to GroupByKey.',
      fix: "add .window(fixed('1m')) before it",
    });
  }
  return problems;
}

import { CODER_URN } from '#portability/urns.js';
import type { CoderOf } from './assemble.js';
import type { ComponentsDraft } from './components-draft.js';
import type { Problem } from './problems.js';
import { mainOf, type Step } from './step.js';

/** Why a step needs keys, as its problems say it. */
export interface KeyNeed {
  /** What is wrong with an input that has none. */
  readonly unkeyed: Problem['key'];
  /** Stands between the name of the step and the URN of its input's coder. */
  readonly text: string;
  /** Why equal keys must have equal bytes. */
  readonly why: string;
}

/** The input of the step must be pairs, and the bytes of a key must tell which keys are equal. */
export function checkKeys(
  step: Step,
  draft: ComponentsDraft,
  coderOf: CoderOf,
  { unkeyed, text, why }: KeyNeed,
): readonly Problem[] {
  const { spec, componentIds } = draft.coder(draft.pcollection(mainOf(step)).coderId);
  const [key, value] = componentIds;
  const { name } = step.origin;
  if (spec.urn !== CODER_URN.KV || key === undefined || value === undefined) {
    const fix = 'give each element a key first: .keyBy((x) => …)';
    return [{ key: unkeyed, title: `"${name}" ${text} ${spec.urn}`, step: step.origin, fix }];
  }
  if (coderOf(key).deterministic) return [];
  return [
    {
      key: 'keyNotDeterministic',
      title: `the keys of "${name}" have the coder ${draft.coder(key).spec.urn}, which is not deterministic`,
      step: step.origin,
      why,
      fix: 'use strings, integers, booleans or arrays of them as keys',
    },
  ];
}

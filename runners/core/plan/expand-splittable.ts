import { CODER_URN } from '#portability/urns.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import type { PCollectionId } from '#portability/model/ids.js';
import type { ParDoSpec, SplittableStep } from '#portability/model/transform-spec.js';
import type { ComponentsDraft } from './components-draft.js';
import { inputsWith, mainOf, stepOf, type Step } from './step.js';

/**
 * Replaces each splittable step by its three parts (SDF-1):
 *
 *   pair            E                    → KV<E, R>
 *   split and size  KV<E, R>             → KV<KV<E, R>, double>
 *   process         KV<KV<E, R>, double> → the step's outputs
 *
 * Process keeps the transform's id and name, so that its metrics and errors are those of the user's
 * step. Each part reads the side inputs: in other SDKs restrictions may depend on them.
 */
export function expandSplittable(steps: readonly Step[], draft: ComponentsDraft): readonly Step[] {
  return steps.flatMap((step) => {
    const { spec } = step;
    if (spec.kind !== 'par-do' || spec.restrictionCoderId === undefined) return [step];
    const pairCoder = draft.addCoder(CODER_URN.KV, [
      draft.pcollection(mainOf(step)).coderId,
      spec.restrictionCoderId,
    ]);
    const sizedCoder = draft.addCoder(CODER_URN.KV, [pairCoder, draft.addCoder(CODER_URN.DOUBLE)]);
    const input = mainOf(step);
    const id = step.transform.id;
    const paired = draft.addPCollection(`${id}-restrictions`, input, pairCoder);
    const sized = draft.addPCollection(`${id}-sized`, input, sizedCoder);
    return [
      part(step, 'sdf-pair-with-restriction', spec, 'Pair', input, paired, draft),
      part(step, 'sdf-split-and-size', spec, 'Split', paired, sized, draft),
      process(step, spec, sized),
    ];
  });
}

function part(
  step: Step,
  kind: SplittableStep,
  parDo: ParDoSpec,
  suffix: string,
  input: PCollectionId,
  output: PCollectionId,
  draft: ComponentsDraft,
): Step {
  const { transform, origin } = step;
  const spec = { kind, parDo };
  return stepOf(
    {
      ...transform,
      id: draft.addTransformId(`${transform.id}-${suffix.toLowerCase()}`),
      uniqueName: `${transform.uniqueName}/${suffix}`,
      spec: writeTransformSpec(spec),
      inputs: inputsWith(step, input),
      outputs: new Map([['out', output]]),
    },
    spec,
    origin,
  );
}

function process(step: Step, parDo: ParDoSpec, sized: PCollectionId): Step {
  const { transform, origin } = step;
  const spec = { kind: 'sdf-process-sized' as const, parDo };
  const inputs = inputsWith(step, sized);
  return stepOf({ ...transform, spec: writeTransformSpec(spec), inputs }, spec, origin);
}

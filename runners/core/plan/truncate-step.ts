import type { PCollectionId } from '#portability/model/ids.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import type { ComponentsDraft } from './components-draft.js';
import { mainOf, parDoOf, stepOf, type Step } from './step.js';

/** The step that truncates the restrictions which `process` processes, and what it puts out. */
export function truncateStep(
  process: Step,
  draft: ComponentsDraft,
): { readonly step: Step; readonly output: PCollectionId } {
  const { transform, origin } = process;
  const input = mainOf(process);
  const output = draft.addPCollection(
    `${transform.id}-truncated`,
    input,
    draft.pcollection(input).coderId,
  );
  const parDo = { ...parDoOf(process.spec)!, sideInputs: new Map() };
  const spec = { kind: 'sdf-truncate', parDo } as const;
  const step = stepOf(
    {
      ...transform,
      id: draft.addTransformId(`${transform.id}-truncate`),
      uniqueName: `${transform.uniqueName}/Truncate`,
      spec: writeTransformSpec(spec),
      inputs: new Map([['in', input]]),
      outputs: new Map([['out', output]]),
    },
    spec,
    origin,
  );
  return { step, output };
}

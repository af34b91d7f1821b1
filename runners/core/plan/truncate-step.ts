import type { PCollectionId } from '#portability/model/ids.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import type { SideInputUse } from './plan.js';
import type { ComponentsDraft } from './components-draft.js';
import { mainOf, parDoOf, stepOf, type Step } from './step.js';

/** The step that truncates the restrictions which `process` processes, what it puts out, and how it reads the same side inputs. */
export function truncateStep(
  process: Step,
  read: readonly SideInputUse[],
  draft: ComponentsDraft,
): {
  readonly step: Step;
  readonly output: PCollectionId;
  readonly sideInputs: readonly SideInputUse[];
} {
  const { transform, origin } = process;
  const input = mainOf(process);
  const output = draft.addPCollection(
    `${transform.id}-truncated`,
    input,
    draft.pcollection(input).coderId,
  );
  const spec = { kind: 'sdf-truncate', parDo: parDoOf(process.spec)! } as const;
  const step = stepOf(
    {
      ...transform,
      id: draft.addTransformId(`${transform.id}-truncate`),
      uniqueName: `${transform.uniqueName}/Truncate`,
      spec: writeTransformSpec(spec),
      outputs: new Map([['out', output]]),
    },
    spec,
    origin,
  );
  const sideInputs = read
    .filter((use) => use.transform === transform.id)
    .map((use) => ({ ...use, transform: step.transform.id }));
  return { step, output, sideInputs };
}

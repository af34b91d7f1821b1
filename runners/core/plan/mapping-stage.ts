import { CODER_URN } from '#portability/urns.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import type { StageDescriptor } from '#portability/fnapi/connection.js';
import { stageId, type CoderId, type PCollectionId } from '#portability/model/ids.js';
import type { ComponentsDraft } from './components-draft.js';
import { descriptorOf, type Port } from './descriptor.js';
import { mainOf, stepOf, type SideRead, type Step } from './step.js';

/**
 * The stage that `Connection.mapWindows` calls for a side input whose windows only user code can find:
 * `KV<nonce, main window>` in, `KV<nonce, side window>` out, as Beam defines it. Its output has the
 * windowing of the side input, so that the other side knows the window function.
 */
export function mappingStage(step: Step, side: SideRead, draft: ComponentsDraft): StageDescriptor {
  const id = stageId(`${step.transform.id}-${side.name}-mapping`);
  const nonce = draft.addCoder(CODER_URN.BYTES);
  const port = (name: string, like: PCollectionId): Port => {
    const { windowCoderId } = draft.windowing(like);
    const coder: CoderId = draft.addCoder(CODER_URN.KV, [nonce, windowCoderId]);
    return {
      transform: draft.addTransformId(`${id}-${name}`),
      collection: draft.addPCollection(`${id}-${name}`, like, coder),
      coder,
    };
  };
  const source = port('source', mainOf(step));
  const sink = port('sink', side.pcollection);
  const spec = { kind: 'map-windows', windowFn: side.spec.windowMappingFn } as const;
  const { environmentId } = step.transform;
  const transform = {
    id: draft.addTransformId(`${id}-map`),
    uniqueName: step.origin.name,
    spec: writeTransformSpec(spec),
    subtransforms: [],
    inputs: new Map([['in', source.collection]]),
    outputs: new Map([['out', sink.collection]]),
    displayData: [],
    annotations: step.transform.annotations,
    ...(environmentId === undefined ? {} : { environmentId }),
  };
  return descriptorOf(id, source, [stepOf(transform, spec, step.origin)], [sink], draft);
}

import { CODER_URN } from '#portability/urns.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type { PCollectionId, StageId } from '#portability/model/ids.js';
import type { ComponentsDraft } from './components-draft.js';
import { descriptorOf } from './descriptor.js';
import type { PlannedStep } from './plan.js';
import { stepOf } from './step.js';

/**
 * The stage that `Connection.mergeWindows` calls for a grouping whose window function is the user's:
 * `KV<nonce, Iterable<window>>` in, `KV<nonce, KV<Iterable<window>, Iterable<KV<window, Iterable<window>>>>>`
 * out, as Beam defines it (MRG-9). `undefined` where the engine merges itself, or nothing merges.
 */
export function mergingStage(
  id: StageId,
  input: PCollectionId,
  origin: PlannedStep,
  draft: ComponentsDraft,
): StageDescriptor | undefined {
  const { windowFn, mergeStatus, windowCoderId, environmentId } = draft.windowing(input);
  if (windowFn.kind !== 'custom' || mergeStatus !== 'needs-merge') return undefined;
  const kv = (key: string, value: string): string =>
    draft.addCoder(CODER_URN.KV, [key as never, value as never]);
  const nonce = draft.addCoder(CODER_URN.BYTES);
  const windows = draft.addCoder(CODER_URN.ITERABLE, [windowCoderId]);
  const groups = draft.addCoder(CODER_URN.ITERABLE, [kv(windowCoderId, windows) as never]);
  const port = (name: string, coder: string) => ({
    transform: draft.addTransformId(`${id}-${name}`),
    collection: draft.addPCollection(`${id}-${name}`, input, coder as never),
    coder: coder as never,
  });
  const source = port('source', kv(nonce, windows));
  const sink = port('sink', kv(nonce, kv(windows, groups)));
  const spec = { kind: 'merge-windows', windowFn: windowFn.spec } as const;
  const transform = {
    id: draft.addTransformId(`${id}-merge`),
    uniqueName: origin.name,
    spec: writeTransformSpec(spec),
    subtransforms: [],
    inputs: new Map([['in', source.collection]]),
    outputs: new Map([['out', sink.collection]]),
    displayData: [],
    annotations: new Map<string, Uint8Array>(),
    ...(environmentId === undefined ? {} : { environmentId }),
  };
  return descriptorOf(id, source, [stepOf(transform, spec, origin)], [sink], draft);
}

import type { Transform } from '../../model/graph.js';
import { stageId, type PCollectionId, type TransformId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import { transformToProto } from '../../proto/components-proto.js';
import type { ProcessBundleDescriptor } from '../../proto/generated/fn-api.js';
import { componentsFromProto, componentsToProto } from '../../proto/pipeline-proto.js';
import type { StageDescriptor } from '../connection.js';

/** A stage as a bundle descriptor. */
export function descriptorToProto(stage: StageDescriptor): Init<ProcessBundleDescriptor> {
  const { transforms: _, unknownFields: __, ...components } = componentsToProto(stage.components);
  return {
    id: stage.id,
    ...components,
    transforms: new Map(stage.transforms.map((t) => [t.id, transformToProto(t)])),
  };
}

export function descriptorFromProto(m: ProcessBundleDescriptor): StageDescriptor {
  const { id, transforms, pcollections, windowingStrategies, coders, environments } = m;
  const parts = { transforms, pcollections, windowingStrategies, coders, environments };
  const components = componentsFromProto(parts);
  return Object.freeze({
    id: stageId(id),
    components,
    transforms: inTopologicalOrder([...components.transforms.values()]),
  });
}

/** A map tells no order; the order in which the message lists them is kept where it is free. */
function inTopologicalOrder(transforms: readonly Transform[]): readonly Transform[] {
  const producer = new Map<PCollectionId, Transform>();
  for (const transform of transforms) {
    for (const output of transform.outputs.values()) producer.set(output, transform);
  }
  const ordered: Transform[] = [];
  const seen = new Set<TransformId>();
  const visit = (transform: Transform): void => {
    if (seen.has(transform.id)) return;
    seen.add(transform.id);
    for (const input of transform.inputs.values()) {
      const before = producer.get(input);
      if (before !== undefined) visit(before);
    }
    ordered.push(transform);
  };
  for (const transform of transforms) visit(transform);
  // Sources first, sinks last, as a `StageDescriptor` has them.
  const rank = (t: Transform): number => (t.inputs.size === 0 ? 0 : t.outputs.size === 0 ? 2 : 1);
  return ordered.sort((a, b) => rank(a) - rank(b));
}

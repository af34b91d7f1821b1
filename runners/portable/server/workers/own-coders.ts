import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type { Components, PCollection } from '#portability/model/graph.js';
import type { CoderId, PCollectionId } from '#portability/model/ids.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { CODER_URN } from '#portability/urns.js';

/**
 * A stage whose inner collections have the coders that the SDK gave them, without the length that the engine needs
 * before elements it cannot read: Java's harness makes objects of rows by the schema of the coder of an output, and
 * does not look for it behind a length.
 *
 * Not so where the bytes of a collection meet those that the engine has: what a port reads also names the keys of
 * state, and side inputs are read by the coder of their collection. What a port writes is said by the port.
 *
 * @param own coders of all collections, before lengths were put before their elements
 */
export function withOwnCoders(
  stage: StageDescriptor,
  own: ReadonlyMap<PCollectionId, CoderId>,
): StageDescriptor {
  const pcollections = new Map(stage.components.pcollections);
  const { coders } = stage.components;
  for (const id of innerCollections(stage)) {
    const collection = pcollections.get(id)!;
    const ownId = own.get(id);
    if (ownId === undefined || !isBehindLength(collection, ownId, coders)) continue;
    pcollections.set(id, Object.freeze({ ...collection, coderId: ownId }));
  }
  return { ...stage, components: { ...stage.components, pcollections } };
}

/** What functions of the stage put out, unless it is read as a side input. */
function innerCollections({ transforms }: StageDescriptor): ReadonlySet<PCollectionId> {
  const inner = new Set<PCollectionId>();
  const sides = new Set<PCollectionId>();
  for (const transform of transforms) {
    const spec = readTransformSpec(transform);
    if (spec.kind !== 'par-do') continue;
    for (const id of transform.outputs.values()) inner.add(id);
    for (const name of spec.sideInputs.keys()) sides.add(transform.inputs.get(name)!);
  }
  for (const id of sides) inner.delete(id);
  return inner;
}

function isBehindLength(
  { coderId }: PCollection,
  own: CoderId,
  coders: Components['coders'],
): boolean {
  const coder = coders.get(coderId);
  return coder?.spec.urn === CODER_URN.LENGTH_PREFIX && coder.componentIds[0] === own;
}

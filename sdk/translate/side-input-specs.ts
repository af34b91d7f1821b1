import { functionSpec } from '#portability/model/function-spec.js';
import type { ParDoSpec, SideInputSpec } from '#portability/model/transform-spec.js';
import { DEFAULT_MAPPING, writeMappingAt } from '#portability/model/window-mapping.js';
import { SIDE_INPUT_URN } from '#portability/urns.js';
import type { SideShape } from '../dofn/user-function.js';
import type { CollectionNode } from '../graph/graph-node.js';

const NONE: ParDoSpec['sideInputs'] = new Map();

/** The side inputs of the function at `path`. */
export function sideInputSpecs(
  path: string,
  sides: Readonly<Record<string, SideShape>>,
  inputs: ReadonlyMap<string, CollectionNode>,
): ParDoSpec['sideInputs'] {
  const shapes = Object.entries(sides);
  if (shapes.length === 0) return NONE;
  return new Map(
    shapes.map(([name, shape]) => [name, specOf(path, name, shape, inputs.get(name)!)]),
  );
}

/** Maps and multimaps can be looked up by key where the graph knows the keys. */
function specOf(path: string, side: string, shape: SideShape, read: CollectionNode): SideInputSpec {
  const isKeyed = shape.kind === 'map' || shape.kind === 'multimap';
  const urn =
    isKeyed && read.coder.kind === 'kv' ? SIDE_INPUT_URN.MULTIMAP : SIDE_INPUT_URN.ITERABLE;
  const { at } = shape;
  return {
    accessPattern: functionSpec(urn),
    viewFn: functionSpec('strahl:view_fn:v1', new TextEncoder().encode(shape.kind)),
    windowMappingFn:
      at === undefined ? DEFAULT_MAPPING : writeMappingAt({ path, side, lookback: at.lookback }),
  };
}

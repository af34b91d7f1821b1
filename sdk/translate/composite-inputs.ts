import type { CollectionNode, TransformNode } from '../graph/graph-node.js';

/** What a composite reads from outside of itself; of a step simply its inputs. */
export function inputsOf(node: TransformNode): ReadonlyMap<string, CollectionNode> {
  if (node.children.length === 0) return node.inputs;
  const inputs = new Map(node.inputs);
  const known = new Set(inputs.values());
  const visit = (part: TransformNode): void => {
    for (const input of part.inputs.values()) {
      if (known.has(input) || isInside(input.producer, node)) continue;
      known.add(input);
      inputs.set(`in${String(inputs.size)}`, input);
    }
    part.children.forEach(visit);
  };
  node.children.forEach(visit);
  return inputs;
}

function isInside(node: TransformNode, composite: TransformNode): boolean {
  for (let outer = node.parent; outer !== undefined; outer = outer.parent) {
    if (outer === composite) return true;
  }
  return false;
}

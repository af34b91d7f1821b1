import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type { Transform } from '#portability/model/graph.js';
import type { PCollectionId } from '#portability/model/ids.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { CREATE_URN } from '../../dofn/function-ref.js';
import { CountOperator } from '../operators/count-operator.js';
import type { NodePlan } from '../plan/plan-node.js';
import { Step } from '../steps/step.js';

/** A counter for each collection that the runner asks for and that is not counted anyway. */
export function counters({
  transforms,
  counted = [],
}: StageDescriptor): ReadonlyMap<PCollectionId, NodePlan> {
  const found = new Map<PCollectionId, NodePlan>();
  for (const id of counted) {
    const producer = transforms.find(({ outputs }) => [...outputs.values()].includes(id));
    const isSunk = transforms.some((t) => isSink(t) && [...t.inputs.values()].includes(id));
    if (producer === undefined || isSunk || countsItself(producer)) continue;
    found.set(id, {
      template: 'operator',
      explodes: false,
      sides: false,
      create: (stage) => new CountOperator(stage, new Step(producer), id),
    });
  }
  return found;
}

function isSink(transform: Transform): boolean {
  return readTransformSpec(transform).kind === 'runner-sink';
}

/** What is read, and elements that stand in the program. */
function countsItself(transform: Transform): boolean {
  const spec = readTransformSpec(transform);
  return spec.kind !== 'par-do' || spec.doFn.urn === CREATE_URN;
}

import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type { CoderId, StageId } from '#portability/model/ids.js';
import { CODER_URN } from '#portability/urns.js';
import type { ComponentsDraft } from './components-draft.js';
import { descriptorOf } from './descriptor.js';
import type { GroupedParts } from './grouped-parts.js';
import { mainOf, type Step } from './step.js';

/** How a grouping has its accumulators merged. */
export interface Compaction {
  readonly descriptor: StageDescriptor;
  /** Of the pairs that it answers, whose values go back among those of the groups. */
  readonly answer: CoderId;
}

/**
 * The stage that `Connection.mergeAccumulators` calls for a grouping under a lifted combine.
 *
 * @param grouped the coder in which `merge` is given its groups
 */
export function compactionStage(
  id: StageId,
  merge: Step,
  grouped: CoderId,
  { key, value }: GroupedParts,
  draft: ComponentsDraft,
): Compaction {
  const answer = draft.addCoder(CODER_URN.KV, [key, value]);
  const source = {
    transform: draft.addTransformId(`${id}-source`),
    collection: mainOf(merge),
    coder: grouped,
  };
  const sink = {
    transform: draft.addTransformId(`${id}-sink`),
    collection: merge.outputs[0]!,
    coder: answer,
  };
  return { descriptor: descriptorOf(id, source, [merge], [sink], draft), answer };
}

import type { StageId } from '#portability/model/ids.js';
import type { GroupingRoom } from '../grouping/grouping.js';
import type { LargeGroups } from '../grouping/large-groups.js';
import type { GroupingStage, Plan } from '../plan/plan.js';
import type { MemoryBudget } from './memory-budget.js';

const MOST_BYTES = 16 * 1024 * 1024;
/** Below this a frame is cheaper, however little memory there is. */
const LEAST_BYTES = 1024 * 1024;

/** Of groups whose keys left memory, this part of the limit is in it at a time. */
const PART_SHARE = 1 / 4;
/** Less than this is not worth another file, unless there is not even so much memory. */
const LEAST_PART_BYTES = 16 * 1024;

/** What a grouping may do to keep to the budget; nothing where there is none. */
export function groupingRoom(
  planned: GroupingStage,
  plan: Plan,
  budget: MemoryBudget,
  isHere: (id: StageId) => boolean,
): GroupingRoom {
  if (budget.limit === Infinity) return {};
  const partBytes = Math.max(Math.min(LEAST_PART_BYTES, budget.limit), budget.limit * PART_SHARE);
  const large = largeGroups(planned, plan, budget, isHere);
  return large === undefined ? { partBytes } : { partBytes, large };
}

/**
 * From which size on the groups of a stage are emitted by reference; `undefined` where one of those who take
 * them needs the values themselves: what is no user code, what has state, and what runs somewhere else.
 *
 * @param isHere whether a stage runs in the same task
 */
function largeGroups(
  { outputs, compaction }: GroupingStage,
  { edges, stages }: Plan,
  { limit, scratch }: MemoryBudget,
  isHere: (id: StageId) => boolean,
): LargeGroups | undefined {
  if (compaction !== undefined) return undefined;
  const readers = outputs.map((id) => edges.get(id)!.to);
  const canRead = readers.every(
    (id) => isHere(id) && stages.find((stage) => stage.id === id)?.kind === 'executable',
  );
  if (!canRead) return undefined;
  return { bytes: Math.max(LEAST_BYTES, Math.min(MOST_BYTES, limit / 8)), scratch };
}

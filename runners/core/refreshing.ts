import type { StageId } from '#portability/model/ids.js';
import { isRestrictionStage, type Plan } from './plan/plan.js';

/**
 * The stages that only refresh side inputs: sources made for that, and what they feed. A job in which nothing else
 * is left has nobody to read what they make.
 */
export function refreshingStages({ stages, edges }: Plan): ReadonlySet<StageId> {
  const sources = stages.filter((stage) => isRestrictionStage(stage) && stage.refreshes === true);
  const found = new Set(sources.map(({ id }) => id));
  // A set also visits what is added meanwhile.
  for (const id of found) for (const { from, to } of edges.values()) if (from === id) found.add(to);
  return found;
}

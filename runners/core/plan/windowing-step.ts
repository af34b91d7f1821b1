import { siteOf } from '#portability/model/graph.js';
import { TRANSFORM_URN } from '#portability/urns.js';
import type { Plan, PlannedStage } from './plan.js';

/** Where the windows of a stage's input were given, as `file:line:column`; `undefined` if nowhere. */
export function siteOfWindowing(plan: Plan, stage: PlannedStage): string | undefined {
  const seen = new Set<PlannedStage>();
  const open = [stage];
  while (open.length > 0) {
    const from = open.shift()!;
    if (seen.has(from)) continue;
    seen.add(from);
    if ('descriptor' in from) {
      const step = from.descriptor.transforms.findLast(
        ({ spec }) => spec?.urn === TRANSFORM_URN.ASSIGN_WINDOWS,
      );
      const site = step === undefined ? undefined : siteOf(step);
      if (site !== undefined) return site;
    }
    const producers = from.inputs.map((id) => plan.edges.get(id)!.from);
    open.push(...plan.stages.filter(({ id }) => producers.includes(id)));
  }
  return undefined;
}

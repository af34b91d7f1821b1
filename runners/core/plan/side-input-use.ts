import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type { CoderSpec } from '#portability/model/graph.js';
import type { CoderId, StageId } from '#portability/model/ids.js';
import { duration } from '#portability/model/time.js';
import { CODER_URN } from '#portability/urns.js';
import type { ComponentsDraft } from './components-draft.js';
import { mappingStage } from './mapping-stage.js';
import type { ElementEnd, SideInputUse, ViewStage } from './plan.js';
import { problemError } from './problems.js';
import { mainOf, type SideRead, type Step } from './step.js';
import { mappingProblem, windowMapping } from './window-mapping.js';

/**
 * How `step` reads a side input, and the stage that maps its windows if only user code can.
 *
 * @throws STRAHL-1202 if no window of the side input belongs to one of the main input
 */
export function sideInputUse(
  step: Step,
  side: SideRead,
  view: StageId,
  draft: ComponentsDraft,
): { readonly use: SideInputUse; readonly mappingStage?: StageDescriptor } {
  const { windowFn, allowedLateness: mainLateness } = draft.windowing(mainOf(step));
  const mapping = windowMapping(windowFn, draft.windowing(side.pcollection), side);
  if (mapping.kind === 'impossible') throw problemError(mappingProblem(step, side, mapping));
  const use = { transform: step.transform.id, name: side.name, view };
  if (mapping.kind !== 'user') return { use: { ...use, mapping, mainLateness } };
  const stage = mappingStage(step, side, draft);
  return {
    use: {
      ...use,
      mapping: { kind: 'user', stage: stage.id },
      mainLateness: duration(mainLateness + mapping.lookback),
    },
    mappingStage: stage,
  };
}

/** The coders of the parts, if `coder` is one of pairs. */
export function pairIn(
  { spec, componentIds }: CoderSpec,
  coderOf: (id: CoderId) => ElementEnd,
): ViewStage['pair'] {
  const [key, value] = componentIds;
  return spec.urn === CODER_URN.KV ? { key: coderOf(key!), value: coderOf(value!) } : undefined;
}

import { readTransformSpec } from '#portability/proto/transform-spec.js';
import type { PlannedStep, UserStage } from '../plan/plan.js';
import { rootOf, sourceOutputsOf } from '../plan/source-outputs.js';
import type { Cause } from './explanation.js';
import { nameOf, recordsOf, type JobRecord, type StageRecord } from './job-record.js';
import { countOf } from './texts.js';

/** Elements that were read, or have arrived, at a stage in all of its tasks. */
export function readBy(job: JobRecord, { stage }: StageRecord): number {
  return recordsOf(job, stage.planned.id).reduce((sum, { read }) => sum + read, 0);
}

/** That elements came to a stage, and none has ever left it in any task; nothing where one has, or could not. */
export function noneGivenOn(job: JobRecord, record: StageRecord): readonly Cause[] {
  const { planned } = record.stage;
  const read = readBy(job, record);
  if (read === 0 || planned.kind !== 'executable') return [];
  if (recordsOf(job, planned.id).some(({ emittedAt }) => emittedAt !== undefined)) return [];
  if (planned.outputs.length === 0) return [];
  const reads = sourceOutputsOf(job.plan.stages).has(planned.id);
  const steps = stepsThatMay(planned, reads);
  const [only, ...others] = steps;
  const names = steps.map(({ name }) => `"${name}"`).join(', ');
  const at = others.length === 0 && only?.site !== undefined ? ` at ${only.site}` : '';
  const came = `${countOf(read, 'element')} ${read === 1 ? 'was' : 'were'} read`;
  const text =
    only === undefined
      ? `${came}, none has left ${nameOf(record)}`
      : `${came}, none came through ${names}${at}`;
  return [{ kind: 'none-given-on', text, causes: [] }];
}

/** The user's steps that could give on fewer elements than they take. */
function stepsThatMay(planned: UserStage, reads: boolean): readonly PlannedStep[] {
  const { transforms } = planned.descriptor;
  const reader = reads ? rootOf(planned)?.id : undefined;
  return planned.steps.filter(({ transform: id }) => {
    const transform = transforms.find((t) => t.id === id);
    if (transform === undefined || id === reader) return false;
    return readTransformSpec(transform).kind === 'par-do';
  });
}

import { StrahlError } from '#portability/errors.js';
import { TIMESTAMP_MAX } from '#portability/model/time.js';
import type { PlannedStage } from '../plan/plan.js';
import { recordsOf, type JobRecord } from './job-record.js';

/** A step and the stage in which its output waits. */
export interface FoundStep {
  readonly name: string;
  readonly planned: PlannedStage;
}

/**
 * The step that a name means: the full name, or the end of one behind a slash. A step may be carried out
 * by several stages; the one that waits is the one that groups or keeps state.
 *
 * @throws STRAHL-9002 for a name that no step has, or that several steps have
 */
export function findStep(job: JobRecord, name: string): FoundStep {
  const { stages } = job.plan;
  const names = [...new Set(stages.flatMap(({ steps }) => steps.map((step) => step.name)))];
  const exact = names.filter((n) => n === name);
  const meant = exact.length > 0 ? exact : names.filter((n) => n.endsWith(`/${name}`));
  const inside = meant.length > 0 ? meant : names.filter((n) => n.startsWith(`${name}/`));
  const [found, ...others] = inside;
  if (found === undefined) throw unknownStep(name, names);
  // The parts of one composite are one step to whoever wrote it.
  if (others.length > 0 && meant.length > 0) throw ambiguousStep(name, meant);
  const holding = stages.filter(({ steps }) => steps.some((step) => inside.includes(step.name)));
  const waiting = holding.findLast(({ kind }) => kind === 'grouping' || kind === 'stateful');
  return { name: others.length > 0 ? name : found, planned: waiting ?? holding.at(-1)! };
}

/** Without a name: the last stage that groups and is not at its end, or else the last that is not. */
export function stageOfInterest(job: JobRecord): FoundStep {
  const { stages } = job.plan;
  const open = stages.filter(({ id }) =>
    recordsOf(job, id).some(({ stage }) => stage.watermarks.output !== TIMESTAMP_MAX),
  );
  const planned =
    open.findLast(({ kind }) => kind === 'grouping' || kind === 'stateful') ??
    open.at(-1) ??
    stages.findLast(({ kind }) => kind === 'grouping') ??
    stages.at(-1)!;
  return { name: planned.steps.at(-1)?.name ?? planned.name, planned };
}

function unknownStep(name: string, names: readonly string[]): StrahlError {
  return new StrahlError('badValue', {
    title: `the job has no step "${name}"`,
    why: `its steps are ${names.map((n) => `"${n}"`).join(', ')}`,
  });
}

function ambiguousStep(name: string, names: readonly string[]): StrahlError {
  return new StrahlError('badValue', {
    title: `"${name}" may be any of ${String(names.length)} steps`,
    fix: names.map((n) => `"${n}"`).join(' or '),
  });
}

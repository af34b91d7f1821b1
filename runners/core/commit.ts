import { StrahlError } from '#portability/errors.js';
import type {
  BundleOutcome,
  MetricUpdate,
  Residual,
  TimerFrame,
} from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import type { ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { Bundle } from './bundle.js';
import type { Edge, EdgeId, StatefulStage, UserStage } from './plan/plan.js';
import { indexTimers } from './timers/timer-frames.js';
import type { Restriction } from './input/restrictions.js';

/** Something that a commit tells the runner to do. All effects of a commit are performed, or none. */
export type Effect =
  | { readonly kind: 'deliver'; readonly edge: EdgeId; readonly frames: readonly Frame[] }
  /** The bundle's input is done with. */
  | { readonly kind: 'release'; readonly bundle: BundleId }
  /** Goes back to the stage's input. */
  | { readonly kind: 'defer'; readonly restriction: Restriction }
  /** What a bundle of a stage with state wrote to its cells, and the timers that it set. */
  | { readonly kind: 'write-state' }
  | { readonly kind: 'set-timers'; readonly frame: TimerFrame; readonly index: Int32Array }
  /** All that the bundle decided about cells and timers is done: what holds nothing any more may go. */
  | { readonly kind: 'settle' }
  | { readonly kind: 'count'; readonly metrics: readonly MetricUpdate[] }
  /** To be sent once all other effects are durable. */
  | { readonly kind: 'finalize'; readonly bundle: BundleId };

/** What a commit depends on, beside the outcome. */
export interface StageBefore {
  readonly stage: UserStage;
  readonly bundle: Bundle;
  readonly now: ProcessingTime;
}

/**
 * What follows from the end of a bundle. Pure: no clock, no I/O, nothing is changed.
 *
 * @throws STRAHL-8001 if the outcome breaks the contract of `Connection`; then nothing follows.
 */
export function commit(
  before: StageBefore,
  outcome: BundleOutcome,
  edge?: Pick<Edge, 'keyCoder' | 'windowCoder'>,
): readonly Effect[] {
  const { bundle, stage, now } = before;
  const effects: Effect[] = [];
  for (const { transform, frames } of outcome.outputs) {
    const output = stage.outputs.find((o) => o.sink === transform);
    if (output === undefined) throw broken(stage, `it names no sink of the stage: ${transform}`);
    const full = frames.filter((frame) => frame.count > 0);
    if (full.length === 0) continue;
    for (const edge of output.edges) effects.push({ kind: 'deliver', edge, frames: full });
  }
  for (const residual of outcome.residuals) {
    effects.push({ kind: 'defer', restriction: restrictionOf(residual, stage, now) });
  }
  if (stage.kind === 'stateful') effects.push(...stateEffects(stage, outcome, edge!));
  effects.push({ kind: 'release', bundle: bundle.id });
  if (outcome.metrics.length > 0) effects.push({ kind: 'count', metrics: outcome.metrics });
  if (outcome.finalize) effects.push({ kind: 'finalize', bundle: bundle.id });
  return effects;
}

/** STA-3: cells and timers change with the bundle. Damaged timers are found before anything is performed. */
function stateEffects(
  stage: StatefulStage,
  outcome: BundleOutcome,
  { keyCoder, windowCoder }: Pick<Edge, 'keyCoder' | 'windowCoder'>,
): readonly Effect[] {
  const shape = { keyCoder: keyCoder!, windowCoder };
  const timers = outcome.timers.map((frame): Effect => {
    if (frame.transform !== stage.root || !stage.families.has(frame.family)) {
      throw broken(stage, `it sets timers of "${frame.family}", which the stage does not have`);
    }
    return { kind: 'set-timers', frame, index: indexTimers(frame, shape) };
  });
  return [{ kind: 'write-state' }, ...timers, { kind: 'settle' }];
}

function restrictionOf(residual: Residual, stage: UserStage, now: ProcessingTime): Restriction {
  if (stage.kind !== 'executable' || stage.input !== 'restrictions') {
    throw broken(stage, 'it returns a part of an element, but the stage processes no restrictions');
  }
  const { element, resumeAfter, watermark, idle } = residual;
  if (element.count !== 1) {
    throw broken(stage, `a residual holds ${String(element.count)} elements instead of one`);
  }
  const resumeAt = (now + resumeAfter) as ProcessingTime;
  return { element, watermark, resumeAt, ...(idle === true ? { idle } : {}) };
}

function broken(stage: UserStage, why: string): StrahlError {
  return new StrahlError('protocolBroken', {
    title: 'the outcome of a bundle breaks the contract between engine and user code',
    step: stage.name,
    why,
  });
}

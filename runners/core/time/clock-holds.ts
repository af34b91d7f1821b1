import type { ProcessingTime } from '#portability/model/time.js';
import type { StageInputs } from '../stage-inputs.js';
import type { RunningStage } from '../stages/running-stage.js';
import { firstOf } from './first-of.js';

/**
 * Elements that a stage has not taken keep synchronized time where it was for whoever sent them: a trigger behind it
 * must not fire for want of them (Beam's bundles carry that time).
 *
 *   A1. A hold is the least of all that arrived since the stage last had nothing to do, so it never moves on early.
 */
export class ClockHolds {
  readonly #times: Float64Array;

  constructor(stages: number) {
    this.#times = new Float64Array(stages).fill(Infinity);
  }

  /** Something arrives at `now` whose sender had something pending. */
  note(rank: number, now: ProcessingTime, pending: ProcessingTime = now): void {
    const time = pending < now ? pending : now;
    if (time < this.#times[rank]!) this.#times[rank] = time;
  }

  /** The first time at which something is pending on the clock before a stage, its own arrivals included. */
  before(stage: RunningStage, rank: number, inputs: StageInputs): ProcessingTime | undefined {
    return firstOf([inputs.pendingOnClock, this.#of(stage, rank)]);
  }

  /** Where the elements of a stage keep synchronized time; `undefined` if it has none. */
  #of(stage: RunningStage, rank: number): ProcessingTime | undefined {
    const time = this.#times[rank]!;
    if (time === Infinity) return undefined;
    if (isBusy(stage)) return time as ProcessingTime;
    this.#times[rank] = Infinity;
    return undefined;
  }
}

/** The first time of the clock that a stage itself waits for. */
export function pendingOf(stage: RunningStage): ProcessingTime | undefined {
  return 'pendingOnClock' in stage ? stage.pendingOnClock : stage.resumeAt;
}

function isBusy(stage: RunningStage): boolean {
  const { planned } = stage;
  // What waits to be sorted waits for a watermark, as state does.
  if (planned.kind === 'stateful' && planned.timeSorted) return stage.running !== undefined;
  // Restrictions say themselves when they go on.
  if (planned.kind === 'executable' && planned.input === 'restrictions') return false;
  return stage.pendingElements > 0 || stage.running !== undefined;
}

import { StrahlError } from '#portability/errors.js';
import { TIMESTAMP_MIN, formatTime, type EventTime } from '#portability/model/time.js';
import type { WatermarkSetting } from '../../dofn/splittable.js';
import { toEventTime } from '../../dofn/time-like.js';
import type { WatermarkEstimatorFunctions } from '../../dofn/watermark-estimator.js';

/**
 * What travels with a restriction (SDF-1), as plain data: the watermark that was reported, since when nothing
 * came, how far idleness has moved the watermark beyond that, and the state of an estimator of the user.
 * `null` stands for the least time, which is not a safe integer.
 */
export type EstimateState = readonly [
  watermark: number | null,
  silentSince: number | null,
  idleUpTo: number | null,
  own: unknown,
];

/**
 * The watermark of the restriction that is processed.
 *
 *   E1. What is told to the runner never moves back, whatever the clock does (SDF-5).
 *   E2. A restriction that asked to wait without having emitted anything, for `idleAfter` in a row, is idle:
 *       the runner may leave it out, and what it tells follows the clock at that distance (WM-10). What
 *       comes after silence is thereby taken to be no older than the silence that was allowed.
 */
export class WatermarkEstimate {
  readonly #setting: WatermarkSetting;
  readonly #own: WatermarkEstimatorFunctions<unknown> | undefined;
  readonly #now: () => number;
  /** Whether outputs have to be shown to `observe`. */
  readonly observes: boolean;
  #watermark: EventTime = TIMESTAMP_MIN;
  #idleUpTo: EventTime = TIMESTAMP_MIN;
  #silentSince: number | null = null;
  #state: unknown = null;
  /** Whether the restriction has been silent for too long. */
  idle = false;

  constructor(setting: WatermarkSetting, now: () => number) {
    const { watermark } = setting;
    this.#setting = setting;
    this.#now = now;
    this.#own = typeof watermark === 'object' ? watermark : undefined;
    this.observes = watermark === 'monotonic' || this.#own?.observe !== undefined;
  }

  /** Goes on where `state` was left; `null` for a restriction that nobody has begun. */
  start(state: EstimateState | null, elementTimestamp: EventTime): void {
    const [watermark, silentSince, idleUpTo, own] = state ?? [elementTimestamp, null, null, null];
    this.#watermark = timeOf(watermark);
    this.#silentSince = silentSince;
    this.#idleUpTo = timeOf(idleUpTo);
    this.#state = state === null ? (this.#own?.initial(elementTimestamp) ?? null) : own;
    this.idle = false;
  }

  get state(): EstimateState {
    const reported = nullOf(this.#watermark);
    return [reported, this.#silentSince, nullOf(this.#idleUpTo), this.#state];
  }

  /** @throws STRAHL-4009 for a timestamp that the rule does not allow */
  observe(timestamp: EventTime): void {
    if (this.#isTooFarAhead(timestamp)) return;
    if (this.#own !== undefined) {
      this.#state = this.#own.observe!(this.#state, timestamp);
      return;
    }
    const { maxOutOfOrder } = this.#setting;
    const candidate = (timestamp - (maxOutOfOrder ?? 0)) as EventTime;
    if (candidate > this.#watermark) this.#watermark = toEventTime(candidate);
    else if (maxOutOfOrder === undefined && candidate < this.#watermark) {
      this.#regressed('an output', timestamp, "give maxOutOfOrder, or choose watermark: 'manual'");
    }
  }

  #isTooFarAhead(timestamp: EventTime): boolean {
    const { maxFutureSkew } = this.#setting;
    return maxFutureSkew !== undefined && timestamp > this.#now() + maxFutureSkew;
  }

  /** @throws STRAHL-4009 for less than what was promised before (SDF-5) */
  promise(t: EventTime): void {
    if (t < this.#watermark) {
      this.#regressed('the watermark', t, 'report the greatest time so far: Math.max(last, t)');
    }
    if (!this.#isTooFarAhead(t)) this.#watermark = t;
  }

  #regressed(what: string, t: EventTime, fix: string): never {
    throw new StrahlError('watermarkRegressed', {
      title: `${what} at ${formatTime(t)} lies before the watermark, which is ${formatTime(this.#watermark)}`,
      why: 'a watermark promises that nothing earlier follows, so it never moves back',
      fix,
    });
  }

  /** A call ended that asked to be repeated later; `emitted`: it had something to say. */
  paused(emitted: boolean): void {
    const now = this.#now();
    if (emitted) this.#silentSince = null;
    else this.#silentSince ??= now;
    const { idleAfter = 'never' } = this.#setting;
    this.idle =
      idleAfter !== 'never' && this.#silentSince !== null && now - this.#silentSince >= idleAfter;
    const upTo = this.idle ? now - (idleAfter as number) : -Infinity;
    if (upTo > this.#idleUpTo) this.#idleUpTo = upTo as EventTime;
  }

  /**
   * What is told to the runner.
   *
   * @throws STRAHL-4009 if an estimator of the user moves back
   */
  current(): EventTime {
    if (this.#own !== undefined) {
      const t = toEventTime(this.#own.watermark(this.#state, this.#now()));
      if (t < this.#watermark) this.#regressed('the estimate', t, 'let the estimate only grow');
      this.#watermark = t;
    } else if (this.#setting.watermark === 'processing-time' && this.#now() > this.#watermark) {
      this.#watermark = this.#now() as EventTime;
    }
    return this.#idleUpTo > this.#watermark ? this.#idleUpTo : this.#watermark;
  }
}

function timeOf(t: number | null): EventTime {
  return t === null ? TIMESTAMP_MIN : (t as EventTime);
}

function nullOf(t: EventTime): number | null {
  return t === TIMESTAMP_MIN ? null : t;
}

import type { Duration, EventTime } from '#portability/model/time.js';
import type { TimeLike } from '../../dofn/dofn.js';
import { toEventTime } from '../../dofn/time-like.js';
import { checkOutputTime } from '../windows/output-time.js';
import { CallOperator, type CallSetting } from './call-operator.js';

/** Gives each element the time that the function tells. */
export class TimestampOperator extends CallOperator {
  readonly #skew: Duration;

  constructor(setting: CallSetting, fn: unknown, allowedSkew: Duration) {
    super(setting, fn);
    this.#skew = allowedSkew;
  }

  /** The time of an element for which the function told `time`. */
  timeOf(time: unknown, x: unknown): EventTime {
    const at = this.#checked(time, x);
    this.stage.noteGiven(at);
    return at;
  }

  #checked(time: unknown, x: unknown): EventTime {
    const { timestamp } = this.stage;
    if (Number.isSafeInteger(time) && (time as EventTime) >= timestamp) return time as EventTime;
    let at;
    try {
      at = toEventTime(time as TimeLike);
    } catch (e) {
      this.fail(e, x);
    }
    if (at < timestamp) checkOutputTime(this.step, at, timestamp, this.#skew, x);
    return at;
  }
}

/** Sends each element to the output whose number the function tells. */
export class PartitionOperator extends CallOperator {
  readonly parts: number;

  constructor(setting: CallSetting, fn: unknown, parts: number) {
    super(setting, fn);
    this.parts = parts;
  }

  route(part: unknown, x: unknown): void {
    if (typeof part === 'number' && Number.isInteger(part) && part >= 0 && part < this.parts) {
      this.emits[part]!(x);
      return;
    }
    throw this.step.error(
      'userCodeThrew',
      {
        title: `the partition function answered ${String(part)}, expected an integer from 0 to ${String(this.parts - 1)}`,
      },
      { value: x },
    );
  }
}

import type { TimeDomain } from '#portability/model/transform-spec.js';
import type { TimerOutput } from './timer-output.js';

/** The timers of one family, as the bundle that runs sees them. */
export interface TimerLine {
  readonly family: string;
  readonly domain: TimeDomain;
  /** What the runner is told with the outcome. */
  readonly output: TimerOutput;
  /** Up to here a timer that is set fires in the bundle. */
  limit: number;
  /** The number of the family at a runner in this process. */
  number: number;
}

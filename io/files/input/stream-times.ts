import type { Duration } from '#portability/model/time.js';
import { durationOf, type DurationLike } from '#sdk/duration.js';
import type { ItemFormat } from './item-source.js';

/** How the times of an input without end make its watermark. */
export interface StreamTimes {
  /** How far behind the latest time an element may come without being late. Default 0. */
  readonly maxOutOfOrder?: DurationLike;
  /** Elements further ahead of the clock than this do not move the watermark. Default `'1h'`. */
  readonly maxFutureSkew?: DurationLike;
  /** After so much silence the input no longer holds the watermark. Default `'1m'`. */
  readonly idleAfter?: DurationLike | 'never';
}

/** Names of the options. */
export const STREAM_TIMES: readonly (keyof StreamTimes)[] = [
  'maxOutOfOrder',
  'maxFutureSkew',
  'idleAfter',
];

const IDLE_AFTER = '1m';
const MAX_FUTURE_SKEW = '1h';

/** The options in milliseconds. @throws STRAHL-1203 for what is not a duration */
export function streamTimes(
  { maxOutOfOrder = 0, maxFutureSkew = MAX_FUTURE_SKEW, idleAfter = IDLE_AFTER }: StreamTimes,
  name: string,
  callee: (...args: never[]) => unknown,
): Pick<ItemFormat<unknown>, 'maxOutOfOrder' | 'maxFutureSkew' | 'idleAfter'> {
  const ms = (d: DurationLike, what: string): Duration =>
    durationOf(d, `${what} of ${name}`, callee);
  return {
    maxOutOfOrder: ms(maxOutOfOrder, 'maxOutOfOrder'),
    maxFutureSkew: ms(maxFutureSkew, 'maxFutureSkew'),
    idleAfter: idleAfter === 'never' ? idleAfter : ms(idleAfter, 'idleAfter'),
  };
}

import type { TimestampCombiner } from '#portability/model/windowing.js';

/** Whether an accumulator with the time `known` takes over `time`; not asked where it has the end of its window. */
export function takesOver(time: number, known: number, combiner: TimestampCombiner): boolean {
  return time > known === (combiner === 'latest');
}

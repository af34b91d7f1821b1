import type { ProcessingTime } from '#portability/model/time.js';

/** The earliest of times, some of which may be absent. */
export function firstOf(times: Iterable<ProcessingTime | undefined>): ProcessingTime | undefined {
  let first: ProcessingTime | undefined;
  for (const time of times) {
    if (time !== undefined && (first === undefined || time < first)) first = time;
  }
  return first;
}

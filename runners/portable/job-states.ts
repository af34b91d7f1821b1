import type { JobState } from '#portability/model/job-state.js';
import { JobState as Wire } from '#portability/proto/generated/job-api.js';

const NAMES: ReadonlyMap<number, JobState> = new Map<number, JobState>([
  [Wire.STOPPED, 'STOPPED'],
  [Wire.STARTING, 'STARTING'],
  [Wire.RUNNING, 'RUNNING'],
  [Wire.DRAINING, 'DRAINING'],
  [Wire.DRAINED, 'DRAINED'],
  [Wire.CANCELLING, 'CANCELLING'],
  [Wire.CANCELLED, 'CANCELLED'],
  [Wire.DONE, 'DONE'],
  [Wire.FAILED, 'FAILED'],
  // A job that another one has replaced is over for whoever follows it.
  [Wire.UPDATING, 'RUNNING'],
  [Wire.UPDATED, 'DONE'],
]);

/** `undefined` for a state that says nothing. */
export function jobStateOf(wire: number): JobState | undefined {
  return NAMES.get(wire);
}

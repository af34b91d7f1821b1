import { TIMESTAMP_MAX, type EventTime, type ProcessingTime } from '#portability/model/time.js';
import { recordsOf, type JobRecord, type StageRecord } from './explain/job-record.js';

/** How a stage of a job stands, over all its tasks. */
export interface StageHealth {
  readonly name: string;
  /** The least of its tasks. */
  readonly input: EventTime;
  readonly output: EventTime;
  /** Since when the output watermark stands where it is; absent before it first moved. */
  readonly since?: ProcessingTime;
  readonly received: number;
  readonly pendingElements: number;
  readonly pendingBytes: number;
  readonly stateBytes: number;
  readonly droppedAsLate: number;
}

/** Every stage of a job, upstream first, from what the engine records. */
export function healthOf(job: JobRecord): readonly StageHealth[] {
  return job.plan.stages.map(({ id, name }) => stageHealth(name, recordsOf(job, id)));
}

function stageHealth(name: string, records: readonly StageRecord[]): StageHealth {
  const sum = (of: (record: StageRecord) => number): number =>
    records.reduce((total, record) => total + of(record), 0);
  const times = records.map(({ stage }) => stage.watermarks);
  const output = least(times.map((w) => w.output));
  const since = times.find((w) => w.output === output)?.outputSince;
  return {
    name,
    input: least(times.map((w) => w.input)),
    output,
    ...(since === undefined ? {} : { since }),
    received: sum(({ received }) => received),
    pendingElements: sum(({ stage }) => stage.pendingElements),
    pendingBytes: sum(({ stage }) => stage.pendingBytes),
    stateBytes: sum(({ stage }) => stage.stateBytes ?? 0),
    droppedAsLate: sum(({ stage }) => stage.droppedAsLate ?? 0),
  };
}

function least(times: readonly EventTime[]): EventTime {
  return times.reduce((a, b) => (a < b ? a : b), TIMESTAMP_MAX);
}

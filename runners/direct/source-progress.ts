import type { BundleProgress, Connection, MetricUpdate } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import { TIMESTAMP_MAX, TIMESTAMP_MIN } from '#portability/model/time.js';
import { sourceOutputsOf } from '#runners/core/plan/source-outputs.js';
import { RunningRestrictions } from '#runners/core/stages/restriction-stage.js';
import type { RunningStage } from '#runners/core/stages/running-stage.js';
import { RunningTestStream } from '#runners/core/stages/test-stream-stage.js';
import type { TaskGroup } from '#runners/core/task-group.js';
import { isThenable } from '#runners/core/thenable.js';
import { BYTES_READ, type JobProgress } from '#sdk/runner.js';

/** How far the sources of a job are. */
export function sourceProgress(
  tasks: TaskGroup,
  connection: Connection,
): Omit<JobProgress, 'state'> {
  const sources = tasks.stages.filter(isReading);
  const outputs = sourceOutputsOf(tasks.stages.map(({ planned }) => planned));
  const work = tasks.stages.flatMap((stage) => {
    const collections = outputs.get(stage.planned.id);
    if (collections === undefined) return [];
    return runningWorkOf(stage).map((running) => workOf(running, collections, connection));
  });
  const bounded = sources.every(({ planned }) => planned.boundedness === 'bounded');
  const metrics = [...tasks.metrics('committed'), ...work.flatMap((part) => part.metrics)];
  const eventTime = bounded ? latestTime(metrics) : leastWatermark(sources);
  const fraction = fractionOf(sources, work);
  return {
    elements: elementsOf(tasks, outputs) + work.reduce((sum, { emitted }) => sum + emitted, 0),
    bounded,
    stateBytes: tasks.stages.reduce((sum, stage) => sum + (stage.stateBytes ?? 0), 0),
    bytes: bytesRead(metrics),
    ...(fraction === undefined ? {} : { fraction }),
    ...(eventTime > TIMESTAMP_MIN && eventTime < TIMESTAMP_MAX ? { eventTime } : {}),
  };
}

/** What a running bundle of a source has done. */
interface Work {
  readonly metrics: readonly MetricUpdate[];
  readonly emitted: number;
  /** Of the size of its restriction. */
  readonly left: number;
}

interface RunningWork {
  readonly bundle: BundleId;
  readonly size: number;
}

function runningWorkOf(stage: RunningStage): readonly RunningWork[] {
  if (isReading(stage)) return stage.runningWork;
  return stage.running === undefined ? [] : [{ bundle: stage.running, size: 0 }];
}

function workOf(
  { bundle, size }: RunningWork,
  collections: readonly string[],
  connection: Connection,
): Work {
  const { metrics = [], fraction = 0 } = runningProgress(bundle, connection) ?? {};
  const emitted = collections.reduce((sum, id) => sum + countOf(metrics, id), 0);
  return { metrics, emitted, left: size * (1 - fraction) };
}

/** Elements of test streams and of finished bundles. Several tasks may read for one collection. */
function elementsOf(tasks: TaskGroup, outputs: ReturnType<typeof sourceOutputsOf>): number {
  const collections = new Set([...outputs.values()].flat());
  const played = tasks.stages.reduce(
    (sum, stage) => sum + (stage instanceof RunningTestStream ? stage.emitted : 0),
    0,
  );
  return [...collections].reduce((sum, id) => sum + tasks.elementsOf(id), played);
}

/** Of what sizes count, which may be anything; `undefined` while more may come. */
function fractionOf(
  sources: readonly RunningRestrictions[],
  work: readonly Work[],
): number | undefined {
  const total = sources.reduce((sum, { totalSize }) => sum + totalSize, 0);
  if (!isKnown(sources, total)) return undefined;
  const waiting = sources.reduce((sum, { waitingSize }) => sum + waitingSize, 0);
  const left = work.reduce((sum, part) => sum + part.left, waiting);
  return Math.min(1, Math.max(0, 1 - left / total));
}

function leastWatermark(sources: readonly RunningRestrictions[]): number {
  return Math.min(...sources.map((source) => source.watermarks.output));
}

function latestTime(metrics: readonly MetricUpdate[]): number {
  const times = metrics.map((m) => (m.kind === 'event-time' ? m.value : TIMESTAMP_MIN));
  return Math.max(TIMESTAMP_MIN, ...times);
}

function bytesRead(metrics: readonly MetricUpdate[]): number {
  return metrics.reduce(
    (sum, m) => (m.kind === 'counter' && m.name === BYTES_READ ? sum + m.value : sum),
    0,
  );
}

function isReading(stage: object): stage is RunningRestrictions {
  return stage instanceof RunningRestrictions;
}

/** The whole is known once no further restriction can arrive. */
function isKnown(sources: readonly RunningRestrictions[], total: number): boolean {
  return (
    total > 0 &&
    sources.every(
      ({ planned, watermarks }) =>
        planned.boundedness === 'bounded' && watermarks.upstream === TIMESTAMP_MAX,
    )
  );
}

function runningProgress(bundle: BundleId, connection: Connection): BundleProgress | undefined {
  const progress = connection.progress(bundle);
  // A peer that must be asked first would answer too late for a line on a terminal.
  return isThenable(progress) ? undefined : progress;
}

function countOf(metrics: readonly MetricUpdate[], pcollection: string): number {
  return metrics.reduce(
    (sum, m) => (m.kind === 'element-count' && m.pcollection === pcollection ? sum + m.value : sum),
    0,
  );
}

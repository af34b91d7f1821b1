import type { BundleProgress, Connection, MetricUpdate } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import { TIMESTAMP_MAX, TIMESTAMP_MIN } from '#portability/model/time.js';
import { RunningRestrictions } from '#runners/core/stages/restriction-stage.js';
import type { ExecutableStage } from '#runners/core/plan/plan.js';
import type { TaskGroup } from '#runners/core/task-group.js';
import { isThenable } from '#runners/core/thenable.js';
import type { JobProgress } from '#sdk/runner.js';

/** How far the sources of a job are. */
export function sourceProgress(
  tasks: TaskGroup,
  connection: Connection,
): Omit<JobProgress, 'state'> {
  const sources = tasks.stages.filter(isReading);
  // Several tasks may read for one collection.
  const emitted = new Set<string>();
  let elements = 0;
  let read = 0;
  let total = 0;
  for (const source of sources) {
    const running = source.runningWork.map(({ bundle, size }) => {
      const progress = runningProgress(bundle, connection);
      return { metrics: progress?.metrics ?? [], left: size * (1 - (progress?.fraction ?? 0)) };
    });
    const left = running.reduce((sum, part) => sum + part.left, 0);
    read += source.totalSize - source.waitingSize - left;
    total += source.totalSize;
    for (const pcollection of emittedBy(source.planned)) {
      emitted.add(pcollection);
      for (const { metrics } of running) elements += countOf(metrics, pcollection);
    }
  }
  for (const pcollection of emitted) elements += tasks.elementsOf(pcollection);
  const eventTime = Math.min(...sources.map((source) => source.watermarks.output));
  return {
    elements,
    bounded: sources.every(({ planned }) => planned.boundedness === 'bounded'),
    stateBytes: tasks.stages.reduce((sum, stage) => sum + (stage.stateBytes ?? 0), 0),
    bytes: Math.max(0, Math.round(read)),
    ...(isKnown(sources, total) ? { fraction: Math.min(1, Math.max(0, read / total)) } : {}),
    ...(eventTime > TIMESTAMP_MIN && eventTime < TIMESTAMP_MAX ? { eventTime } : {}),
  };
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

/** What the step that reads restrictions emits. */
function emittedBy({ descriptor, source }: ExecutableStage): readonly string[] {
  const input = descriptor.transforms.find(({ id }) => id === source);
  const fed = new Set(input?.outputs.values());
  const reader = descriptor.transforms.find((t) =>
    [...t.inputs.values()].some((id) => fed.has(id)),
  );
  return [...(reader?.outputs.values() ?? [])];
}

function countOf(metrics: readonly MetricUpdate[], pcollection: string): number {
  return metrics.reduce(
    (sum, m) => (m.kind === 'element-count' && m.pcollection === pcollection ? sum + m.value : sum),
    0,
  );
}

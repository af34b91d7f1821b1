import type { MetricUpdate } from '#portability/fnapi/connection.js';
import type { Clock } from './env.js';
import { MemoryExchange, tasksOf } from './exchange/memory-exchange.js';
import type { Heartbeat } from './heartbeat.js';
import type { JobRecord, StageRecord } from './explain/job-record.js';
import { MetricSums } from './metrics.js';
import type { Plan } from './plan/plan.js';
import { sourceOutputsOf } from './plan/source-outputs.js';
import { refreshingStages } from './refreshing.js';
import { runTasks } from './scheduler.js';
import type { RunningStage } from './stages/running-stage.js';
import { Task, type TaskOptions } from './task.js';

/** What all tasks of a job in this process share. */
export interface TaskGroupOptions extends Omit<TaskOptions, 'part'> {
  /**
   * Into how many tasks each segment of the plan is divided. Default: one task runs the whole plan, and
   * nothing leaves it.
   */
  readonly partitions?: number;
  /** The job is a batch: all of its input is there at once, and none of it is late. Default false. */
  readonly batch?: boolean;
}

/** The tasks of a job that run in this process, under one scheduler. */
export class TaskGroup {
  readonly tasks: readonly Task[];
  /** Of all tasks, upstream first. */
  readonly stages: readonly RunningStage[];
  readonly #plan: Plan;
  readonly #clock: Clock;
  readonly #sourceOutputs: ReturnType<typeof sourceOutputsOf>;

  constructor({ partitions, batch = false, ...shared }: TaskGroupOptions) {
    this.tasks = partitions === undefined ? [new Task(shared)] : partitioned(shared, partitions);
    this.#plan = shared.plan;
    this.#clock = shared.env.clock;
    this.#sourceOutputs = sourceOutputsOf(shared.plan.stages);
    this.stages = this.tasks.flatMap(({ stages }) => stages);
    for (const { watermarks } of this.stages) watermarks.batch = batch;
  }

  /** Resolves once nothing is left to do, or the signal was aborted; rejects with the first error. */
  run(): Promise<'done' | 'cancelled'> {
    return runTasks(this.tasks, refreshingStages(this.#plan));
  }

  /** DRN-1: sources stop, so that all watermarks go to their end and everything fires. */
  drain(): void {
    for (const task of this.tasks) task.drain();
  }

  set heartbeat(heartbeat: Heartbeat) {
    for (const task of this.tasks) task.heartbeat = heartbeat;
  }

  /** What the tasks have recorded, as it is now; `explain` reads nothing else. */
  record(): JobRecord {
    const { segments } = this.#plan;
    const stages = this.tasks.flatMap((task): readonly StageRecord[] => {
      const segment = segments.find(({ id }) => id === task.id?.segment);
      const part = segment?.tasks === 'many' ? { partition: task.id!.partition } : {};
      return task.stages.map((stage) => {
        const record = task.recordOf(stage);
        const emitted = this.#sourceOutputs.get(stage.planned.id);
        const read = emitted?.reduce((sum, id) => sum + task.committed.elementsOf(id), 0);
        return { ...record, read: read ?? record.received, ...part };
      });
    });
    return { plan: this.#plan, now: this.#clock.now(), stages };
  }

  /** Metrics of every try, or of what was kept (MET-1), summed over the tasks. */
  metrics(kind: 'attempted' | 'committed'): readonly MetricUpdate[] {
    const [only, ...others] = this.tasks;
    if (others.length === 0) return only![kind].snapshot();
    const sums = new MetricSums();
    for (const task of this.tasks) sums.add(task[kind].snapshot());
    return sums.snapshot();
  }

  /** Elements of a collection that were kept so far. */
  elementsOf(pcollection: string): number {
    return this.tasks.reduce((sum, { committed }) => sum + committed.elementsOf(pcollection), 0);
  }
}

function partitioned(shared: TaskOptions, partitions: number): readonly Task[] {
  const exchange = new MemoryExchange(shared.plan, partitions);
  return tasksOf(shared.plan, partitions).map(
    (id) => new Task({ ...shared, part: { id, exchange } }),
  );
}

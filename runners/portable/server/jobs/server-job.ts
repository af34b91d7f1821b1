import { isStrahlError } from '#portability/errors.js';
import type { Connection } from '#portability/fnapi/connection.js';
import { metricsToProto } from '#portability/fnapi/messages/metrics-proto.js';
import type { Artifact, Graph } from '#portability/model/graph.js';
import type { CoderId, EnvironmentId, PCollectionId } from '#portability/model/ids.js';
import type { Init } from '#portability/proto/codec.js';
import { LogEntry_Severity as Severity } from '#portability/proto/generated/fn-api.js';
import type { Struct } from '#portability/proto/generated/google/protobuf/struct.js';
import {
  JobMessage_MessageImportance as Importance,
  JobState,
  type MetricResults,
} from '#portability/proto/generated/job-api.js';
import { bundlePolicy } from '#runners/core/bundle-policy.js';
import { isUserStage, type Plan } from '#runners/core/plan/plan.js';
import { stageKindsOf } from '#runners/core/stages/stage-kinds.js';
import { TaskGroup } from '#runners/core/task-group.js';
import { setMaxListeners } from 'node:events';
import { readBy } from '../metric-dialect.js';
import { isBatch, memoryBudget, worldFor } from '../streams/engine-world.js';
import type { FedStream } from '../streams/fed-streams.js';
import { EnvironmentConnection } from '../workers/environment-connection.js';
import { environmentOf, StageRouter } from '../workers/stage-router.js';
import { servedEnvironment } from '../workers/start-worker.js';
import type { WorkerHub } from '../workers/worker-hub.js';
import type { FinishedJob } from './finished-job.js';
import { JobRecord } from './job-record.js';

/** A pipeline that was accepted. */
export interface PreparedJob {
  readonly id: string;
  readonly name: string;
  readonly graph: Graph;
  /** The pipeline as it was sent. */
  readonly pipeline: Uint8Array;
  readonly plan: Plan;
  /** Of its collections, as they were sent. */
  readonly ownCoders: ReadonlyMap<PCollectionId, CoderId>;
  readonly options: Init<Struct>;
  readonly fedStreams: readonly FedStream[];
  /** Files that the client has staged, by environment. */
  readonly artifacts: Map<EnvironmentId, readonly Artifact[]>;
}

/** Where a job runs. */
export interface JobPlace {
  readonly hub: WorkerHub;
  /** Where workers find the services of this server. */
  readonly endpoint: string;
  /** Bytes that the engine may hold in memory. */
  readonly memory?: number;
  /** Tries of a bundle whose functions fail. */
  readonly maxBundleAttempts: number;
  readonly onJobEnd?: (job: FinishedJob) => void;
  /** Milliseconds without a word after which a worker that was asked something is lost. */
  readonly silenceMs: number;
}

/** One job: its workers, its engine, and what clients are told of it. */
export class ServerJob {
  readonly prepared: PreparedJob;
  readonly record: JobRecord = new JobRecord();
  readonly #place: JobPlace;
  readonly #abort = new AbortController();
  #tasks: TaskGroup | undefined;

  constructor(prepared: PreparedJob, place: JobPlace) {
    this.prepared = prepared;
    this.#place = place;
    setMaxListeners(0, this.#abort.signal);
  }

  get id(): string {
    return this.prepared.id;
  }

  /** Resolves when the job is over, however it ended. */
  async run(): Promise<void> {
    const started = performance.now();
    const error = await this.#run();
    const { id, prepared, record } = this;
    this.#place.onJobEnd?.({
      ...{ id, name: prepared.name, elements: this.#elements() },
      state: nameOf(record.state),
      milliseconds: performance.now() - started,
      ...(error === undefined ? {} : { error }),
    });
  }

  /** What ended a job that failed. */
  async #run(): Promise<string | undefined> {
    const { record } = this;
    record.move(JobState.STARTING);
    const environments = this.#environments();
    const connection = new StageRouter(environments);
    try {
      const end = await this.#execute(connection, environments);
      await connection.close();
      if (end === 'cancelled') record.move(JobState.CANCELLED);
      else record.move(record.state === JobState.DRAINING ? JobState.DRAINED : JobState.DONE);
      return undefined;
    } catch (e) {
      await connection.close(e);
      if (this.#abort.signal.aborted) {
        record.move(JobState.CANCELLED);
        return undefined;
      }
      record.say(Importance.JOB_MESSAGE_ERROR, textOf(e));
      record.move(JobState.FAILED);
      return lineOf(e);
    }
  }

  #elements(): number {
    const metrics = this.#tasks?.metrics('committed') ?? [];
    return metrics.reduce((sum, m) => (m.kind === 'element-count' ? sum + m.value : sum), 0);
  }

  async #execute(
    connection: Connection,
    environments: ReadonlyMap<EnvironmentId, EnvironmentConnection>,
  ): Promise<'done' | 'cancelled'> {
    const { plan, fedStreams } = this.prepared;
    const { memory, maxBundleAttempts } = this.#place;
    const userStages = plan.stages.filter(isUserStage).map(({ descriptor }) => descriptor);
    await connection.register([...userStages, ...plan.compactions]);
    await Promise.all([...environments.values()].map((environment) => environment.start()));
    const budget = memoryBudget(memory);
    const policy = bundlePolicy({ memory: budget.limit, maxAttempts: maxBundleAttempts });
    const { signal } = this.#abort;
    const env = await worldFor(plan, fedStreams, signal);
    const kinds = await stageKindsOf(plan);
    const batch = isBatch(this.prepared.graph);
    const shared = { plan, kinds, connection, env, policy, memory: budget, signal };
    this.#tasks = new TaskGroup({ ...shared, batch });
    this.record.move(JobState.RUNNING);
    return this.#tasks.run();
  }

  #environments(): ReadonlyMap<EnvironmentId, EnvironmentConnection> {
    const { graph, plan, ownCoders, options, artifacts } = this.prepared;
    const { hub, endpoint, silenceMs } = this.#place;
    const used = new Set<EnvironmentId>();
    const stages = plan.stages.filter(isUserStage).map(({ descriptor }) => descriptor);
    for (const stage of [...stages, ...plan.compactions]) {
      const id = environmentOf(stage);
      if (id !== undefined) used.add(id);
    }
    const connections = new Map<EnvironmentId, EnvironmentConnection>();
    for (const id of used) {
      const environment = servedEnvironment(graph.components.environments.get(id)!);
      const services = { url: endpoint };
      const provision = {
        ...{ pipelineOptions: options, retrievalToken: this.id },
        ...{ controlEndpoint: services, loggingEndpoint: services, artifactEndpoint: services },
        dependencies: artifacts.get(id) ?? [],
        runnerCapabilities: RUNNER_CAPABILITIES,
      };
      const onLog = (text: string, severity: number): void => this.#logged(text, severity);
      const place = { environment, hub, endpoint, provision, ownCoders, onLog, silenceMs };
      connections.set(id, new EnvironmentConnection(place));
    }
    return connections;
  }

  #logged(text: string, severity: number): void {
    if (severity >= Severity.ERROR) this.record.say(Importance.JOB_MESSAGE_WARNING, text);
    else if (severity >= Severity.WARN) this.record.say(Importance.JOB_MESSAGE_BASIC, text);
    else if (severity >= Severity.INFO) this.record.say(Importance.JOB_MESSAGE_DETAILED, text);
    else this.record.say(Importance.JOB_MESSAGE_DEBUG, text);
  }

  cancel(): void {
    this.record.move(JobState.CANCELLING);
    this.#abort.abort();
  }

  drain(): void {
    if (this.record.state !== JobState.RUNNING) return;
    this.record.move(JobState.DRAINING);
    this.#tasks?.drain();
  }

  metrics(): Init<MetricResults> {
    const { graph } = this.prepared;
    const of = (kind: 'attempted' | 'committed') =>
      metricsToProto(this.#tasks?.metrics(kind) ?? []).map((info) => readBy(graph, info));
    return { attempted: of('attempted'), committed: of('committed') };
  }
}

const RUNNER_CAPABILITIES: readonly string[] = [
  'beam:protocol:control_response_elements_embedding:v1',
  'beam:protocol:monitoring_info_short_ids:v1',
];

function nameOf(state: JobState): FinishedJob['state'] {
  switch (state) {
    case JobState.DONE:
      return 'done';
    case JobState.DRAINED:
      return 'drained';
    case JobState.CANCELLED:
      return 'cancelled';
    default:
      return 'failed';
  }
}

/** An error in one line: what the SDK said last, or else what it is. */
function lineOf(error: unknown): string {
  if (!isStrahlError(error)) return String(error);
  const said = error.why?.split('\n').filter((line) => line.trim() !== '') ?? [];
  return said.length > 1 ? said.at(-1)!.trim() : `${error.code} ${error.title}`;
}

/** What the user's program is shown: all that the SDK said, where it is the SDK's error. */
function textOf(error: unknown): string {
  if (isStrahlError(error)) {
    return error.why === undefined ? error.message : `${error.why}\n${error.message}`;
  }
  const { stack } = error as { readonly stack?: unknown };
  return typeof stack === 'string' ? stack : String(error);
}

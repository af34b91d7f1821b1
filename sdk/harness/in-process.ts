import type {
  BundleOutcome,
  BundleProgress,
  BundleRequest,
  BundleSplit,
  Connection,
  DesiredSplit,
  StageDescriptor,
} from '#portability/fnapi/connection.js';
import { StrahlError } from '#portability/errors.js';
import type { BundleId, StageId } from '#portability/model/ids.js';
import { duration } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { Logger } from '../dofn/dofn.js';
import type { FunctionRegistry } from '../dofn/user-function.js';
import { mayGenerate } from '#portability/may-generate.js';
import type { HarnessClock } from './stage/bundle-scope.js';
import { CommitCallbacks } from './stage/commit-callbacks.js';
import { CompiledStage, type CompileMode } from './stage/compiled-stage.js';
import { joinFrames } from '#portability/wire/join-frames.js';
import { NO_STATE, NO_TIMES } from '#portability/fnapi/no-state.js';
import { isThenable } from './answers.js';
import { stageCoders } from './stage/stage-coders.js';
import type { StageInstance } from './stage/stage-instance.js';
import { StageSurroundings } from './stage/stage-surroundings.js';
import type { KeptState, StateOfKey } from './stateful/kept-state.js';

export interface InProcessOptions {
  readonly functions: FunctionRegistry;
  readonly clock: HarnessClock;
  /** Default: `generated` where this process may make code from text, else `closures`. */
  readonly compile?: CompileMode;
  /** Where `c.log` goes. Default: nowhere. */
  readonly log?: Logger;
  /** For tests: mutations (STRAHL-4003) and elements that do not survive their coders fail. Default false. */
  readonly checks?: boolean;
  /** Encoded bytes that the side inputs of a step may hold while a bundle runs. Default: any number. */
  readonly sideBytes?: number;
}

const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Runs user code in this process, by plain calls.
 *
 *   H1. A bundle whose functions are all synchronous runs in one call, unless it takes long.
 *   H2. An instance of a stage runs one bundle at a time; instances are kept for the next bundle, and
 *       given up after a failure.
 */
export class InProcessConnection implements Connection {
  readonly #options: InProcessOptions;
  readonly #mode: CompileMode;
  readonly #descriptors = new Map<StageId, StageDescriptor>();
  readonly #stages = new Map<StageId, CompiledStage>();
  readonly #idle = new Map<StageId, StageInstance[]>();
  readonly #running = new Map<BundleId, StageInstance>();
  readonly #callbacks = new CommitCallbacks();

  constructor(options: InProcessOptions) {
    this.#options = options;
    this.#mode = options.compile ?? (mayGenerate() ? 'generated' : 'closures');
  }

  /** @throws STRAHL-2002, -3001 for stages that cannot run here */
  register(stages: readonly StageDescriptor[]): void {
    for (const descriptor of stages) {
      this.#descriptors.set(descriptor.id, descriptor);
      this.#stages.set(descriptor.id, this.#compile(descriptor));
    }
  }

  #compile(descriptor: StageDescriptor): CompiledStage {
    const { functions, clock, log = SILENT } = this.#options;
    const coders = stageCoders(descriptor, functions);
    const around = new StageSurroundings(descriptor, functions, coders, log, this.#options);
    return new CompiledStage(descriptor, around, this.#mode, clock);
  }

  process(request: BundleRequest): BundleOutcome | Promise<BundleOutcome> {
    const instance = this.#take(request.stage);
    this.#running.set(request.bundle, instance);
    let outcome: BundleOutcome | Promise<BundleOutcome>;
    try {
      outcome = instance.process(request);
    } catch (e) {
      this.#giveUp(request.bundle, instance);
      throw e;
    }
    if (!isThenable(outcome)) return this.#keep(request, instance, outcome);
    return outcome.then(
      (settled) => this.#keep(request, instance, settled),
      (e: unknown) => {
        this.#giveUp(request.bundle, instance);
        throw e;
      },
    );
  }

  #take(stage: StageId): StageInstance {
    const idle = this.#idle.get(stage)?.pop();
    if (idle !== undefined) return idle;
    const compiled = this.#stages.get(stage);
    if (compiled !== undefined) return compiled.instance();
    throw new StrahlError('protocolBroken', { title: `the stage ${stage} was never registered` });
  }

  #keep(
    { bundle, stage }: BundleRequest,
    instance: StageInstance,
    outcome: BundleOutcome,
  ): BundleOutcome {
    this.#running.delete(bundle);
    if (outcome.finalize) {
      this.#callbacks.add(bundle, instance.callbacks, this.#options.clock.monotonic());
    }
    const idle = this.#idle.get(stage);
    if (idle === undefined) this.#idle.set(stage, [instance]);
    else idle.push(instance);
    return outcome;
  }

  /** BND-2: a failed bundle is repeated on fresh instances. What it tears down fails unheard. */
  #giveUp(bundle: BundleId, instance: StageInstance): void {
    this.#running.delete(bundle);
    instance.close().catch(() => undefined);
  }

  /** What a stage keeps for a key, window by window, read from what its runner has committed. */
  async stateOf(stage: StageId, key: unknown, kept: KeptState): Promise<readonly StateOfKey[]> {
    return (await this.#stages.get(stage)?.instance().stateful?.stateOf(key, kept)) ?? [];
  }

  progress(bundle: BundleId): BundleProgress | undefined {
    return this.#running.get(bundle)?.progress();
  }

  finalize(bundle: BundleId): void | Promise<void> {
    return this.#callbacks.run(bundle, this.#options.clock.monotonic());
  }

  split(bundle: BundleId, desired: DesiredSplit): BundleSplit | undefined {
    return this.#running.get(bundle)?.split(desired);
  }

  abort(bundle: BundleId): void {
    this.#running.get(bundle)?.abort();
  }

  mergeAccumulators(stage: StageId, groups: Frame): Frame | Promise<Frame> {
    return this.#throughStage(stage, groups);
  }

  mergeWindows(stage: StageId, windows: Frame): Frame | Promise<Frame> {
    return this.#throughStage(stage, windows);
  }

  /** A stage that merges is a stage like others, and answers with one frame. */
  #throughStage(stage: StageId, groups: Frame): Frame | Promise<Frame> {
    const source = this.#descriptors.get(stage)?.transforms[0];
    if (source === undefined) {
      throw new StrahlError('protocolBroken', { title: `the stage ${stage} was never registered` });
    }
    const outcome = this.process({
      bundle: `merge ${String(this.#merges++)}` as BundleId,
      stage,
      inputs: [{ transform: source.id, frames: [groups] }],
      timers: [],
      times: NO_TIMES,
      state: NO_STATE,
      limits: { elements: Infinity, outputBytes: Infinity, time: duration(Infinity) },
      signal: this.#never.signal,
    });
    if (!isThenable(outcome)) return onlyFrame(outcome);
    return outcome.then(onlyFrame);
  }

  #merges = 0;
  readonly #never = new AbortController();

  mapWindows(stage: StageId, windows: Frame): Frame | Promise<Frame> {
    return this.#throughStage(stage, windows);
  }

  /**
   * For runners that need not say what they commit: what they took is taken for committed once they are done
   * with it in order.
   */
  finalizeRest(): void | Promise<void> {
    return this.#callbacks.runAll();
  }

  async close(): Promise<void> {
    const instances = [...this.#idle.values()].flat();
    this.#idle.clear();
    const closing = await Promise.allSettled(instances.map((instance) => instance.close()));
    const failed = closing.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason as Error;
  }
}

/** A stage that merges has one output; a long answer comes in several frames, which are joined. */
function onlyFrame({ outputs }: BundleOutcome): Frame {
  return joinFrames(outputs.flatMap(({ frames }) => frames));
}

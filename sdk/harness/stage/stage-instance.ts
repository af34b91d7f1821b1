import type {
  BundleOutcome,
  BundleProgress,
  BundleRequest,
  BundleSplit,
  DesiredSplit,
  MetricUpdate,
  StageFrames,
} from '#portability/fnapi/connection.js';
import { isStrahlError, StrahlError } from '#portability/errors.js';
import { noteFailedMetrics } from '#portability/fnapi/failed-metrics.js';
import type { TransformId } from '#portability/model/ids.js';
import type { ReadLoop } from '../compile/node.js';
import { TIMESTAMP_MIN } from '#portability/model/time.js';
import { isThenable } from '../answers.js';
import type { CountOperator } from '../operators/count-operator.js';
import { CreateOperator } from '../operators/create-operator.js';
import type { Operator } from '../operators/operator.js';
import { RestrictionRun } from '../restrictions/restriction-run.js';
import type { SinkOperator } from '../operators/sink-operator.js';
import type { StageInput } from '../operators/stage-input.js';
import { StatefulOperator } from '../stateful/stateful-operator.js';
import { BundleFeed } from './bundle-feed.js';
import { abortError, BundleScope, type CommitCallback, type HarnessClock } from './bundle-scope.js';
import { inTurn } from './in-turn.js';
import { LoopShare } from './loop-share.js';
import { Outflow } from './outflow.js';
import type { RunningStage } from './running-stage.js';

/** Elements between two looks at the clock. */
const BUDGET = 2048;

/** What an instance is made of. */
export interface InstanceParts {
  readonly stage: RunningStage;
  /** In topological order. */
  readonly operators: readonly Operator[];
  readonly inputs: readonly StageInput[];
  readonly sinks: readonly SinkOperator[];
  /** Of collections that nothing else counts. */
  readonly counters: readonly CountOperator[];
}

/**
 * One instance of a compiled stage: runs one bundle at a time.
 *
 *   I1. While everything is synchronous and short, `process` answers without a promise.
 *   I2. After a failure the instance is never used again (BND-2).
 *   I3. What a failed bundle counted goes with its error (MET-1).
 */
export class StageInstance {
  readonly #parts: InstanceParts;
  readonly #clock: HarnessClock;
  #bundle: BundleScope | undefined;
  /** Absent where all outputs wait for the end of the bundle. */
  #outflow: Outflow | undefined;
  readonly #share = new LoopShare();
  /** What the running bundle reads, by input. */
  readonly #feeds = new Map<TransformId, BundleFeed>();

  constructor(parts: InstanceParts, clock: HarnessClock) {
    this.#parts = parts;
    this.#clock = clock;
    parts.stage.sinks = parts.sinks;
    for (const { step } of parts.operators) step.metrics.now = () => clock.now();
  }

  /** The step that keeps state, if there is one: it is the root (FUS-2). */
  get stateful(): StatefulOperator | undefined {
    return this.#parts.operators.find((operator) => operator instanceof StatefulOperator);
  }

  /** Commit callbacks of the bundle that ran last. */
  get callbacks(): readonly CommitCallback[] {
    return this.#bundle?.callbacks ?? [];
  }

  process(request: BundleRequest): BundleOutcome | Promise<BundleOutcome> {
    const { stage } = this.#parts;
    const bundle = new BundleScope(request, this.#clock);
    const { outlet } = request;
    this.#bundle = bundle;
    this.#outflow = outlet === undefined ? undefined : new Outflow(outlet, this.#parts.sinks);
    bundle.throwIfAborted();
    stage.open(bundle);
    try {
      const pending = this.#run(request);
      if (isThenable(pending)) return this.#later(pending, bundle);
      return this.#outcome(bundle);
    } catch (e) {
      noteFailedMetrics(e, this.#metrics());
      throw e;
    }
  }

  #run(request: BundleRequest): void | Promise<void> {
    const { operators } = this.#parts;
    return inTurn([
      () => inTurn(operators.map((operator) => () => operator.startBundle())),
      () => inTurn(request.inputs.map((input) => () => this.#feed(input))),
      () => inTurn(operators.map((operator) => () => operator.finishBundle())),
    ]);
  }

  async #later(pending: Promise<void>, bundle: BundleScope): Promise<BundleOutcome> {
    const { stage } = this.#parts;
    const onAbort = (): void => {
      stage.fail(abortError(bundle.signal));
    };
    bundle.signal.addEventListener('abort', onAbort);
    const stop = this.#outflow?.inTime(this.#clock, (e) => {
      stage.fail(asStrahlError(e));
    });
    try {
      await stage.guard(pending);
      return this.#outcome(bundle);
    } catch (e) {
      // Whatever still runs finds the stage failed and emits nothing any more (R4 of `running-stage.ts`).
      stage.fail(asStrahlError(e));
      noteFailedMetrics(e, this.#metrics());
      throw e;
    } finally {
      stop?.();
      bundle.signal.removeEventListener('abort', onAbort);
    }
  }

  abort(): void {
    this.#bundle?.abort();
    if (this.#bundle !== undefined) this.#parts.stage.fail(abortError(this.#bundle.signal));
  }

  #feed({ transform, frames, supply }: StageFrames): void | Promise<void> {
    const input = this.#parts.inputs.find(({ step }) => step.transform === transform);
    if (input === undefined) {
      throw new StrahlError('protocolBroken', {
        title: `elements came for ${transform}, which is not an input of the stage`,
      });
    }
    const feed = new BundleFeed(input, frames, supply, this.#root);
    this.#feeds.set(transform, feed);
    return this.#feedOn(feed, input);
  }

  #feedOn(feed: BundleFeed, input: StageInput): void | Promise<void> {
    for (;;) {
      const opened = feed.open();
      if (opened === false) return;
      const pending = opened === true ? this.#pump(input.loop) : opened;
      if (isThenable(pending)) return this.#feedLater(pending, feed, input);
    }
  }

  async #feedLater(pending: Promise<void>, feed: BundleFeed, input: StageInput): Promise<void> {
    await this.#parts.stage.guard(pending);
    for (;;) {
      const opened = feed.open();
      if (opened === false) return;
      if (opened === true) await this.#pump(input.loop);
      else await this.#parts.stage.guard(opened);
    }
  }

  /** Gives a part of the running bundle back; `undefined` if there is nothing to give (SDF-3). */
  split(desired: DesiredSplit): BundleSplit | undefined {
    const { stage } = this.#parts;
    if (stage.failure !== undefined) return undefined;
    return this.#feeds.get(desired.transform)?.split(desired);
  }

  /** Reads until nothing is left; goes on asynchronously from the first pause on. */
  #pump(loop: ReadLoop): void | Promise<void> {
    for (;;) {
      const answer = this.#advance(loop);
      if (answer === true) return;
      const pause = answer === false ? this.#pause() : answer;
      if (pause !== undefined) return this.#pumpLater(loop, pause);
    }
  }

  async #pumpLater(loop: ReadLoop, pause: Promise<void>): Promise<void> {
    const { stage } = this.#parts;
    await stage.guard(pause);
    for (;;) {
      const answer = this.#advance(loop);
      if (answer === true) return;
      const next = answer === false ? this.#pause() : answer;
      if (next !== undefined) await stage.guard(next);
    }
  }

  /** Does some work; `true` when the frame is read and nothing of it is unfinished. */
  #advance(loop: ReadLoop): boolean | Promise<void> {
    const { stage } = this.#parts;
    const work = stage.unfinished[0];
    if (work === undefined) return stage.blocked === 0 && loop(this.#share.next(BUDGET));
    if (this.#isBlocked()) return false;
    const answer = work.advance();
    if (answer !== true) return answer;
    stage.settleFirst();
    return false;
  }

  /** Whether anything but unfinished work asks the root to stop feeding. */
  #isBlocked(): boolean {
    const { stage } = this.#parts;
    return stage.blocked > stage.unfinished.length;
  }

  /** Why the root should not go on at once, if there is a reason. */
  #pause(): Promise<void> | undefined {
    const { stage } = this.#parts;
    const { bundle } = stage;
    bundle.throwIfAborted();
    stage.throwIfFailed();
    if (this.#isBlocked()) return stage.wait();
    const sending = this.#outflow?.full();
    if (sending !== undefined) return sending;
    return bundle.sliceIsOver() ? bundle.breathe() : undefined;
  }

  #outcome(bundle: BundleScope): BundleOutcome {
    const { stage, sinks, operators, inputs, counters } = this.#parts;
    stage.throwIfFailed();
    bundle.throwIfAborted();
    const metrics = this.#metrics();
    const outputs = sinks
      .map((sink) => ({ transform: sink.step.transform, frames: sink.take() }))
      .filter(({ frames }) => frames.length > 0);
    for (const { step } of operators) step.metrics.reset();
    for (const counting of [...inputs, ...counters]) counting.count = 0;
    stage.close();
    this.#feeds.clear();
    const finalize = bundle.callbacks.length > 0;
    const timers = operators.flatMap((o) => (o instanceof StatefulOperator ? o.takeTimers() : []));
    return { outputs, residuals: bundle.residuals, timers, metrics, finalize };
  }

  #metrics(): readonly MetricUpdate[] {
    const { operators, sinks, inputs, counters, stage } = this.#parts;
    const metrics: MetricUpdate[] = [];
    const { latestTime } = stage;
    if (latestTime > TIMESTAMP_MIN) metrics.push({ kind: 'event-time', value: latestTime });
    for (const { step } of operators) step.metrics.collect(step.transform, metrics);
    for (const { pcollection, count } of [...inputs, ...sinks, ...counters, ...this.#emitted()]) {
      if (count > 0) metrics.push({ kind: 'element-count', pcollection, value: count });
    }
    return metrics;
  }

  get #root(): RestrictionRun | undefined {
    return this.#parts.operators.find((operator) => operator instanceof RestrictionRun);
  }

  /** What a source emitted into the stage; a sink on the same collection counts it already. */
  #emitted(): readonly { readonly pcollection: string; readonly count: number }[] {
    const { sinks, stage, operators } = this.#parts;
    const source = this.#root ?? operators.find((operator) => operator instanceof CreateOperator);
    const pcollection = source?.step.output;
    if (pcollection === undefined || sinks.some((sink) => sink.pcollection === pcollection)) {
      return [];
    }
    return [{ pcollection, count: stage.bundle.emitted }];
  }

  progress(): BundleProgress {
    const fraction = this.#root?.fraction();
    const waiting = this.#parts.operators.filter((o) => o.isWaiting).map((o) => o.step.transform);
    return {
      metrics: this.#metrics(),
      ...(fraction === undefined ? {} : { fraction }),
      ...(waiting.length === 0 ? {} : { waiting }),
    };
  }

  /** Tears the functions down; all of them, also when one fails. */
  async close(): Promise<void> {
    const closing = this.#parts.operators.map(async (operator) => operator.close());
    const failed = (await Promise.allSettled(closing)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason as Error;
  }
}

function asStrahlError(e: unknown): StrahlError {
  return isStrahlError(e) ? e : new StrahlError('userCodeThrew', { title: String(e), cause: e });
}

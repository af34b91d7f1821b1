import { isStrahlError } from '#portability/errors.js';
import type { Duration, EventTime } from '#portability/model/time.js';
import type { TimeLike } from '../../dofn/dofn.js';
import { durationIn } from '../../dofn/duration-text.js';
import type { SplittableContext } from '../../dofn/splittable.js';
import { toEventTime } from '../../dofn/time-like.js';
import type { UserRestrictions, WireRestriction } from '../plan/restriction-spec.js';
import type { SideInputs } from '../side-inputs/side-inputs.js';
import type { RunningStage, Unfinished } from '../stage/running-stage.js';
import { WatermarkEstimate, type EstimateState } from '../stage/watermark-estimate.js';
import { completed } from '../steps/completed-error.js';
import { splittableContext } from '../steps/splittable-context.js';
import type { Step } from '../steps/step.js';
import { checkOutputTime } from '../windows/output-time.js';
import { isThenable } from '../answers.js';
import { ClaimPace } from './claim-pace.js';
import {
  RestrictionRun,
  type RestrictionInput,
  type RestrictionSplit,
  type RestState,
  type SizedRestriction,
} from './restriction-run.js';
import { fractionDone, inputPosition, type UserTracker } from './tracker-progress.js';
import { unfinished } from './unfinished-restriction.js';

type CallState =
  /** Nothing of the restriction is claimed yet. */
  | 'fresh'
  | 'claimed'
  /** A claim was refused: the call has to end. */
  | 'refused'
  /** No call runs: a late emit has no restriction that it could belong to. */
  | 'idle';

/** A part of the restriction that this bundle has processed, with the state that its call started from. */
type Processed = readonly [tracker: UserTracker, state: EstimateState | null];

/**
 * Calls a user's splittable function. `claim` is where the bundle ends: it obeys the limits of the bundle,
 * and it ends a call early to let the event loop run; such a call is repeated in the same bundle with the
 * rest of the restriction. Functions that use `ready` are rarely ended so.
 *
 *   C1. Whatever ends a call, what it claimed and what goes back together are the restriction (SDF-2).
 *   C2. A split while a call runs shortens what that call may claim; it learns of it by its next claim.
 */
export class SplittableOperator extends RestrictionRun implements Unfinished {
  readonly #restrictions: UserRestrictions;
  readonly #sides: SideInputs | undefined;
  readonly #context: SplittableContext<unknown, unknown>;
  readonly #estimate: WatermarkEstimate;
  readonly #pace: ClaimPace;
  #state: CallState = 'idle';
  #tracker: UserTracker | undefined;
  /** In this bundle; the last one is that of `#tracker`. */
  #processed: Processed[] = [];
  /** What a refused claim left over. */
  #rest: unknown = undefined;
  #resumeAfter: Duration | undefined;
  #emitted = false;

  constructor(
    stage: RunningStage,
    step: Step,
    restrictions: UserRestrictions,
    input: RestrictionInput,
    sides: SideInputs | undefined,
  ) {
    super(stage, step, input);
    this.#restrictions = restrictions;
    this.#sides = sides;
    this.#estimate = new WatermarkEstimate(restrictions.spec, () => stage.bundle.clock.now());
    this.#pace = new ClaimPace(stage);
    this.#context = this.#contextOf();
  }

  #contextOf(): SplittableContext<unknown, unknown> {
    const calls = {
      claim: (position: unknown) => this.#claim(position),
      emit: (value: unknown, timestamp?: TimeLike) => {
        this.#emit(value, timestamp);
      },
      watermark: (t: TimeLike) => {
        this.#guarded(() => this.#estimate.promise(toEventTime(t)));
      },
      resumeAfter: (d: unknown) => {
        const ms = durationIn(d, 'the delay of resumeAfter');
        this.#resumeAfter = Math.max(0, ms) as Duration;
      },
      ready: () => this.#pace.ready(),
    };
    return splittableContext(calls, this.stage, this.step, () => this.at);
  }

  override startBundle(): void {
    this.#sides?.forget();
  }

  protected begin(): void {
    const [restriction, state] = this.sized[0][1] as WireRestriction;
    this.#estimate.start(state, this.at.timestamp);
    this.#processed = [];
    this.#track(restriction, state);
    this.stage.defer(this);
  }

  #track(restriction: unknown, state: EstimateState | null): void {
    this.#tracker = this.#guarded(() => this.#restrictions.factory.start(restriction));
    this.#processed.push([this.#tracker, state]);
  }

  protected untouched(): RestState {
    this.#estimate.start((this.sized[0][1] as WireRestriction)[1], this.at.timestamp);
    return { watermark: this.#guarded(() => this.#estimate.current()) };
  }

  advance(): boolean | Promise<void> {
    if (this.#tracker === undefined) return true;
    const sides = this.#sides?.now(this.at.windows[0]!);
    if (this.#sides !== undefined && sides === undefined) {
      return this.#sides.fetch(this.at.windows[0]!);
    }
    const answer = this.#call(this.#tracker.restriction, sides);
    if (!isThenable(answer)) return this.#returned();
    return answer.then(
      // Without the pause that it was refused for, the next call would be refused at once.
      () => (this.#returned() ? undefined : this.#pace.pause()),
      (e: unknown) => {
        throw this.#wrapped(e);
      },
    );
  }

  #call(restriction: unknown, sides: unknown): void | Promise<void> {
    this.#state = 'fresh';
    this.#rest = undefined;
    this.#resumeAfter = undefined;
    this.#emitted = false;
    this.#pace.reset();
    const element = this.sized[0][0];
    return this.#guarded(() =>
      this.#restrictions.spec.process(element, restriction, this.#context, sides),
    );
  }

  /** The call ended: the restriction is finished, goes on in this bundle, or goes back. */
  #returned(): boolean {
    const { stage } = this;
    stage.throwIfFailed();
    this.#state = 'idle';
    const tracker = this.#tracker!;
    let rest = this.#rest;
    if (rest === undefined && this.#resumeAfter !== undefined) {
      rest = this.#guarded(() =>
        tracker.checkpoint === undefined ? tracker.split(0) : tracker.checkpoint(),
      );
    }
    if (rest === undefined) {
      if (!this.#guarded(() => tracker.isDone())) {
        throw unfinished(this.step, this.sized[0][0], this.#resumeAfter !== undefined);
      }
      return this.#end();
    }
    if (this.#resumeAfter !== undefined) {
      this.#estimate.paused(this.#emitted);
      this.giveBack(this.#sizedOf(rest), { ...this.#reached(), resumeAfter: this.#resumeAfter });
      // "At once" can only mean: as soon as this bundle is committed.
      if (this.#resumeAfter === 0) stage.bundle.limitReached = true;
      return this.#end();
    }
    if (stage.bundle.limitReached) {
      this.giveBack(this.#sizedOf(rest), this.#reached());
      return this.#end();
    }
    this.#track(rest, this.#estimate.state);
    return false;
  }

  #end(): true {
    this.#tracker = undefined;
    return true;
  }

  #reached(): RestState {
    const watermark = this.#guarded(() => this.#estimate.current());
    return { watermark, idle: this.#estimate.idle };
  }

  #sizedOf(restriction: unknown): SizedRestriction {
    return this.#sized(restriction, this.#estimate.state);
  }

  #sized(restriction: unknown, state: EstimateState | null): SizedRestriction {
    const element = this.sized[0][0];
    const size = this.#guarded(() => this.#restrictions.size(restriction, element));
    return [[element, [restriction, state]], size];
  }

  #claim(position: unknown): boolean {
    const tracker = this.#tracker;
    if (tracker === undefined || this.#state === 'idle')
      this.#violated('claimed after its call ended');
    if (this.#state === 'refused') this.#violated('claimed after a claim was refused');
    if (!this.#pace.mayGoOn(this.#state === 'fresh') && this.#restrictions.factory.canSplit) {
      this.#rest = this.#guarded(() =>
        tracker.stopBefore === undefined ? tracker.split(0) : tracker.stopBefore(position),
      );
    }
    let granted = false;
    try {
      granted = this.#rest === undefined && tracker.claim(position);
    } catch (e) {
      throw this.#wrapped(e);
    }
    this.#state = granted ? 'claimed' : 'refused';
    return granted;
  }

  #emit(value: unknown, time: TimeLike | undefined): void {
    if (this.#state !== 'claimed') this.#violated('emitted without a claim');
    const { stage, at } = this;
    try {
      stage.timestamp = time === undefined ? this.#defaultTime() : toEventTime(time);
      stage.windows = at.windows;
      stage.pane = at.pane;
      if (time !== undefined) {
        checkOutputTime(this.step, stage.timestamp, at.timestamp, 0, value);
        stage.noteGiven(stage.timestamp);
      }
      if (this.#estimate.observes) this.#estimate.observe(stage.timestamp);
    } catch (e) {
      throw this.#wrapped(e);
    }
    this.#emitted = true;
    this.#pace.emitted();
    try {
      this.emits[0]!(value);
    } catch (e) {
      throw this.#failed(e as Error);
    }
  }

  #defaultTime(): EventTime {
    if (this.#restrictions.spec.defaultTime === 'element') return this.at.timestamp;
    const now = this.#estimate.current();
    return now > this.at.timestamp ? now : this.at.timestamp;
  }

  #guarded<T>(f: () => T): T {
    try {
      return f();
    } catch (e) {
      throw this.#wrapped(e);
    }
  }

  /** The function could catch what its context throws: the bundle must fail all the same. */
  #wrapped(e: unknown): Error {
    return this.#failed(this.step.wrap(e, { value: this.sized[0][0] }));
  }

  #failed(e: Error): Error {
    const [restriction] = this.sized[0][1] as WireRestriction;
    const { spec } = this.#restrictions;
    const at = { position: inputPosition(spec, this.#tracker, restriction) };
    const error = isStrahlError(e) ? completed(e, at) : e;
    this.stage.fail(error as never);
    return error;
  }

  #violated(what: string): never {
    const error = this.step.error('claimViolated', {
      title: `the function ${what}`,
      why: 'each position must be claimed before what starts there is emitted, in increasing order',
    });
    throw this.#failed(error);
  }

  split(fractionOfRemainder: number): RestrictionSplit | undefined {
    // SDF-3: after the last claim there is nothing to split.
    if (this.#tracker === undefined || this.#state === 'refused') return undefined;
    const residual = this.#guarded(() => this.#tracker!.split(fractionOfRemainder));
    if (residual === undefined) return undefined;
    return {
      primaries: this.#processed.map(([{ restriction }, state]) =>
        this.frame(this.#sized(restriction, state)),
      ),
      residual: this.residual(this.#sizedOf(residual), this.#reached()),
    };
  }

  get isActive(): boolean {
    return this.#tracker !== undefined;
  }

  fraction(): number | undefined {
    return fractionDone(this.#tracker);
  }
}

import { TIMESTAMP_MIN, type Duration, type EventTime } from '#portability/model/time.js';
import type { ReadContext, SourceSpec } from '../../dofn/source.js';
import type { TimeLike } from '../../dofn/dofn.js';
import { toEventTime } from '../../dofn/time-like.js';
import type { RunningStage, Unfinished } from '../running-stage.js';
import type { Step } from '../step.js';
import { isThenable } from './async-queue.js';
import { RestrictionRun, type RestrictionInput } from './restriction-run.js';

/** Claims and outputs between two looks at clock and sizes. */
const LOOK_EVERY = 1024;
/**
 * Looks in a row that let a read go on although it should pause: one that uses `ready` pauses by itself
 * at its next piece, which is cheaper than to be refused and called again.
 */
const PATIENT_LOOKS = 8;

type ReadState =
  /** Nothing of the restriction is claimed yet. */
  | 'fresh'
  | 'claimed'
  /** A claim was refused: the read has to end. */
  | 'refused'
  /** No read runs: a late emit has no restriction that it could belong to. */
  | 'idle';

/**
 * Reads a restriction with a source's own function. `claim` is where the bundle ends: it obeys the
 * limits of the bundle, and it ends a read early to let the event loop run; such a read goes on in the
 * same bundle with the rest of the restriction (S3). Reads that use `ready` are rarely ended so.
 */
export class SourceOperator extends RestrictionRun implements Unfinished {
  readonly #source: SourceSpec<unknown, unknown>;
  readonly #context: ReadContext<unknown>;
  #state: ReadState = 'idle';
  /** Where the current call of `read` starts. */
  #from = 0;
  /** The last position that was claimed, or the one that was refused. */
  #position = 0;
  #untilLook = LOOK_EVERY;
  /** Whether the source was ever seen to use `ready`. */
  #asks = false;
  #patience = PATIENT_LOOKS;
  #finished = false;
  #watermark: EventTime = TIMESTAMP_MIN;
  #resumeAfter: Duration | undefined;

  constructor(
    stage: RunningStage,
    step: Step,
    source: SourceSpec<unknown, unknown>,
    input: RestrictionInput,
  ) {
    super(stage, step, source, input);
    this.#source = source;
    this.#context = this.#contextOf();
  }

  /** Functions that can be taken out of the object, as `read(r, { claim, emit })` does. */
  #contextOf(): ReadContext<unknown> {
    const { stage, step } = this;
    return {
      claim: (position) => this.#claim(position),
      emit: (value, timestamp) => {
        this.#emit(value, timestamp);
      },
      watermark: (t) => {
        this.#promise(toEventTime(t));
      },
      resumeAfter: (d) => {
        this.#resumeAfter = d;
      },
      ready: () => this.#ready(),
      metrics: step.metrics,
      get signal() {
        return stage.bundle.signal;
      },
      onBundleCommitted: (f) => {
        stage.bundle.callbacks.push(f);
      },
    };
  }

  protected begin(): void {
    this.#from = this.restriction.from;
    this.#finished = false;
    this.#watermark = this.at.timestamp;
    this.stage.defer(this);
  }

  advance(): boolean | Promise<void> {
    if (this.#finished) return true;
    this.#state = 'fresh';
    this.#position = this.#from;
    this.#resumeAfter = undefined;
    this.#patience = PATIENT_LOOKS;
    let answer: void | Promise<void>;
    try {
      answer = this.#source.read({ ...this.restriction, from: this.#from }, this.#context);
    } catch (e) {
      throw this.step.wrap(e);
    }
    if (!isThenable(answer)) return this.#returned();
    return answer.then(
      // Without the pause that it was refused for, the next call would be refused at once.
      () => (this.#returned() ? undefined : this.#pause()),
      (e: unknown) => {
        throw this.step.wrap(e);
      },
    );
  }

  /** The call ended: the restriction is finished, goes on in this bundle, or goes back. */
  #returned(): boolean {
    const state = this.#state;
    this.stage.throwIfFailed();
    this.#state = 'idle';
    this.#finished = true;
    if (state === 'refused') {
      if (this.#position >= this.restriction.to) return true;
      if (this.stage.bundle.limitReached) this.giveBack(this.#position, this.#watermark);
      else {
        this.#from = this.#position;
        this.#finished = false;
      }
    } else if (this.#resumeAfter !== undefined) {
      const rest = state === 'fresh' ? this.#from : this.#position + 1;
      this.giveBack(rest, this.#watermark, this.#resumeAfter);
      // "At once" can only mean: as soon as this bundle is committed.
      if (this.#resumeAfter <= 0) this.stage.bundle.limitReached = true;
    }
    return this.#finished;
  }

  #claim(position: number): boolean {
    if (this.#state === 'refused') return false;
    const first = this.#state === 'fresh';
    const least = first ? this.#from : this.#position;
    if (this.#state === 'idle' || !(first ? position >= least : position > least)) {
      this.#violated(`claimed ${String(position)} after ${String(this.#position)}`);
    }
    this.#position = position;
    if (position < this.restriction.to && this.#mayGoOn(first)) {
      this.#state = 'claimed';
      return true;
    }
    this.#state = 'refused';
    return false;
  }

  #mayGoOn(first: boolean): boolean {
    const { bundle } = this.stage;
    if (bundle.emitted >= bundle.limits.elements) bundle.limitReached = true;
    else if (--this.#untilLook <= 0) return this.#look(first);
    // A bundle that could claim nothing would be repeated for ever.
    return first || !bundle.limitReached;
  }

  #look(first: boolean): boolean {
    const { stage } = this;
    const { bundle } = stage;
    this.#untilLook = LOOK_EVERY;
    bundle.throwIfAborted();
    stage.throwIfFailed();
    if (bundle.isOverLimit(stage)) bundle.limitReached = true;
    return first || !(bundle.limitReached || this.#mustPause());
  }

  #mustPause(): boolean {
    if (!this.#shouldPause()) return false;
    return !this.#asks || --this.#patience < 0;
  }

  #shouldPause(): boolean {
    return this.#isBlocked() || this.stage.bundle.sliceIsOver();
  }

  /** Whether anything but this read itself asks the root to stop feeding (R2). */
  #isBlocked(): boolean {
    return this.stage.blocked > this.stage.unfinished.length;
  }

  #emit(value: unknown, time: TimeLike | undefined): void {
    if (this.#state !== 'claimed') this.#violated('emitted without a claim');
    const { stage, at } = this;
    stage.timestamp = time === undefined ? this.#defaultTime() : toEventTime(time);
    stage.windows = at.windows;
    stage.pane = at.pane;
    stage.bundle.emitted++;
    this.#untilLook--;
    try {
      this.emits[0]!(value);
    } catch (e) {
      // The source could catch it: the bundle must fail all the same.
      stage.fail(e as never);
      throw e;
    }
  }

  #defaultTime(): EventTime {
    return this.#source.boundedness === 'bounded' ? TIMESTAMP_MIN : this.#watermark;
  }

  #promise(t: EventTime): void {
    if (t > this.#watermark) this.#watermark = t;
  }

  #ready(): Promise<void> | undefined {
    this.#asks = true;
    this.#patience = PATIENT_LOOKS;
    return this.#pause();
  }

  #pause(): Promise<void> | undefined {
    return this.#shouldPause() ? this.#wait() : undefined;
  }

  async #wait(): Promise<void> {
    const { stage } = this;
    await stage.bundle.breathe();
    while (this.#isBlocked()) {
      stage.throwIfFailed();
      await stage.wait();
    }
    stage.throwIfFailed();
    stage.bundle.throwIfAborted();
  }

  #violated(what: string): never {
    const { from, to } = this.restriction;
    throw this.step.error('claimViolated', {
      title: `the source ${what} in the restriction [${String(from)}, ${String(to)})`,
      why: 'each position must be claimed before what starts there is emitted, in increasing order',
    });
  }

  fraction(): number | undefined {
    const { from, to } = this.restriction;
    return Number.isFinite(to) && to > from
      ? Math.max(0, this.#position - from) / (to - from)
      : undefined;
  }
}

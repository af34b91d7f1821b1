import type {
  BundleLimits,
  BundleRequest,
  BundleTimes,
  Residual,
  StateAccess,
} from '#portability/fnapi/connection.js';
import { StrahlError } from '#portability/errors.js';
import type { BundleId } from '#portability/model/ids.js';
import type { BundleCallback, CommitOptions } from '../../dofn/dofn.js';
import { durationIn } from '../../dofn/duration-text.js';
import type { MachineClock } from '../../dofn/machine-clock.js';

/** The clock of the process in which the harness runs; tests own it. */
export interface HarnessClock extends MachineClock {
  /** Milliseconds from an arbitrary point; never moves back. */
  monotonic(): number;
  /** Lets timers and I/O run. */
  yield(): Promise<void>;
}

/** Synchronous work may hold the event loop for this long, in milliseconds. */
const SLICE_MS = 10;

/** What a function wants to be called after the commit of its bundle. */
export interface CommitCallback {
  readonly run: BundleCallback;
  /** On the harness's clock, in milliseconds since the epoch. */
  readonly until: number;
}

const DEFAULT_WITHIN = '1h';

/** One bundle while it runs: its limits, its callbacks and its residuals. */
export class BundleScope {
  readonly id: BundleId;
  readonly clock: HarnessClock;
  readonly state: StateAccess;
  readonly request: BundleRequest;
  readonly times: BundleTimes;
  readonly limits: BundleLimits;
  readonly signal: AbortSignal;
  readonly callbacks: CommitCallback[] = [];
  readonly residuals: Residual[] = [];
  /** Elements that sources emitted. */
  emitted = 0;
  /** The split order is due: restrictions go back instead of being claimed. */
  limitReached = false;
  readonly #started: number;
  #sliceStarted: number;
  #aborted = false;

  constructor(request: BundleRequest, clock: HarnessClock) {
    this.id = request.bundle;
    this.clock = clock;
    this.state = request.state;
    this.request = request;
    this.times = request.times;
    this.limits = request.limits;
    this.signal = request.signal;
    this.#started = clock.monotonic();
    this.#sliceStarted = this.#started;
  }

  abort(): void {
    this.#aborted = true;
  }

  /** SDF-7: to be run after the commit, unless that comes too late. */
  onCommitted(run: BundleCallback, { within = DEFAULT_WITHIN }: CommitOptions = {}): void {
    const ms = durationIn(within, 'within of onBundleCommitted');
    this.callbacks.push({ run, until: this.clock.monotonic() + ms });
  }

  get aborted(): boolean {
    return this.#aborted || this.signal.aborted;
  }

  /** @throws STRAHL-7102 after `abort` or when the job is cancelled. */
  throwIfAborted(): void {
    if (this.aborted) throw abortError(this.signal);
  }

  /** Whether the standing split order says that the bundle has run or written enough. */
  isOverLimit(stage: { outputBytes(): number }): boolean {
    return (
      this.clock.monotonic() - this.#started >= this.limits.time ||
      stage.outputBytes() >= this.limits.outputBytes
    );
  }

  /** Whether other tasks of the process have waited for long enough. */
  sliceIsOver(): boolean {
    return this.clock.monotonic() - this.#sliceStarted >= SLICE_MS;
  }

  /** Lets timers and I/O run, then starts a new slice. */
  async breathe(): Promise<void> {
    await this.clock.yield();
    this.#sliceStarted = this.clock.monotonic();
  }
}

export function abortError(signal: AbortSignal): StrahlError {
  return new StrahlError('jobCancelled', {
    title: 'the bundle was ended before it was complete; nothing of it is visible',
    ...(signal.aborted && signal.reason !== undefined ? { cause: signal.reason as unknown } : {}),
  });
}

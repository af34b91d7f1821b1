import type { TransformId } from '#portability/model/ids.js';
import type { ProcessingTime } from '#portability/model/time.js';
import type { TestStreamEvent } from '#portability/model/transform-spec.js';

/**
 * All that the engine may know of the world. Injected, so that a whole job runs from one seed.
 * A simulated `Env` makes each `await` of it a point where others may run, or a crash may happen.
 */
export interface Env {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  random(): number;
  /** A new identifier, unique in this world. */
  id(prefix: string): string;
  /** Lets timers, I/O and other tasks run. */
  yield(label: string): Promise<void>;
  /** How far the clocks of all user code are ahead of this one, in milliseconds; absent where they are this one. */
  workersAhead?(): number;
  /**
   * An event of a driven test stream; asked for when the whole job is quiet, so that who is asked knows
   * that what he gave before is over. `undefined` ends the stream.
   */
  nextTestEvent?(place: TestEventPlace): Promise<TestStreamEvent | undefined>;
}

/** Which event of a driven test stream is asked for. */
export interface TestEventPlace {
  readonly stream: TransformId;
  /** From 0. Each output of a stream asks for all events of it. */
  readonly position: number;
}

export interface Clock {
  now(): ProcessingTime;
  /** Milliseconds from an arbitrary point; never moves back. */
  monotonic(): number;
  /** Resolves at `t`, or when `signal` is aborted. */
  sleepUntil(t: ProcessingTime, signal: AbortSignal): Promise<void>;
}

/** A clock that a test stream moves; no real clock is read then (TST-1). */
export interface TestClock extends Clock {
  /** Moves the clock and wakes whoever slept until then. Never moves it back. */
  advanceTo(t: ProcessingTime): void;
}

export function isTestClock(clock: Clock): clock is TestClock {
  return 'advanceTo' in clock;
}

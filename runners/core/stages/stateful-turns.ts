import type { ProcessingTime } from '#portability/model/time.js';
import type { KeyedInput } from '../bundle.js';
import type { TakeLimits } from '../input/pending.js';
import type { StatefulInput } from '../input/stateful-input.js';
import type { StatefulStage } from '../plan/plan.js';
import type { KeyedState } from '../state/keyed-state.js';
import type { Watermarks } from '../time/watermarks.js';
import type { DueBatch } from '../timers/due-batch.js';
import type { StageTimers } from '../timers/stage-timers.js';
import type { StageHost } from './running-stage.js';

/** Keys of an expired window that are told of its end, or forgotten, in one step. */
const EXPIRED_AT_ONCE = 20_000;
/** Timers that fire in one bundle; where they are looked up by number, and where they become bytes. */
const FIRED_AT_ONCE = 1 << 18;
const ENCODED_AT_ONCE = 8192;
/** Bundles of elements after which due timers have their turn, whatever still waits (TMR-5). */
const BEFORE_TIMERS = 16;
/** What a bundle reads and writes stays in the caches of the processor until it is committed. */
const BUNDLE_BYTES = 512 * 1024;

/** What a stage with state works on. */
export interface StatefulWork {
  readonly state: KeyedState;
  readonly timers: StageTimers;
  readonly input: StatefulInput;
  readonly watermarks: Watermarks;
}

/** Whose turn it is in a stage with state: elements, timers, or the keys of a window that is over. */
export class StatefulTurns {
  readonly #planned: StatefulStage;
  readonly #work: StatefulWork;
  /** What fired last: it tells where user code is. */
  #fired: DueBatch | undefined;
  /** Bundles of elements since timers had their turn. */
  #sinceTimers = 0;

  constructor(planned: StatefulStage, work: StatefulWork) {
    this.#planned = planned;
    this.#work = work;
  }

  isDue(now: ProcessingTime): boolean {
    const { input, state, watermarks } = this.#work;
    return (
      input.isDue() ||
      this.#timersAreDue(now) ||
      state.windows.expired(watermarks.input) !== undefined
    );
  }

  /**
   * Timers that were due when the first waiting element came, and are before the least one, come first; then
   * elements, then the other due timers, then the ends of windows (TMR-4, TMR-11). That ends come behind elements
   * is no rule: what waits keeps the watermark from passing its window, so it is in none that is over, or is late and
   * dropped in either order.
   */
  take({ env, policy }: StageHost): KeyedInput {
    const { input, timers, watermarks } = this.#work;
    const now = env.clock.now();
    const limits = policy.take();
    const elements = input.isDue();
    if (this.#timersAreDue(now)) {
      const { least, reached } = input;
      const event = timers.least('event-time');
      const first = event <= reached && event < least;
      if (first || !elements || this.#sinceTimers >= BEFORE_TIMERS) {
        this.#sinceTimers = 0;
        const watermark = watermarks.input;
        const upTo = first ? { reached, before: least } : { reached: watermark, before: Infinity };
        const times = { ...upTo, now, watermark, ahead: env.workersAhead?.() ?? 0 };
        const most = this.#fired?.isEncoded === false ? FIRED_AT_ONCE : ENCODED_AT_ONCE;
        const due = timers.fire(times, Math.min(limits.elements, most));
        this.#fired = due;
        return { kind: 'keyed', frames: [], due, places: due, expired: false };
      }
    }
    if (!elements) return this.#expire();
    this.#sinceTimers++;
    const { bytes, elements: count } = limits;
    const frames = this.#elements({ bytes: Math.min(bytes, BUNDLE_BYTES), elements: count });
    const places: number[] = [];
    if (this.#planned.expiration !== undefined) this.#keep(frames, places);
    return { kind: 'keyed', frames, due: timers.none(), places, expired: false };
  }

  #elements(limits: TakeLimits): KeyedInput['frames'] {
    const { input, state } = this.#work;
    return input.take(limits, state.places.size);
  }

  /** TMR-11: a key that had an element is owed the end of its window. */
  #keep(frames: KeyedInput['frames'], places: number[]): void {
    const { input, state } = this.#work;
    input.eachKey(frames, (bytes, windowStart, windowEnd, start, end, hash) => {
      const window = state.windows.at(bytes, windowStart, windowEnd);
      places.push(state.place(window, bytes, start, end, hash));
    });
  }

  #expire(): KeyedInput {
    const { state, timers, watermarks } = this.#work;
    const nothing = { kind: 'keyed', frames: [], due: timers.none() } as const;
    const window = state.windows.expired(watermarks.input);
    if (window === undefined) return { ...nothing, places: [], expired: false };
    const places: number[] = [];
    let place = state.places.first(window.id);
    for (; place >= 0 && places.length < EXPIRED_AT_ONCE; place = state.places.next(place)) {
      places.push(place);
    }
    const { expiration } = this.#planned;
    if (expiration === undefined) return { ...nothing, places, expired: true };
    return { ...nothing, due: timers.expire(expiration, places), places, expired: true };
  }

  #timersAreDue(now: ProcessingTime): boolean {
    const { timers, watermarks } = this.#work;
    return timers.least('event-time') <= watermarks.input || timers.least('processing-time') <= now;
  }
}

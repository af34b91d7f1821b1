import type { StrahlError } from '#portability/errors.js';
import {
  addDuration,
  formatTime,
  isValidTime,
  minTime,
  type Duration,
  type EventTime,
} from '#portability/model/time.js';
import type { Pane } from '#portability/model/panes.js';
import type { TimeDomain } from '#portability/model/transform-spec.js';
import type { Window } from '#portability/model/windows.js';
import type { TimeLike } from '../../dofn/dofn.js';
import { durationIn, type DurationLike } from '../../dofn/duration-text.js';
import { toEventTime } from '../../dofn/time-like.js';
import type { Timer, TimerFamily, TimerOptions } from '../../dofn/timers.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import type { BundleTimers } from './bundle-timers.js';
import type { KeyScope } from './key-scope.js';
import type { TimerLine } from './timer-line.js';

/** What the timers of a step ask about the call that sets them. */
export interface TimerSurroundings {
  readonly stage: RunningStage;
  readonly step: Step;
  readonly scope: KeyScope;
  readonly timers: BundleTimers;
  /** Of the element or timer whose call sets them: what the stage is at may have moved on meanwhile. */
  readonly timestamp: EventTime;
  readonly pane: Pane;
  /** What `after` counts from in event time: the element's timestamp, or the fire time of a timer. */
  readonly base: EventTime;
  /** The callback of an event timer runs. */
  readonly isFiring: boolean;
  /** The window is over: no timer of it can fire any more. */
  readonly isExpiring: boolean;
}

/** A timer of the key in scope. It reaches the runner with the key's other writes. */
export class TimerHandle implements Timer {
  readonly #around: TimerSurroundings;
  readonly #line: TimerLine;
  readonly #name: string;
  readonly #domain: TimeDomain;
  readonly #tag: string;
  #lastText: DurationLike = 0;
  #lastDuration: Duration = 0 as Duration;

  constructor(around: TimerSurroundings, name: string, domain: TimeDomain, tag = '') {
    this.#around = around;
    this.#line = around.timers.line(name);
    this.#name = name;
    this.#domain = domain;
    this.#tag = tag;
  }

  at(time: TimeLike, o?: TimerOptions): void {
    const fire = this.#timeOf(time, 'the time');
    const { window, expiry } = this.#around.scope;
    if (this.#domain === 'event-time' && fire > expiry) {
      throw this.#refuse(
        `Attempted to set an event-time timer with a firing timestamp of ${formatTime(fire)} that is ` +
          `after the expiration of window ${windowText(window)}, ${formatTime(expiry)}`,
        'set it to the end of the window at the latest, or use .after(…), which ends with the window',
      );
    }
    this.#set(fire, o);
  }

  after(d: DurationLike, o?: TimerOptions): void {
    const length = this.#durationOf(d);
    const { stage, scope, base, isFiring } = this.#around;
    if (this.#domain === 'processing-time') {
      this.#set((stage.bundle.clock.now() + length) as EventTime, o);
      return;
    }
    const { expiry } = scope;
    // TMR-7: clipped. A timer that fires at the very end has nothing more to wait for: it would loop.
    if (isFiring && base >= expiry && length > 0) return;
    this.#set(minTime(addDuration(base, length), expiry), o);
  }

  clear(): void {
    const { timers, scope, step } = this.#around;
    scope.requireOpen(step);
    timers.clear(scope, this.#line, this.#tag);
  }

  #set(fire: EventTime, o: TimerOptions | undefined): void {
    const { pane, timers, scope, step, isExpiring } = this.#around;
    scope.requireOpen(step);
    if (isExpiring) throw this.#refuse('the window is over, so no timer of it can fire');
    const hold = o?.outputTimestamp === undefined ? this.#defaultHold(fire) : this.#holdOf(o);
    timers.set(scope, this.#line, this.#tag, fire, hold, pane);
  }

  /** TMR-6 */
  #defaultHold(fire: EventTime): EventTime {
    return this.#domain === 'event-time' ? fire : this.#around.timestamp;
  }

  #holdOf({ outputTimestamp }: TimerOptions): number {
    if (outputTimestamp === 'none' || outputTimestamp === undefined) return NaN;
    const hold = this.#timeOf(outputTimestamp, 'the output timestamp');
    const { timestamp, scope } = this.#around;
    if (hold >= timestamp && hold <= scope.expiry) return hold;
    throw this.#refuse(
      `its output timestamp ${formatTime(hold)} lies outside of [${formatTime(timestamp)}, ` +
        `${formatTime(scope.expiry)}], from what sets it to the expiration of the window`,
      "give a time between, or 'none'",
    );
  }

  #timeOf(time: TimeLike, what: string): EventTime {
    if (typeof time === 'number' && isValidTime(time)) return time;
    try {
      return toEventTime(time);
    } catch (cause) {
      throw this.#refuse(`${what} is not a time`, TIME_FIX, cause);
    }
  }

  #durationOf(d: DurationLike): Duration {
    if (d === this.#lastText) return this.#lastDuration;
    const length = this.#checkedDuration(d);
    this.#lastText = d;
    this.#lastDuration = length;
    return length;
  }

  #checkedDuration(d: DurationLike): Duration {
    let length: Duration;
    try {
      length = durationIn(d, 'the time to wait');
    } catch (cause) {
      throw this.#refuse('the time to wait is not a duration', "write for example '30s'", cause);
    }
    if (length >= 0) return length;
    throw this.#refuse(`it is to wait ${String(length)} ms`, 'wait for 0 ms or more');
  }

  #refuse(why: string, fix?: string, cause?: unknown): StrahlError {
    return this.#around.step.error('invalidTimer', {
      title: `timer "${this.#name}" cannot be set: ${why}`,
      ...(fix === undefined ? {} : { fix }),
      ...(cause === undefined ? {} : { cause }),
    });
  }
}

/** Timers of the key in scope, by tag. */
export class TimerFamilyHandle implements TimerFamily {
  readonly #make: (tag: string) => TimerHandle;
  #last: { readonly tag: string; readonly timer: TimerHandle } | undefined;

  constructor(around: TimerSurroundings, name: string, domain: TimeDomain) {
    this.#make = (tag) => new TimerHandle(around, name, domain, tag);
  }

  get(tag: string): TimerHandle {
    if (this.#last?.tag !== tag) this.#last = { tag, timer: this.#make(tag) };
    return this.#last.timer;
  }
}

const TIME_FIX =
  'give milliseconds since 1970, a valid Date, or an object with epochMilliseconds; or .after(…)';

function windowText(window: Window): string {
  if (window.kind !== 'interval') return window.kind;
  return `[${formatTime(window.start)}, ${formatTime(window.end)})`;
}

import type { TimerFrame } from '#portability/fnapi/connection.js';
import type { DirectTimers } from '#portability/fnapi/direct-state.js';
import { NO_TIMES } from '#portability/fnapi/no-state.js';
import type { TransformId } from '#portability/model/ids.js';
import type { Pane } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import type { TimeDomain } from '#portability/model/transform-spec.js';
import { latin1Of } from '#portability/wire/native-buffer.js';
import type { BundleScope } from '../stage/bundle-scope.js';
import { DueTimers, type DueTimer } from './due-timers.js';
import type { FiredTimers } from './fired-timers.js';
import type { KeyScope } from './key-scope.js';
import type { TimerLine } from './timer-line.js';
import { TimerOutput, type TimerSetting } from './timer-output.js';

/** Timers set in a bundle that may fire in it; the others wait for the next bundle (TMR-5). */
const ROUNDS = 1000;

/**
 * What the timers of a bundle come to.
 *
 *   T1. Of what a bundle says about one timer the last counts (TMR-1): a timer that was set or cleared in
 *       the bundle does not fire from what the runner gave before.
 *   T2. A timer that is due when it is set fires in the same bundle; for the runner it is cleared.
 *   T3. A runner that tells no clocks tells of them by what it lets fire: they have come at least so far (TMR-4).
 */
export class BundleTimers {
  readonly #lines: ReadonlyMap<string, TimerLine>;
  readonly #fired: FiredTimers;
  readonly #due = new DueTimers();
  /** Timers that the bundle has set or cleared while others that the runner gave were still to fire. */
  readonly #changed = new Set<string>();
  #direct: DirectTimers | undefined;
  #order = 0;
  #rounds = 0;
  #hasFired = false;

  constructor(
    transform: TransformId,
    domains: ReadonlyMap<string, TimeDomain>,
    fired: FiredTimers,
  ) {
    this.#lines = new Map(
      [...domains].map(([family, domain]) => {
        const output = new TimerOutput(transform, family);
        return [family, { family, domain, output, limit: Infinity, number: -1 }];
      }),
    );
    this.#fired = fired;
  }

  open({ state, times, request }: Pick<BundleScope, 'state' | 'times' | 'request'>): void {
    const direct = state.timers;
    this.#direct = direct;
    for (const line of this.#lines.values()) {
      line.limit = line.domain === 'event-time' ? times.input : times.processing;
      line.number = direct?.familyNumber(line.family) ?? -1;
    }
    if (direct === undefined) {
      this.#fired.openFrames(request.timers);
      if (times === NO_TIMES && request.timers.length > 0) this.#inferLimits();
    } else this.#fired.openDue(direct.due);
    this.#hasFired = this.#fired.peek();
    this.#changed.clear();
    this.#rounds = 0;
  }

  /** T3. */
  #inferLimits(): void {
    for (const domain of ['event-time', 'processing-time'] as const) {
      const lines = [...this.#lines.values()].filter((line) => line.domain === domain);
      const latest = this.#fired.latest(new Set(lines.map(({ family }) => family)));
      for (const line of lines) line.limit = Math.max(line.limit, latest);
    }
  }

  line(family: string): TimerLine {
    return this.#lines.get(family)!;
  }

  /** @param hold NaN: none */
  set(
    scope: KeyScope,
    line: TimerLine,
    tag: string,
    fire: EventTime,
    hold: number,
    pane: Pane,
  ): void {
    if (fire > line.limit) {
      if (this.#due.size > 0 || this.#hasFired) this.#forget(scope, line, tag);
      if (this.#direct !== undefined) {
        this.#direct.set(scope.place, line.number, tag, fire, hold, pane);
      } else line.output.set(scope, tag, settingOf(fire, hold, pane));
      return;
    }
    this.#note(scope, line, tag);
    this.#drop(scope, line, tag);
    this.#due.set(this.#dueTimer(scope, line, tag, settingOf(fire, hold, pane)));
  }

  clear(scope: KeyScope, line: TimerLine, tag: string): void {
    this.#forget(scope, line, tag);
    this.#drop(scope, line, tag);
  }

  /** The timer that fires next: one that was set in this bundle, or the one that `fired` stands at. */
  next(): DueTimer | FiredTimers | undefined {
    const given = this.#nextGiven();
    const due = this.#rounds < ROUNDS ? this.#due.peek() : undefined;
    if (due === undefined || (given && !this.#isBeforeGiven(due))) {
      if (!given) return undefined;
      this.#fired.shift();
      return this.#fired;
    }
    this.#rounds++;
    return this.#due.shift();
  }

  /** What the runner is to keep, and starts anew. */
  take(): readonly TimerFrame[] {
    for (const { family, located, windowBytes, tag, ...setting } of this.#due.rest()) {
      const key = Uint8Array.from(located.bytes.subarray(located.start, located.end));
      this.#lines.get(family)!.output.setAt(key, windowBytes, tag, setting);
    }
    return [...this.#lines.values()].flatMap(({ output }) => output.take());
  }

  #drop(scope: KeyScope, line: TimerLine, tag: string): void {
    if (this.#direct === undefined) line.output.clear(scope, tag);
    else this.#direct.clear(scope.place, line.number, tag);
  }

  #nextGiven(): boolean {
    while (this.#hasFired && this.#fired.peek()) {
      if (this.#changed.size === 0 || !this.#changed.has(this.#idOfFired())) return true;
      this.#fired.shift();
    }
    return false;
  }

  /** TMR-4; of equal times what was set earlier comes first. */
  #isBeforeGiven({ domain, fire }: DueTimer): boolean {
    const given = this.#lines.get(this.#fired.family)!.domain;
    if (domain !== given) return domain === 'event-time';
    const { fire: time, family, last } = this.#fired;
    return fire < time || (fire === time && family === last);
  }

  #note(scope: KeyScope, { family }: TimerLine, tag: string): void {
    if (this.#hasFired) this.#changed.add(idOf(scope, family, tag));
  }

  #forget(scope: KeyScope, line: TimerLine, tag: string): void {
    if (this.#due.size > 0) this.#due.clear(idOf(scope, line.family, tag));
    this.#note(scope, line, tag);
  }

  #dueTimer(
    scope: KeyScope,
    { domain, family }: TimerLine,
    tag: string,
    setting: TimerSetting,
  ): DueTimer {
    const { hash, ownKeyBytes: bytes, window, windowBytes } = scope;
    const place = scope.direct === undefined ? -1 : scope.place;
    const id = idOf(scope, family, tag);
    const located = { place, hash, bytes, start: 0, end: bytes.length };
    const order = family === this.#fired.last ? Infinity : this.#order++;
    return { ...setting, id, domain, family, tag, located, window, windowBytes, order };
  }

  #idOfFired(): string {
    const { family, tag, place, bytes, start, end, windowBytes } = this.#fired;
    if (place >= 0) return atPlace(place, family, tag);
    return joined(family, tag, bytes.subarray(start, end), windowBytes);
  }
}

function settingOf(fire: EventTime, hold: number, pane: Pane): TimerSetting {
  return { fire, hold: Number.isNaN(hold) ? undefined : (hold as EventTime), pane };
}

/** TMR-1, of timers of one bundle alone. */
function idOf(scope: KeyScope, family: string, tag: string): string {
  if (scope.direct !== undefined) return atPlace(scope.place, family, tag);
  return joined(family, tag, scope.ownKeyBytes, scope.windowBytes);
}

function atPlace(place: number, family: string, tag: string): string {
  return `${String(place)} ${family} ${tag}`;
}

function joined(family: string, tag: string, key: Uint8Array, window: Uint8Array): string {
  return JSON.stringify([family, tag, latin1Of(key), latin1Of(window)]);
}

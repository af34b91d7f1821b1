import type { BundleTimes, TimerFrame } from '#portability/fnapi/connection.js';
import type { TransformId } from '#portability/model/ids.js';
import type { TimeDomain } from '#portability/model/transform-spec.js';
import { DueTimers, type DueTimer } from './due-timers.js';
import type { FiredTimers } from './fired-timers.js';
import type { KeyScope } from './key-scope.js';
import { TimerOutput, type TimerSetting } from './timer-output.js';

/** Timers set in a bundle that may fire in it; the others wait for the next bundle (TMR-5). */
const ROUNDS = 1000;

/**
 * What the timers of a bundle come to.
 *
 *   T1. Of what a bundle says about one timer the last counts (TMR-1): a timer that was set or cleared in
 *       the bundle does not fire from what the runner gave before.
 *   T2. A timer that is due when it is set fires in the same bundle; for the runner it is cleared.
 */
export class BundleTimers {
  readonly #outputs: ReadonlyMap<string, TimerOutput>;
  readonly #domains: ReadonlyMap<string, TimeDomain>;
  readonly #fired: FiredTimers;
  readonly #due = new DueTimers();
  /** Timers that the bundle has set or cleared while others that the runner gave were still to fire. */
  readonly #changed = new Set<string>();
  #times: BundleTimes;
  #order = 0;
  #rounds = 0;
  #hasFired = false;

  constructor(
    transform: TransformId,
    domains: ReadonlyMap<string, TimeDomain>,
    fired: FiredTimers,
    times: BundleTimes,
  ) {
    this.#domains = domains;
    this.#outputs = new Map([...domains.keys()].map((f) => [f, new TimerOutput(transform, f)]));
    this.#fired = fired;
    this.#times = times;
  }

  open(frames: readonly TimerFrame[], times: BundleTimes): void {
    this.#times = times;
    this.#fired.open(frames);
    this.#hasFired = frames.length > 0;
    this.#changed.clear();
    this.#rounds = 0;
  }

  set(scope: KeyScope, family: string, tag: string, setting: TimerSetting): void {
    const domain = this.#domains.get(family)!;
    const limit = domain === 'event-time' ? this.#times.input : this.#times.processing;
    if (setting.fire > limit) {
      this.#forget(scope, family, tag);
      this.#keep(scope, family, tag, setting);
      return;
    }
    this.#note(scope, family, tag);
    this.#drop(scope, family, tag);
    this.#due.set(this.#dueTimer(scope, domain, family, tag, setting));
  }

  clear(scope: KeyScope, family: string, tag: string): void {
    this.#forget(scope, family, tag);
    this.#drop(scope, family, tag);
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
      this.#outputs.get(family)!.setAt(key, windowBytes, tag, setting);
    }
    return [...this.#outputs.values()].flatMap((output) => output.take());
  }

  /** Gives a timer to the runner: at once where it is in this process, else with the outcome. */
  #keep(scope: KeyScope, family: string, tag: string, setting: TimerSetting): void {
    const direct = scope.state.timers;
    if (direct === undefined) {
      this.#outputs.get(family)!.set(scope, tag, setting);
      return;
    }
    const { fire, hold = NaN, pane } = setting;
    direct.set(scope.place, direct.familyNumber(family), tag, fire, hold, pane);
  }

  #drop(scope: KeyScope, family: string, tag: string): void {
    const direct = scope.state.timers;
    if (direct === undefined) this.#outputs.get(family)!.clear(scope, tag);
    else direct.clear(scope.place, direct.familyNumber(family), tag);
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
    const given = this.#domains.get(this.#fired.family)!;
    if (domain !== given) return domain === 'event-time';
    return fire < this.#fired.fire;
  }

  #note(scope: KeyScope, family: string, tag: string): void {
    if (this.#hasFired) this.#changed.add(idOf(scope, family, tag));
  }

  #forget(scope: KeyScope, family: string, tag: string): void {
    if (this.#due.size > 0) this.#due.clear(idOf(scope, family, tag));
    this.#note(scope, family, tag);
  }

  #dueTimer(
    scope: KeyScope,
    domain: TimeDomain,
    family: string,
    tag: string,
    setting: TimerSetting,
  ): DueTimer {
    const { key, hash, ownKeyBytes: bytes, window, windowBytes } = scope;
    const id = idOf(scope, family, tag);
    const located = { key, hash, bytes, start: 0, end: bytes.length };
    const order = this.#order++;
    return { ...setting, id, domain, family, tag, located, window, windowBytes, order };
  }

  #idOfFired(): string {
    const { family, tag, bytes, start, end, windowBytes } = this.#fired;
    return joined(family, tag, bytes.subarray(start, end), windowBytes);
  }
}

/** TMR-1, of timers of one bundle alone. */
function idOf({ ownKeyBytes, windowBytes }: KeyScope, family: string, tag: string): string {
  return joined(family, tag, ownKeyBytes, windowBytes);
}

function joined(family: string, tag: string, key: Uint8Array, window: Uint8Array): string {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  return JSON.stringify([family, tag, text(key), text(window)]);
}

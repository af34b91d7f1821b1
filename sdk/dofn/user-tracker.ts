import { StrahlError } from '#portability/errors.js';
import type {
  Progress,
  RestrictionTracker,
  Tracker,
  TrackerFactory,
} from './restriction-tracker.js';

/**
 * How restrictions of any shape are claimed and split. The functions are pure: what was claimed last is
 * given to them, `undefined` at first. A refused position counts as claimed last, too.
 *
 * @example
 * ```ts
 * import { tracker, type TrackerFunctions } from 'strahl';
 * interface Letters { readonly todo: string }
 * const letters: TrackerFunctions<Letters, number> = {
 *   claim: ({ todo }, position) => position < todo.length,
 *   split: ({ todo }, fraction, last = -1) => {
 *     const at = last + 1 + Math.floor((todo.length - last - 1) * fraction);
 *     return at < todo.length ? [{ todo: todo.slice(0, at) }, { todo: todo.slice(at) }] : undefined;
 *   },
 *   done: ({ todo }, last = -1) => last >= todo.length - 1,
 * };
 * export const byLetter = tracker(letters);
 * ```
 */
export interface TrackerFunctions<R, P> {
  /** Whether `position` belongs to `r`. Throws for a position that may not follow `last`. */
  claim(r: R, position: P, last: P | undefined): boolean;
  /**
   * Two restrictions that together are exactly `r`; the first holds all up to `last` and `fraction`, 0…1, of
   * the rest. `undefined`: nothing can be given away. Without it, `r` is never split. Nobody else can tell whether the
   * two are `r`: what is in neither is lost, what is in both is done twice.
   */
  split?(r: R, fraction: number, last: P | undefined): readonly [R, R] | undefined;
  /** How much of `r` is done and left. Default: unknown. */
  progress?(r: R, last: P | undefined): Progress;
  /** Whether all of `r` is claimed, so that its call may return. */
  done(r: R, last: P | undefined): boolean;
}

/**
 * A tracker of one's own, for restrictions that are not a range of numbers.
 *
 * @throws STRAHL-9002 without the functions `claim` and `done`
 *
 * @example
 * ```ts
 * import { tracker } from 'strahl';
 * interface Todo { readonly items: readonly string[] }
 * export const items = tracker<Todo, number>({
 *   claim: (r, position) => position < r.items.length,
 *   split: (r, fraction, last = -1) => {
 *     const at = last + 1 + Math.floor((r.items.length - last - 1) * fraction);
 *     if (at >= r.items.length) return undefined;
 *     return [{ items: r.items.slice(0, at) }, { items: r.items.slice(at) }];
 *   },
 *   done: (r, last = -1) => last >= r.items.length - 1,
 * });
 * ```
 */
export function tracker<R, P>(functions: TrackerFunctions<R, P>): Tracker<R, P> {
  const { claim, done } = (functions as Partial<TrackerFunctions<R, P>> | undefined) ?? {};
  if (typeof claim !== 'function' || typeof done !== 'function') {
    throw new StrahlError('badValue', {
      title: 'a tracker needs the functions claim and done',
      fix: 'tracker({ claim: (r, position) => …, split: (r, fraction, last) => …, done: (r, last) => … })',
    });
  }
  const made: TrackerFactory<R, P> & Tracker<R, P> = {
    canSplit: functions.split !== undefined,
    start: (r) => new UserTracker(functions, r),
  };
  return Object.freeze(made);
}

class UserTracker<R, P> implements RestrictionTracker<R, P> {
  restriction: R;
  readonly #functions: TrackerFunctions<R, P>;
  #last: P | undefined = undefined;
  #refused = false;

  constructor(functions: TrackerFunctions<R, P>, restriction: R) {
    this.#functions = functions;
    this.restriction = restriction;
  }

  claim(position: P): boolean {
    if (this.#refused) {
      throw new StrahlError('claimViolated', {
        title: 'a position was claimed after another one was refused',
        why: 'a refused claim ends the call',
      });
    }
    const granted = this.#functions.claim(this.restriction, position, this.#last);
    this.#last = position;
    this.#refused = !granted;
    return granted;
  }

  split(fraction: number): R | undefined {
    if (this.#refused || this.isDone()) return undefined;
    const parts = this.#functions.split?.(this.restriction, fraction, this.#last);
    if (parts === undefined) return undefined;
    // Callers without a compiler may give anything.
    if (!Array.isArray(parts) || (parts as readonly R[]).length !== 2) {
      throw new StrahlError('badRestriction', {
        title: 'the split of a tracker gave no two restrictions',
        fix: 'return [primary, residual], or undefined if there is nothing to give away',
      });
    }
    const [primary, residual] = parts;
    this.restriction = primary;
    return residual;
  }

  progress(): Progress | undefined {
    return this.#functions.progress?.(this.restriction, this.#last);
  }

  isDone(): boolean {
    return this.#functions.done(this.restriction, this.#last);
  }
}

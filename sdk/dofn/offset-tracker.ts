import { StrahlError } from '#portability/errors.js';
import { checkOffsetParts } from './offset-parts.js';
import type {
  Progress,
  RestrictionTracker,
  Tracker,
  TrackerFactory,
} from './restriction-tracker.js';

/**
 * Positions [from, to). A `to` of `Infinity` or `Number.MAX_SAFE_INTEGER` is an end that nobody knows.
 *
 * @example
 * ```ts
 * import type { OffsetRange } from 'strahl';
 * const halves = ({ from, to }: OffsetRange): readonly OffsetRange[] => {
 *   const middle = Math.floor((from + to) / 2);
 *   return [{ from, to: middle }, { from: middle, to }];
 * };
 * ```
 */
export interface OffsetRange {
  /** The first position. */
  readonly from: number;
  /** The first position behind the range. */
  readonly to: number;
}

/** How a range of numbers is tracked, beside the defaults. */
interface Setting<R> {
  /** Splits fall on multiples of it. Default: of what the distances of the claims have in common. */
  readonly step?: number;
  /** Where an open range is taken to end now. */
  readonly end?: (r: R) => number;
  /** Whether a call may return although nothing says that no further position follows. */
  readonly sparse?: boolean;
}

/**
 * Claims numbers in increasing order. A restriction may have further fields; its parts keep them.
 *
 * Splits fall only where a position may start: on multiples of `step`, or, if it is not given, at distances
 * that all claims so far had in common. So a source that claims every hundredth number (pages of 100 rows,
 * say) is never split within a page.
 *
 * @param o.step the distance between positions
 * @throws STRAHL-9002 for a `step` that is not a whole number above 0
 *
 * @example
 * ```ts
 * import { offsetRange, source } from 'strahl';
 * export const evens = source({
 *   bounded: 'bounded',
 *   tracker: offsetRange({ step: 2 }),
 *   initial: () => ({ from: 0, to: 1000 }),
 *   read: (r, { claim, emit }) => {
 *     for (let i = r.from; claim(i); i += 2) emit(i);
 *   },
 * });
 * ```
 */
export function offsetRange<R extends OffsetRange = OffsetRange>(
  o: { readonly step?: number } = {},
): Tracker<R, number> {
  const { step } = o;
  if (step !== undefined && !(Number.isSafeInteger(step) && step > 0)) {
    throw new StrahlError('badValue', {
      title: `the step of offsetRange is ${String(step)}`,
      fix: 'give a whole number of at least 1, or leave it out',
    });
  }
  return factory(step === undefined ? {} : { step });
}

/**
 * Like `offsetRange`, for ranges whose end grows: a log, a queue. `to` is `Infinity`; `end` estimates where it
 * is now, so that what is known to be there can be split.
 *
 * @param o.end the first position that does not exist yet, as far as known. Default: unknown, so that only
 * all that is not claimed can be split off.
 *
 * @example
 * ```ts
 * import { growableRange, source } from 'strahl';
 * const log: string[] = ['a', 'b'];
 * export const entries = source({
 *   bounded: 'unbounded',
 *   tracker: growableRange({ end: () => log.length }),
 *   initial: () => ({ from: 0, to: Infinity }),
 *   read: (r, { claim, emit, resumeAfter }) => {
 *     for (let i = r.from; i < log.length; i++) {
 *       if (!claim(i)) return;
 *       emit(log[i]!);
 *     }
 *     resumeAfter('1s');
 *   },
 * });
 * ```
 */
export function growableRange<R extends OffsetRange = OffsetRange>(
  o: { readonly end?: (r: R) => number } = {},
): Tracker<R, number> {
  return factory(o);
}

/**
 * A range of which a read knows the end only when it is there: to return is to be done.
 *
 * @internal
 */
export function sparseRange<R extends OffsetRange>(): Tracker<R, number> {
  return factory({ sparse: true });
}

function factory<R extends OffsetRange>(setting: Setting<R>): Tracker<R, number> {
  const made: TrackerFactory<R, number> & Tracker<R, number> = {
    canSplit: true,
    start: (r) => new OffsetTracker(r, setting),
    checkParts: checkOffsetParts,
  };
  return Object.freeze(made);
}

/** @throws STRAHL-1401 for what is not a range */
export class OffsetTracker<R extends OffsetRange> implements RestrictionTracker<R, number> {
  restriction: R;
  /** Its bounds. Each claim looks at them, and restrictions are objects of many shapes. */
  readonly #from: number;
  #to: number;
  readonly #setting: Setting<R>;
  /** The last position that was claimed or refused. */
  #last = -Infinity;
  /** What the distances of claimed positions from the first one have in common; 0: not known yet. */
  #stride: number;

  constructor(restriction: R, setting: Setting<R> = {}) {
    const { from, to } = boundsOf(restriction);
    if (typeof from !== 'number' || typeof to !== 'number' || Number.isNaN(from + to)) {
      throw new StrahlError('noTracker', {
        title: `a restriction without numbers from and to has no tracker`,
        fix: 'give a tracker: tracker({ claim, split, done })',
      });
    }
    this.restriction = restriction;
    this.#from = from;
    this.#to = to;
    this.#setting = setting;
    this.#stride = setting.step ?? 0;
  }

  claim(position: number): boolean {
    const follows = typeof position === 'number' && position > this.#last && position >= this.#from;
    if (!follows || this.#last >= this.#to) this.#violated(position);
    if (this.#stride !== 1 && this.#setting.step === undefined) this.#learn(position - this.#from);
    this.#last = position;
    return position < this.#to;
  }

  #learn(distance: number): void {
    let [a, b] = [this.#stride, distance];
    while (b > 0) [a, b] = [b, a % b];
    this.#stride = a;
  }

  #violated(position: unknown): never {
    const { from, to } = this.restriction;
    const before = this.#last === -Infinity ? '' : ` after ${String(this.#last)}`;
    const over = this.#last >= to;
    throw new StrahlError('claimViolated', {
      title: `${textOf(position)} was claimed${before} in the restriction [${String(from)}, ${String(to)})`,
      why: over
        ? 'a refused claim ends the call'
        : 'each position must be claimed before what starts there is emitted, in increasing order',
    });
  }

  split(fraction: number): R | undefined {
    const { from, to } = this.restriction;
    const claimed = Math.max(this.#last, from - 1);
    if (claimed >= to - 1) return undefined;
    const end = fraction > 0 && isOpen(to) ? this.#end() : to;
    if (Number.isNaN(end)) return undefined;
    const kept = fraction > 0 ? Math.floor((end - claimed) * fraction) : 0;
    const at = this.#aligned(claimed + Math.max(1, kept), fraction);
    return at === undefined || at >= end || at >= to ? undefined : this.#cut(at);
  }

  /** The first place at or behind `at` where a position may start. */
  #aligned(at: number, fraction: number): number | undefined {
    const { from } = this.restriction;
    if (this.#setting.step !== undefined) {
      return Math.ceil(at / this.#setting.step) * this.#setting.step;
    }
    // One claim tells no distance: the next position may be anywhere behind it.
    if (this.#stride === 0) return at === from && fraction === 0 ? at : undefined;
    return from + Math.ceil((at - from) / this.#stride) * this.#stride;
  }

  #end(): number {
    return this.#setting.end?.(this.restriction) ?? NaN;
  }

  /** Behind the last claim the next position may follow at once. */
  checkpoint(): R | undefined {
    const { from, to } = this.restriction;
    const claimed = Math.max(this.#last, from - 1);
    if (claimed >= to - 1) return undefined;
    const at = this.#stride === 0 ? claimed + 1 : this.#aligned(claimed + 1, 0)!;
    return this.#cut(Math.min(at, to));
  }

  stopBefore(position: number): R | undefined {
    const { from, to } = this.restriction;
    if (!(position > this.#last && position >= from)) this.#violated(position);
    if (position >= to) return undefined;
    return this.#cut(position);
  }

  #cut(at: number): R {
    const residual = { ...this.restriction, from: at };
    this.restriction = { ...this.restriction, to: at };
    this.#to = at;
    return residual;
  }

  progress(): Progress | undefined {
    const { from, to } = this.restriction;
    const end = isOpen(to) ? this.#end() : to;
    if (Number.isNaN(end)) return undefined;
    const reached = Math.min(Math.max(this.#last, from), end);
    return { done: Math.max(0, reached - from), left: Math.max(0, end - reached) };
  }

  isDone(): boolean {
    const { from, to } = this.restriction;
    return this.#setting.sparse === true || Math.max(this.#last, from - 1) >= to - 1;
  }
}

function isOpen(to: number): boolean {
  return to >= Number.MAX_SAFE_INTEGER;
}

function textOf(position: unknown): string {
  return typeof position === 'number' ? String(position) : `a position of type ${typeof position}`;
}

/** Restrictions come from users, whose functions may give nothing. */
function boundsOf(restriction: Partial<OffsetRange> | null | undefined): Partial<OffsetRange> {
  return restriction ?? {};
}

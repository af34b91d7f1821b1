import { StrahlError } from '#portability/errors.js';
import type { Bound } from '../../collections/boundedness.js';
import type { Source } from '../../collections/source.js';
import type { OffsetRange } from '../../dofn/offset-tracker.js';
import type { Tracker } from '../../dofn/restriction-tracker.js';
import type { InitialContext, ReadContext, SourceSpec } from '../../dofn/source.js';
import { checkDescription } from '../../graph/option-names.js';
import { siteOfCall } from '../../graph/site.js';
import type { Schema } from '../../schema/schema.js';
import { makeSplittableSource } from './read.js';
import { settingOf, SOURCE_MEMBERS, trackerOf, type RestrictionOptions } from './splittable.js';

/**
 * A source of one's own: what `source` is given.
 *
 * @example
 * ```ts
 * import type { SourceDescription } from 'strahl';
 * type Range = { readonly from: number; readonly to: number };
 * export const numbers: SourceDescription<number, Range, 'bounded'> = {
 *   bounded: 'bounded',
 *   initial: () => ({ from: 0, to: 10 }),
 *   read: (r, { claim, emit }) => {
 *     for (let i = r.from; claim(i); i++) emit(i);
 *   },
 * };
 * ```
 */
export interface SourceDescription<T, R, B extends Bound, P = number> extends RestrictionOptions<
  R,
  P
> {
  /** As it stands in names and errors. Default `source`. */
  readonly name?: string;
  /** Type and coder of the elements. Default: plain data. */
  readonly element?: Schema<T>;
  /** Whether the input ends by itself. */
  readonly bounded: B;
  /** Looks the work up when the job starts. */
  initial(c: InitialContext): R | Promise<R>;
  /**
   * Parts that together cover `r` exactly; `n` is how many are worth having. Default: `r` alone. Ranges `from` and `to`
   * without other differences are compared with `r` (STRAHL-4010); what else is left out is not read, without a word.
   */
  split?(r: R, n: number): Iterable<R> | Promise<Iterable<R>>;
  /** Work in `r`, in any unit that adds up. Default: what the tracker says is left. */
  size?(r: R): number;
  /** What is still to be read of `r` when the job is drained. Default: all if bounded, else nothing. */
  truncate?(r: R): R | undefined;
  /** Claims positions of `r`, each before it emits what starts there, until a claim is refused. */
  read(r: R, c: ReadContext<T, P>): void | Promise<void>;
}

/**
 * A source that can be split. `claim` is the split point: the runner may shrink the restriction while it is
 * read, and a refused claim says that the rest is read elsewhere or later.
 *
 * @throws STRAHL-9002 for a missing function, -1203 for what is no duration
 *
 * @example
 * ```ts
 * import { pipeline, s, source } from 'strahl';
 * const fetchPage = async (n: number): Promise<readonly string[]> => [`row ${String(n)}`];
 * const pages = source({
 *   element: s.string,
 *   bounded: 'bounded',
 *   initial: () => ({ from: 0, to: 1000 }),
 *   async read(r, { claim, emit }) {
 *     for (let i = r.from; claim(i); i += 100) for (const row of await fetchPage(i)) emit(row);
 *   },
 * });
 * export default pipeline('pages', (p) => p.read(pages).log());
 * ```
 */
export function source<T, R extends OffsetRange, const B extends Bound>(
  description: SourceDescription<T, R, B>,
): Source<T, B>;
export function source<T, R, const B extends Bound, P>(
  description: SourceDescription<T, R, B, P> & { readonly tracker: Tracker<R, P> },
): Source<T, B>;
export function source<T, R, B extends Bound, P>(
  description: SourceDescription<T, R, B, P>,
): Source<T, B> {
  const site = siteOfCall(source);
  const where = site === undefined ? {} : { site };
  checkDescription('source', description, SOURCE_MEMBERS, ['initial', 'read'], source);
  const d = description;
  if (d.bounded !== 'bounded' && d.bounded !== 'unbounded') {
    throw new StrahlError('badValue', {
      title: `bounded is ${String(d.bounded)}`,
      ...where,
      fix: "say whether the input ends by itself: bounded: 'bounded' or 'unbounded'",
    });
  }
  return makeSplittableSource<T, B>(specOf(d, site), d.element, d.restriction);
}

/** Parts that can be read side by side on one machine; runners split further where there is more room. */
const WORTHWHILE_PARTS = 16;

function specOf<T, R, B extends Bound, P>(
  d: SourceDescription<T, R, B, P>,
  site: string | undefined,
): SourceSpec<unknown, unknown, unknown> {
  const where = site === undefined ? {} : { site };
  return {
    name: d.name ?? 'source',
    boundedness: d.bounded,
    ...settingOf(d, d.bounded, site),
    tracker: trackerOf(d.tracker, where),
    initial: (c) => d.initial(c),
    ...(d.split === undefined ? {} : { split: (r) => d.split!(r as R, WORTHWHILE_PARTS) }),
    ...(d.size === undefined ? {} : { size: (r) => d.size!(r as R) }),
    ...(d.truncate === undefined ? {} : { truncate: (r) => d.truncate!(r as R) }),
    read: (r, c) => d.read(r as R, c),
  };
}

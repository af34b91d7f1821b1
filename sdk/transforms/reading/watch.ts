import { StrahlError } from '#portability/errors.js';
import type { Duration } from '#portability/model/time.js';
import type { Key } from '../../dofn/dofn.js';
import type {
  Progress,
  RestrictionTracker,
  Tracker,
  TrackerFactory,
} from '../../dofn/restriction-tracker.js';
import type { ReadContext, SourceSpec } from '../../dofn/source.js';
import { durationOf, type DurationLike } from '../../duration.js';
import { PLAIN } from '../../graph/coder-choice.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { checkOptionNames } from '../../graph/option-names.js';
import { checkedList } from '../checks.js';
import { fromImpulse } from './roots.js';

/**
 * How a growing set is watched.
 *
 * @example
 * ```ts
 * import type { WatchOptions } from 'strahl';
 * const hourly: WatchOptions<{ readonly id: string }> = { every: '1h', by: (x) => x.id, until: { silent: '1d' } };
 * ```
 */
export interface WatchOptions<T> {
  /** How long after one look the next one follows. */
  readonly every: DurationLike;
  /** What makes an element the same as one that was there before. */
  readonly by: (x: T) => Key;
  /**
   * When to stop, whatever comes first: after a time, or after a time without anything new. A duration alone is
   * `elapsed`. Default: never.
   */
  readonly until?:
    DurationLike | { readonly elapsed?: DurationLike; readonly silent?: DurationLike };
}

/** What was found so far. It travels as the restriction, so that whoever goes on knows it. */
interface Watching {
  /** Keys of the elements that were emitted, as text. */
  readonly seen: readonly string[];
  readonly startedAt: number;
  /** When something new was found last. */
  readonly foundAt: number;
  /** Whether nobody needs to look again. */
  readonly over: boolean;
}

/**
 * The elements that `poll` gives, each when it is given for the first time, stamped with the time of that look.
 *
 * @throws STRAHL-9002 for a missing function, -1203 for what is no duration above 0
 */
export function watchNode(
  graph: GraphBuilder,
  poll: () => unknown,
  o: WatchOptions<unknown>,
): CollectionNode {
  const { by } = (o as Partial<WatchOptions<unknown>> | undefined) ?? {};
  if (typeof poll !== 'function' || typeof by !== 'function') {
    throw new StrahlError('badValue', {
      title:
        typeof poll === 'function'
          ? 'watch is given no function by'
          : 'watch is given no function that polls',
      ...graph.where('watch'),
      fix: "p.watch(async () => list(), { every: '10s', by: (x) => x.id })",
    });
  }
  const { site } = graph.where('watch');
  const ms = (d: DurationLike, what: string): Duration => durationOf(d, `${what} of watch`, site);
  const every = ms(o.every, 'every');
  if (every <= 0) {
    throw new StrahlError('windowOutOfRange', {
      title: `every of watch is ${String(every)} ms`,
      ...graph.where('watch'),
      fix: "give more than nothing: every: '10s'",
    });
  }
  const { elapsed, silent } = untilOf(graph, o.until);
  const source = watchSource(poll, by, every, {
    elapsed: elapsed === undefined ? Infinity : ms(elapsed, 'until.elapsed'),
    silent: silent === undefined ? Infinity : ms(silent, 'until.silent'),
  });
  const fn = { kind: 'source', source, sides: {}, concurrency: 1, ordered: true } as const;
  return fromImpulse(graph, 'watch', PLAIN, { kind: 'par-do', fn, sides: {} }, 'unbounded');
}

function untilOf(
  graph: GraphBuilder,
  until: WatchOptions<unknown>['until'] = {},
): { readonly elapsed?: DurationLike; readonly silent?: DurationLike } {
  if (typeof until !== 'object') return { elapsed: until };
  checkOptionNames(graph, 'until of watch', until, ['elapsed', 'silent']);
  return until;
}

function watchSource(
  poll: () => unknown,
  by: (x: unknown) => Key,
  every: Duration,
  until: { readonly elapsed: number; readonly silent: number },
): SourceSpec<unknown, unknown> {
  const source: SourceSpec<unknown, Watching, Watching> = {
    name: 'watch',
    boundedness: 'unbounded',
    tracker: GROWTH as Tracker<Watching, Watching>,
    initial: ({ now }) => ({ seen: [], startedAt: now(), foundAt: now(), over: false }),
    size: () => 1,
    async read(r, c) {
      // Whatever comes into being from now on is stamped later.
      const lookedAt = c.now();
      const looked = (await poll()) as Iterable<unknown>;
      const all = checkedList('a look of watch gives an iterable of elements', looked);
      const found = newOnes(all, by, r.seen);
      const foundAt = found.size > 0 ? lookedAt : r.foundAt;
      const over = lookedAt - r.startedAt >= until.elapsed || lookedAt - foundAt >= until.silent;
      const next = { ...r, seen: [...r.seen, ...found.keys()], foundAt, over };
      if (!c.claim(next)) return;
      emitAll(found.values(), lookedAt, c);
      if (!over) c.resumeAfter(every);
    },
  };
  return source as unknown as SourceSpec<unknown, unknown>;
}

function newOnes(
  all: Iterable<unknown>,
  by: (x: unknown) => Key,
  before: readonly string[],
): ReadonlyMap<string, unknown> {
  const seen = new Set(before);
  const found = new Map<string, unknown>();
  for (const x of all) {
    const key = textOf(by(x));
    if (!seen.has(key) && !found.has(key)) found.set(key, x);
  }
  return found;
}

/** Equal keys, and only they, have equal texts. */
function textOf(key: Key): string {
  if (typeof key === 'bigint') return `${String(key)}n`;
  if (key instanceof Uint8Array) return `b${Buffer.from(key).toString('base64')}`;
  return Array.isArray(key) ? `[${key.map(textOf).join(',')}]` : JSON.stringify(key);
}

function emitAll(found: Iterable<unknown>, at: number, c: ReadContext<unknown, Watching>): void {
  for (const x of found) c.emit(x, at);
  c.watermark(at);
}

/**
 * A look is one claim, of what is known after it; the rest of a restriction is what that claim said.
 *
 *   G1. Before the claim all of the work can be given away, after it all further looks.
 */
class GrowthTracker implements RestrictionTracker<Watching, Watching> {
  restriction: Watching;
  #next: Watching | undefined;
  #refused = false;

  constructor(restriction: Watching) {
    this.restriction = restriction;
  }

  claim(next: Watching): boolean {
    if (this.#next !== undefined || this.#refused) {
      throw new StrahlError('claimViolated', { title: 'a look was claimed twice' });
    }
    if (this.restriction.over) this.#refused = true;
    else this.#next = next;
    return !this.#refused;
  }

  split(): Watching | undefined {
    const rest = this.#next ?? this.restriction;
    if (rest.over || this.#refused) return undefined;
    if (this.#next === undefined) this.restriction = { ...this.restriction, over: true };
    else this.#next = { ...this.#next, over: true };
    return rest;
  }

  progress(): Progress {
    return { done: 0, left: this.isDone() ? 0 : 1 };
  }

  isDone(): boolean {
    return this.#refused || this.restriction.over || this.#next?.over === true;
  }
}

const GROWTH: TrackerFactory<Watching, Watching> = Object.freeze({
  canSplit: true,
  start: (r: Watching) => new GrowthTracker(r),
});

import { StrahlError } from '#portability/errors.js';
import type { Duration } from '#portability/model/time.js';
import type { TimeLike } from '../../dofn/dofn.js';
import { growableRange, type OffsetRange } from '../../dofn/offset-tracker.js';
import type { ReadContext, SourceSpec } from '../../dofn/source.js';
import { toEventTime } from '../../dofn/time-like.js';
import { durationOf, type DurationLike } from '../../duration.js';
import type { CoderChoice } from '../../graph/coder-choice.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { fromImpulse } from './roots.js';

/** Ticks [from, to); tick n is due at `start + n · every` milliseconds. */
interface Ticks extends OffsetRange {
  readonly start: number;
}

const INT64: CoderChoice = { kind: 'typed', type: { kind: 'int64', nullable: false } };

/**
 * The numbers from `from` on, one each `every`, stamped with the time at which they are due.
 *
 * @throws STRAHL-9002 for what are no whole numbers with from ≤ to, -1203 for what is no duration above 0
 */
export function tickingSequenceNode(
  graph: GraphBuilder,
  o: { readonly from?: number; readonly to?: number; readonly every: DurationLike },
): CollectionNode {
  const { from = 0, to = Infinity } = o;
  if (!Number.isSafeInteger(from) || !(Number.isSafeInteger(to) || to === Infinity) || to < from) {
    throw new StrahlError('badValue', {
      title: `generateSequence is given from ${String(from)} and to ${String(to)}`,
      ...graph.where('generateSequence'),
      fix: "give whole numbers with from ≤ to: p.generateSequence({ from: 0, every: '1s' })",
    });
  }
  const every = periodOf(graph, o.every, 'generateSequence');
  return ticksNode(graph, {
    name: 'generateSequence',
    every,
    initial: (now) => ({ from: 0, to: to - from, start: now }),
    output: (n) => from + n,
  });
}

/**
 * The times from `from` on, one each `every`, each emitted when the clock reaches it.
 *
 * @throws STRAHL-4002 for what is no time, -1203 for what is no duration above 0
 */
export function periodicImpulseNode(
  graph: GraphBuilder,
  o: {
    readonly every: DurationLike;
    readonly from?: TimeLike;
    readonly to?: TimeLike;
    readonly forReaders?: boolean;
  },
): CollectionNode {
  const { forReaders = false } = o;
  const every = periodOf(graph, o.every, 'periodicImpulse');
  const first = o.from === undefined ? undefined : toEventTime(o.from);
  const last = o.to === undefined ? undefined : toEventTime(o.to);
  return ticksNode(graph, {
    name: 'periodicImpulse',
    every,
    initial: (now) => {
      const start = first ?? now;
      const to = last === undefined ? Infinity : Math.max(0, Math.ceil((last - start) / every));
      return { from: 0, to, start };
    },
    output: (_n, due) => due,
    forReaders,
  });
}

function periodOf(graph: GraphBuilder, every: DurationLike, name: string): Duration {
  const { site } = graph.where(name);
  const ms = durationOf(every, `every of ${name}`, site);
  if (ms > 0) return ms;
  throw new StrahlError('windowOutOfRange', {
    title: `every of ${name} is ${String(ms)} ms`,
    ...graph.where(name),
    fix: "give more than nothing: every: '1s'",
  });
}

interface TickSource {
  readonly name: string;
  readonly every: Duration;
  readonly initial: (now: number) => Ticks;
  readonly output: (n: number, due: number) => number;
  readonly forReaders?: boolean;
}

function ticksNode(graph: GraphBuilder, ticks: TickSource): CollectionNode {
  const source: SourceSpec<number, Ticks> = {
    name: ticks.name,
    boundedness: 'unbounded',
    tracker: growableRange<Ticks>(),
    initial: ({ now }) => ticks.initial(now()),
    size: (r) => (Number.isFinite(r.to) ? r.to - r.from : 1),
    read: (r, c) => {
      emitDue(r, c, ticks);
    },
    ...(ticks.forReaders === true ? { forReaders: true } : {}),
  };
  const fn = {
    kind: 'source',
    source: source as unknown as SourceSpec<unknown, unknown>,
    sides: {},
    concurrency: 1,
    ordered: true,
  } as const;
  return fromImpulse(graph, ticks.name, INT64, { kind: 'par-do', fn, sides: {} }, 'unbounded');
}

/** All that is due, then waits for the next one. The watermark promises what is not due yet. */
function emitDue(r: Ticks, c: ReadContext<number>, { every, output }: TickSource): void {
  for (let n = r.from; ; n++) {
    const due = r.start + n * every;
    const wait = due - c.now();
    if (wait > 0 && n < r.to) {
      c.watermark(due);
      c.resumeAfter(wait);
      return;
    }
    if (!c.claim(n)) return;
    c.emit(output(n, due), due);
  }
}

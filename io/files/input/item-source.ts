import { duration, type Duration } from '#portability/model/time.js';
import type { TimeLike } from '#sdk/dofn/dofn.js';
import { machineClockOf } from '#sdk/dofn/machine-clock.js';
import type { ReadContext, SourceSpec } from '#sdk/dofn/source.js';
import type { WatermarkSetting } from '#sdk/dofn/splittable.js';
import { OPEN_END } from './file-restriction.js';
import { Replay, type Feed, type Piece } from './replay.js';

/** A range of ordinals: the first item is 0. */
export interface ItemRange {
  readonly from: number;
  readonly to: number;
}

/** Items that come in order and only once. */
export interface ItemFormat<T> {
  readonly name: string;
  readonly boundedness: 'bounded' | 'unbounded';
  /** Starts the input; called once per job. */
  open(): Feed<readonly T[]>;
  /** Default: the time at which it comes; of a bounded input, `TIMESTAMP_MIN`. */
  readonly eventTime?: (item: T) => TimeLike;
  /** How far behind the latest time an item may come without being late. Default 0. */
  readonly maxOutOfOrder?: Duration;
  /** Items further ahead of the clock do not move the watermark. */
  readonly maxFutureSkew?: Duration;
  /** After so much silence the input no longer holds the watermark. */
  readonly idleAfter?: Duration | 'never';
}

/** A bundle that has items waits this long for more, so that a slow input still commits what it gave. */
const PATIENCE_MS = 5;
/** A bundle without items waits this long, so that other work gets its turn. */
const IDLE_MS = 50;
const PAUSED = Symbol('paused');
/** What is there already comes within so many promises that resolve one another. */
const MICROTASKS = 8;
/** Items that wait for a commit; with more, a read asks for the end of its bundle. */
const HELD_ITEMS = 65_536;

/**
 * Reads an input that can be pulled only once. Items stay in memory until their bundle is committed, so
 * that a bundle that is repeated gets the same items.
 */
export function itemSource<T>(format: ItemFormat<T>): SourceSpec<T, ItemRange> {
  let replay: Replay<readonly T[]> | undefined;
  return {
    name: format.name,
    boundedness: format.boundedness,
    ...watermarkOf(format),
    initial() {
      replay = undefined;
      return { from: 0, to: OPEN_END };
    },
    // Nobody knows how much is to come; what is known is that it is work.
    size: () => 1,
    async read(range, c) {
      const open = (replay ??= new Replay(format.open()));
      await readItems(open, format.eventTime, range, c);
    },
  };
}

/** Times of their own come with some disorder; without them the clock says how far the input is. */
function watermarkOf<T>(format: ItemFormat<T>): WatermarkSetting {
  const {
    boundedness,
    eventTime,
    maxOutOfOrder = 0 as Duration,
    maxFutureSkew,
    idleAfter,
  } = format;
  if (boundedness === 'bounded') return {};
  if (eventTime === undefined) return { watermark: 'processing-time' };
  return {
    watermark: 'monotonic',
    maxOutOfOrder,
    ...(maxFutureSkew === undefined ? {} : { maxFutureSkew }),
    ...(idleAfter === undefined ? {} : { idleAfter }),
  };
}

async function readItems<T>(
  replay: Replay<readonly T[]>,
  eventTime: ItemFormat<T>['eventTime'],
  range: ItemRange,
  c: ReadContext<T>,
): Promise<void> {
  let position = range.from;
  const commit = (): void => {
    const done = position;
    c.onBundleCommitted(() => {
      replay.release(done);
    });
  };
  while (position < range.to) {
    const piece = await arrival(replay, position, position > range.from, c);
    if (piece === PAUSED) {
      c.resumeAfter(duration(1));
      break;
    }
    if (piece === undefined) {
      c.onBundleCommitted(() => replay.close());
      return;
    }
    for (; position < piece.to; position++) {
      const item = piece.data[position - piece.from] as T;
      if (!c.claim(position)) {
        commit();
        return;
      }
      c.emit(item, eventTime?.(item));
    }
    if (replay.held >= HELD_ITEMS) {
      c.resumeAfter(duration(0));
      break;
    }
    await c.ready();
  }
  commit();
}

/**
 * The piece at `position`, unless it takes too long by the clock of the context. One that comes later is kept by
 * the replay.
 */
async function arrival<D>(
  replay: Replay<D>,
  position: number,
  hasItems: boolean,
  c: ReadContext<never>,
): Promise<Piece<D> | undefined | typeof PAUSED> {
  const coming = replay.at(position);
  const seen = { isOver: false };
  const over = (): void => {
    seen.isOver = true;
  };
  coming.then(over, over);
  for (let i = 0; i < MICROTASKS && !seen.isOver; i++) await Promise.resolve();
  if (seen.isOver) return coming;
  const arrived = new AbortController();
  const paused = machineClockOf(c).sleep(hasItems ? PATIENCE_MS : IDLE_MS, arrived.signal);
  try {
    const piece = await Promise.race([coming, paused.then((): typeof PAUSED => PAUSED)]);
    if (c.signal.aborted) await replay.close();
    c.signal.throwIfAborted();
    return piece;
  } finally {
    arrived.abort();
  }
}

import { duration, type Duration } from '#portability/model/time.js';
import type { TimeLike } from '#sdk/dofn/dofn.js';
import type { ReadContext, SourceSpec } from '#sdk/dofn/source.js';
import { toEventTime } from '#sdk/dofn/time-like.js';
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
  readonly eventTime?: (item: T) => TimeLike;
  /** How far behind the latest time an item may come without being late. Default 0. */
  readonly maxOutOfOrder?: Duration;
}

/** A bundle that has items waits this long for more, so that a slow input still commits what it gave. */
const PATIENCE_MS = 5;
/** A bundle without items waits this long, so that other work gets its turn. */
const IDLE_MS = 50;
const PAUSED = Symbol('paused');
/** Items that wait for a commit; with more, a read asks for the end of its bundle. */
const HELD_ITEMS = 65_536;

/**
 * Reads an input that can be pulled only once. Items stay in memory until their bundle is committed, so
 * that a bundle that is repeated gets the same items.
 */
export function itemSource<T>(format: ItemFormat<T>): SourceSpec<T, ItemRange> {
  let replay: Replay<readonly T[]> | undefined;
  const times = new Times(format);
  return {
    name: format.name,
    boundedness: format.boundedness,
    initial() {
      replay = undefined;
      times.reset();
      return { from: 0, to: OPEN_END };
    },
    // Nobody knows how much is to come; what is known is that it is work.
    size: () => 1,
    async read(range, c) {
      const open = (replay ??= new Replay(format.open()));
      await readItems(open, times, range, c);
    },
  };
}

async function readItems<T>(
  replay: Replay<readonly T[]>,
  times: Times<T>,
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
    const piece = await arrival(replay, position, position > range.from, c.signal);
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
      times.emit(item, c);
    }
    times.promise(c);
    if (replay.held >= HELD_ITEMS) {
      c.resumeAfter(duration(0));
      break;
    }
    await c.ready();
  }
  commit();
}

/** The piece at `position`, unless it takes too long. An item that arrives later is kept by the replay. */
async function arrival<T>(
  replay: Replay<readonly T[]>,
  position: number,
  hasItems: boolean,
  signal: AbortSignal,
): Promise<Piece<readonly T[]> | undefined | typeof PAUSED> {
  let timer: NodeJS.Timeout | undefined;
  const paused = new Promise<typeof PAUSED>((resolve) => {
    timer = setTimeout(resolve, hasItems ? PATIENCE_MS : IDLE_MS, PAUSED);
  });
  try {
    const piece = await Promise.race([replay.at(position), paused]);
    if (signal.aborted) await replay.close();
    signal.throwIfAborted();
    return piece;
  } finally {
    clearTimeout(timer);
  }
}

/** Event times of the items, and the promise that follows from them. */
class Times<T> {
  readonly #eventTime: ((item: T) => TimeLike) | undefined;
  readonly #unbounded: boolean;
  readonly #slack: number;
  #latest = -Infinity;

  constructor(format: ItemFormat<T>) {
    this.#unbounded = format.boundedness === 'unbounded';
    this.#eventTime = format.eventTime;
    this.#slack = format.maxOutOfOrder ?? 0;
  }

  reset(): void {
    this.#latest = -Infinity;
  }

  emit(item: T, c: ReadContext<T>): void {
    if (this.#eventTime === undefined && !this.#unbounded) {
      c.emit(item);
      return;
    }
    const time = toEventTime(this.#eventTime === undefined ? Date.now() : this.#eventTime(item));
    if (time > this.#latest) this.#latest = time;
    c.emit(item, time);
  }

  promise(c: ReadContext<T>): void {
    if (this.#unbounded && Number.isFinite(this.#latest)) c.watermark(this.#latest - this.#slack);
  }
}

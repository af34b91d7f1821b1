import type { Observable, Subscription } from 'rxjs';
import { StrahlError } from '#portability/errors.js';
import type { Bound } from '#sdk/collections/boundedness.js';
import { defineSource, placedAt } from '#sdk/connector.js';
import type { TimeLike } from '#sdk/dofn/dofn.js';
import type { SourceSpec } from '#sdk/dofn/source.js';
import { checkNamesOfCall } from '#sdk/graph/option-names.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { Source } from '#sdk/collections/source.js';
import { notGiven } from '../files/checked-options.js';
import { itemSource, type ItemRange } from '../files/input/item-source.js';
import { STREAM_TIMES, streamTimes, type StreamTimes } from '../files/input/stream-times.js';
import { Buffer, type Overflow } from './buffer.js';

/**
 * Options of `fromObservable`.
 *
 * @example
 * ```ts
 * import { interval } from 'rxjs';
 * import { fromObservable, type FromObservableOptions } from 'strahl/io/observable';
 * const bounded: FromObservableOptions<number> = { capacity: 1_000, overflow: 'drop-oldest' };
 * const ticks = fromObservable(interval(1_000), bounded);
 * ```
 */
export interface FromObservableOptions<T> extends StreamTimes {
  /** Time of an element. Default: the time at which it comes; of a bounded input, `TIMESTAMP_MIN`. */
  readonly eventTime?: (element: T) => TimeLike;
  /** Whether it completes by itself, so that groupings need no windows. Default false. */
  readonly bounded?: boolean;
  /** Elements that may wait. Default 65,536. */
  readonly capacity?: number;
  /**
   * What a full buffer does, since an Observable cannot be asked to wait: `'error'` fails the job
   * (default), `'drop-oldest'` and `'drop-newest'` leave elements out.
   */
  readonly overflow?: Overflow;
  /** Type and coder of the elements. Default: plain data. */
  readonly schema?: Schema<T>;
}

const OPTION_NAMES = [...STREAM_TIMES, 'eventTime', 'bounded', 'capacity', 'overflow', 'schema'];
const CAPACITY = 65_536;

/**
 * What an Observable emits. It is subscribed to when the job reads for the first time, and unsubscribed
 * from when it completes or the job ends. Elements stay in memory until their bundle is committed.
 *
 * @throws STRAHL-9002 for a capacity that is not a positive whole number
 * @throws STRAHL-5004 (while it runs) if more than `capacity` elements wait under `'error'`
 *
 * @example
 * ```ts
 * import { interval } from 'rxjs';
 * import { fixed, pipeline } from 'strahl';
 * import { fromObservable } from 'strahl/io/observable';
 * export default pipeline('ticks', (p) => {
 *   p.read(fromObservable(interval(10))).window(fixed('1s')).count().log();
 * });
 * ```
 */
export function fromObservable<T>(
  observable: Observable<T>,
  options: FromObservableOptions<T> & { readonly bounded: true },
): Source<T, 'bounded'>;
/**
 * What an Observable emits that need not complete, so that groupings of it need windows or a trigger. Fails with
 * STRAHL-5004 if more than `capacity` elements wait, unless `overflow` says otherwise.
 */
export function fromObservable<T>(
  observable: Observable<T>,
  options?: FromObservableOptions<T>,
): Source<T, 'unbounded'>;
export function fromObservable<T>(
  observable: Observable<T>,
  options: FromObservableOptions<T> = {},
): Source<T, Bound> {
  return placedAt(fromObservable, () => {
    checkNamesOfCall('fromObservable', options, OPTION_NAMES, fromObservable);
    checkObservable(observable);
    const spec = observableSpec(observable, options);
    return defineSource<T, ItemRange, Bound>(spec, options.schema);
  });
}

/** For callers without a compiler. */
function checkObservable(x: unknown): void {
  if (typeof (x as Partial<Record<'subscribe', unknown>> | undefined)?.subscribe === 'function')
    return;
  throw notGiven('fromObservable', x, 'an Observable', 'fromObservable(of(1, 2, 3))');
}

export function observableSpec<T>(
  observable: Observable<T>,
  options: FromObservableOptions<T>,
): SourceSpec<T, ItemRange> {
  const { eventTime, bounded = false } = options;
  const { capacity = CAPACITY, overflow = 'error' } = options;
  checkCapacity(capacity);
  return itemSource<T>({
    name: 'fromObservable',
    boundedness: bounded ? 'bounded' : 'unbounded',
    open: () => subscribe(observable, capacity, overflow),
    ...(eventTime === undefined ? {} : { eventTime }),
    ...streamTimes(options, 'fromObservable', fromObservable),
  });
}

/** @throws STRAHL-9002 */
export function checkCapacity(capacity: number): void {
  if (Number.isSafeInteger(capacity) && capacity > 0) return;
  throw new StrahlError('badValue', {
    title: `capacity must be a positive whole number, not ${String(capacity)}`,
    fix: 'say how many elements may wait: { capacity: 1000 }',
  });
}

function subscribe<T>(observable: Observable<T>, capacity: number, overflow: Overflow): Buffer<T> {
  let subscription: Subscription | undefined = undefined;
  const buffer = new Buffer<T>(capacity, overflow, () => subscription?.unsubscribe());
  subscription = observable.subscribe({
    next: (element) => {
      buffer.push(element);
    },
    error: (error: unknown) => {
      buffer.end({ error });
    },
    complete: () => {
      buffer.end({});
    },
  });
  return buffer;
}

import { Observable, type Subscriber } from 'rxjs';
import { StrahlError } from '#portability/errors.js';
import { checkOptionNames } from '#portability/option-names.js';
import { defineSink, placedAt } from '#sdk/connector.js';
import type { BundleContext, DoFn } from '#sdk/dofn/dofn.js';
import type { PCollection } from '#sdk/collections/pcollection.js';
import type { Sink } from '#sdk/collections/sink.js';
import type { Failed } from '#sdk/collections/split-outputs.js';
import { checkCapacity } from './from-observable.js';

/**
 * Options of `toObservable`.
 *
 * @example
 * ```ts
 * import { toObservable, type ToObservableOptions } from 'strahl/io/observable';
 * const small: ToObservableOptions = { capacity: 16 };
 * const { sink, values$ } = toObservable<string>(small);
 * ```
 */
export interface ToObservableOptions {
  /** Elements that wait for a subscriber before the job does. Default 65,536. */
  readonly capacity?: number;
}

/**
 * Both ends of a way out of a pipeline.
 *
 * @example
 * ```ts
 * import type { ObservableSink } from 'strahl/io/observable';
 * const printed = <T>({ sink, values$ }: ObservableSink<T>) => {
 *   values$.subscribe((value) => console.log(value));
 *   return sink;
 * };
 * ```
 */
export interface ObservableSink<T> {
  /** To be written to inside of the pipeline. */
  readonly sink: Sink<T>;
  /**
   * Emits each element once its bundle is committed, completes when the job ends, and fails when it is
   * cancelled. Elements wait for the first subscriber; later ones get what comes from then on. When the
   * last one has unsubscribed, elements are dropped.
   */
  readonly values$: Observable<T>;
}

/**
 * Gives the elements of a collection to the subscribers of an Observable. While nobody has subscribed and
 * `capacity` elements wait, the job waits: subscribe before you await its end.
 *
 * @throws STRAHL-9002 for a capacity that is not a positive whole number
 *
 * @example
 * ```ts
 * import { pipeline } from 'strahl';
 * import { toObservable } from 'strahl/io/observable';
 * const squares = toObservable<number>();
 * squares.values$.subscribe((n) => process.stdout.write(`${String(n)}\n`));
 * await pipeline('squares', (p) => {
 *   p.of([1, 2, 3]).map((n) => n * n).write(squares.sink);
 * }).run({});
 * ```
 */
export function toObservable<T>(options?: ToObservableOptions): ObservableSink<T>;
/** The elements of a collection: writes it and gives `values$`, for code that has both at hand. */
export function toObservable<T>(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
  collection: PCollection<T, any, any>,
  options?: ToObservableOptions,
): Observable<T>;
export function toObservable<T>(
  first: PCollection<T> | ToObservableOptions = {},
  second: ToObservableOptions = {},
): ObservableSink<T> | Observable<T> {
  if (!('write' in first)) return placedAt(toObservable, () => outletOf(first));
  const { sink, values$ } = placedAt(toObservable, () => outletOf<T>(second));
  first.write(sink);
  return values$;
}

function outletOf<T>(options: ToObservableOptions): ObservableSink<T> {
  checkOptionNames('toObservable', options, ['capacity']);
  const { capacity = 65_536 } = options;
  checkCapacity(capacity);
  const outlet = new Outlet<T>(capacity);
  const sink = defineSink<T>('toObservable', (input) => {
    const done = input.process(() => new Deliver(outlet));
    return { done, failed: done.flatMap((): readonly Failed<unknown>[] => []) };
  });
  return { sink, values$: new Observable((subscriber) => outlet.subscribe(subscriber)) };
}

type OutletState =
  /** Nobody has subscribed yet: elements wait. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'open' }
  /** All have unsubscribed: elements are dropped. */
  | { readonly kind: 'deserted' }
  | { readonly kind: 'ended'; readonly error?: unknown };

/** Elements on their way from bundles to subscribers. */
class Outlet<T> {
  readonly #capacity: number;
  readonly #subscribers: Set<Subscriber<T>> = new Set();
  readonly #watched: WeakSet<AbortSignal> = new WeakSet();
  #state: OutletState = { kind: 'waiting' };
  #held: T[] = [];
  #room: (() => void)[] = [];
  #writers = 0;
  #failedWriters = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  subscribe(subscriber: Subscriber<T>): () => void {
    const first = this.#state.kind === 'waiting' || this.#held.length > 0;
    if (this.#state.kind === 'waiting') this.#state = { kind: 'open' };
    this.#subscribers.add(subscriber);
    if (first) this.#release();
    if (this.#state.kind === 'ended') this.#finish();
    return () => {
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size === 0 && this.#state.kind === 'open') {
        this.#state = { kind: 'deserted' };
      }
    };
  }

  deliver(elements: readonly T[]): void {
    if (this.#state.kind === 'deserted') return;
    for (const element of elements) this.#held.push(element);
    if (this.#state.kind === 'open') this.#release();
  }

  /** Resolves once fewer than `capacity` elements wait; undefined if they do already. */
  room(): Promise<void> | undefined {
    if (this.#state.kind !== 'waiting' || this.#held.length < this.#capacity) return undefined;
    return new Promise((resolve) => this.#room.push(resolve));
  }

  watch(signal: AbortSignal): void {
    if (this.#watched.has(signal)) return;
    this.#watched.add(signal);
    signal.addEventListener('abort', () => {
      this.#end({
        kind: 'ended',
        error: new StrahlError('jobCancelled', {
          title: 'the job ended before all elements were delivered',
          cause: signal.reason,
        }),
      });
    });
  }

  enter(): void {
    if (this.#failedWriters > 0) this.#failedWriters--;
    else this.#writers++;
  }

  /** The job is over when its last writer leaves; a failed one will have a successor. */
  leave(failed: boolean): void {
    if (failed) this.#failedWriters++;
    else if (--this.#writers === 0) this.#end({ kind: 'ended' });
  }

  #end(state: OutletState & { readonly kind: 'ended' }): void {
    if (this.#state.kind === 'ended') return;
    const hadSubscribers = this.#state.kind === 'open';
    this.#state = state;
    this.#wake();
    if (hadSubscribers) this.#finish();
  }

  #finish(): void {
    if (this.#state.kind !== 'ended') return;
    for (const subscriber of [...this.#subscribers]) {
      if ('error' in this.#state) subscriber.error(this.#state.error);
      else subscriber.complete();
    }
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const element of held) {
      for (const subscriber of this.#subscribers) subscriber.next(element);
    }
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#room;
    this.#room = [];
    for (const resolve of waiting) resolve();
  }
}

class Deliver<T> implements DoFn<T, never> {
  readonly #outlet: Outlet<T>;
  readonly #uncommitted: Set<readonly T[]> = new Set();
  #held: T[] | undefined;

  constructor(outlet: Outlet<T>) {
    this.#outlet = outlet;
  }

  setup(): void {
    this.#outlet.enter();
  }

  startBundle(c: BundleContext): void | Promise<void> {
    this.#outlet.watch(c.signal);
    this.#held = [];
    return this.#outlet.room();
  }

  element(x: T): void {
    this.#held?.push(x);
  }

  finishBundle(c: BundleContext): void {
    const own = this.#held ?? [];
    this.#held = undefined;
    this.#uncommitted.add(own);
    c.onBundleCommitted(() => {
      this.#uncommitted.delete(own);
      this.#outlet.deliver(own);
    });
  }

  teardown(): void {
    this.#outlet.leave(this.#held !== undefined || this.#uncommitted.size > 0);
  }
}

import type { StrahlError } from '#portability/errors.js';
import { NO_FIRING, type Pane } from '#portability/model/panes.js';
import { TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import { GLOBAL_WINDOWS, type Window } from '#portability/model/windows.js';
import type { BundleScope } from './bundle-scope.js';

/** What is known of the element that a call is about. */
export interface Registers {
  timestamp: EventTime;
  windows: readonly Window[];
  pane: Pane;
}

/** Work of a root that goes on after the element that started it: an unfinished restriction. */
export interface Unfinished {
  /** Does some of it. `true` when it is finished; a promise when it cannot go on at once. */
  advance(): boolean | Promise<void>;
}

/**
 * The changing part of one instance of a compiled stage. It is the place where the generated function
 * keeps what belongs to the current element, so that no element needs a wrapper object.
 *
 *   R1. Whoever changes a register puts the old value back before it returns. An exception may leave
 *       registers changed: it ends the bundle, and with it this instance.
 *   R2. `blocked` counts the reasons for the root to stop feeding: queues over their bound, and
 *       unfinished restrictions. Loops look at nothing else.
 *   R3. `queueing` counts the operators that take no element at once, and unfinished restrictions. While it is 0,
 *       nothing is blocked (a queue over its bound takes nothing at once), and a loop calls the steps of its chain
 *       without asking each.
 *   R4. After `fail` nothing is emitted any more: late answers of asynchronous calls are dropped.
 */
export class RunningStage implements Registers {
  timestamp: EventTime = TIMESTAMP_MIN;
  windows: readonly Window[] = GLOBAL_WINDOWS;
  pane: Pane = NO_FIRING;
  blocked = 0;
  queueing = 0;
  failure: StrahlError | undefined = undefined;
  readonly unfinished: Unfinished[] = [];
  sinks: readonly { readonly bytes: number }[] = [];
  #bundle: BundleScope | undefined = undefined;
  #latestTime: EventTime = TIMESTAMP_MIN;
  #wake: (() => void)[] = [];
  #queues = 0;
  /** The queues over their bound, by their numbers. */
  readonly #full = new Set<number>();
  readonly #guarded = new Set<(error: StrahlError) => void>();

  /** The bundle that runs now. */
  get bundle(): BundleScope {
    if (this.#bundle === undefined) throw new RangeError('no bundle runs on this stage');
    return this.#bundle;
  }

  /** Bytes that the sinks have written in this bundle. */
  outputBytes(): number {
    let bytes = 0;
    for (const sink of this.sinks) bytes += sink.bytes;
    return bytes;
  }

  open(bundle: BundleScope): void {
    this.#bundle = bundle;
    this.#latestTime = TIMESTAMP_MIN;
  }

  /** The latest time that a function of this bundle gave to an element. */
  get latestTime(): EventTime {
    return this.#latestTime;
  }

  /** A function gave `time` to an element. */
  noteGiven(time: EventTime): void {
    if (time > this.#latestTime) this.#latestTime = time;
  }

  close(): void {
    this.#bundle = undefined;
    this.timestamp = TIMESTAMP_MIN;
    this.windows = GLOBAL_WINDOWS;
    this.pane = NO_FIRING;
  }

  /** The number of one more queue. Operators are made in topological order: whoever feeds a queue has a smaller one. */
  numberQueue(): number {
    return this.#queues++;
  }

  /** A queue has come to be over its bound, or below it again. */
  setFull(queue: number, isFull: boolean): void {
    if (isFull) {
      this.#full.add(queue);
      this.blocked++;
    } else {
      this.#full.delete(queue);
      this.blocked--;
      this.wake();
    }
  }

  /** Whether what the owner of `queue` emits may be for a queue that is over its bound. */
  isFullBehind(queue: number): boolean {
    for (const full of this.#full) if (full > queue) return true;
    return false;
  }

  /** Registers `work` to be advanced before the root gives the next element. */
  defer(work: Unfinished): void {
    this.unfinished.push(work);
    this.blocked++;
    this.queueing++;
  }

  /** Takes the work back that `defer` registered first. */
  settleFirst(): void {
    this.unfinished.shift();
    this.blocked--;
    this.queueing--;
  }

  /** Ends the bundle from outside of its own call stack. The first failure is the one reported. */
  fail(error: StrahlError): void {
    this.failure ??= error;
    for (const reject of this.#guarded) reject(this.failure);
    this.#guarded.clear();
    this.wake();
  }

  /** `pending`, or the failure of the bundle if that comes first: user code may never answer. */
  guard<T>(pending: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) {
        reject(this.failure);
        return;
      }
      this.#guarded.add(reject);
      pending.then(
        (value) => {
          this.#guarded.delete(reject);
          resolve(value);
        },
        (e: unknown) => {
          this.#guarded.delete(reject);
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it is
          reject(e);
        },
      );
    });
  }

  throwIfFailed(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  /** Resolves at the next `wake`. */
  wait(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  wake(): void {
    if (this.#wake.length === 0) return;
    const waiting = this.#wake;
    this.#wake = [];
    for (const resolve of waiting) resolve();
  }
}

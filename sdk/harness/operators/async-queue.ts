import type { StrahlError } from '#portability/errors.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { isThenable } from '../answers.js';
import { RunningStage, type Registers } from '../stage/running-stage.js';

/** What a queue asks of the operator that it belongs to. */
export interface QueueOwner {
  readonly stage: RunningStage;
  /** Calls the user's function; the registers are those of `x`. Throws what the function throws. */
  call(x: unknown): unknown;
  /** Hands a settled result on; the registers are those of `x`. */
  done(result: unknown, x: unknown): void;
  /** Handles what the call for `x` threw. Throws, unless the failure is an output. */
  rejected(error: unknown, x: unknown): void;
  /** Gives the context of the call away, because the call goes on after it returned. */
  detach(registers: Readonly<Registers>): void;
  /** Waits for what an answer still holds back: the rest of an asynchronous iterable. */
  gather(result: unknown, turn: Turn): PromiseLike<unknown> | undefined;
  busy: boolean;
}

/** How an entry whose answer comes in parts may hand on the first of them early. */
export interface Turn {
  /** Whether the entry is the one whose outputs are next. */
  isNow(): boolean;
  /** Whether steps behind are so busy that outputs should wait. */
  isBlocked(): boolean;
  /** Runs `f` with the registers of the entry. */
  emit(f: () => void): void;
}

type EntryState = 'waiting' | 'running' | 'resolved' | 'rejected';

/** Moving the entries that are left costs less than they did, if half have left. */
const FIRST_COMPACTED = 1024;

class Entry implements Registers {
  readonly x: unknown;
  readonly timestamp: Registers['timestamp'];
  readonly windows: Registers['windows'];
  readonly pane: Registers['pane'];
  state: EntryState = 'waiting';
  result: unknown = undefined;

  constructor(x: unknown, at: Readonly<Registers>) {
    this.x = x;
    this.timestamp = at.timestamp;
    this.windows = at.windows;
    this.pane = at.pane;
  }
}

/**
 * Elements whose calls have not answered yet, of one operator.
 *
 *   Q1. At most `concurrency` calls run; further elements wait for their turn, not yet called.
 *   Q2. Ordered: results leave in the order of the elements, so an element that comes while others are
 *       in the queue goes through it, whether its own call is asynchronous or not.
 *   Q3. Beyond `bound` elements the root is asked to stop feeding.
 */
export class AsyncQueue {
  readonly #owner: QueueOwner;
  readonly #concurrency: number;
  readonly #ordered: boolean;
  readonly #bound: number;
  /** Of the queues of the stage. */
  readonly #number: number;
  #entries: Entry[] = [];
  /** Entries before it have left. */
  #head = 0;
  /** Entries before it have been called. */
  #next = 0;
  #size = 0;
  #running = 0;
  #blocking = false;
  #draining = false;

  constructor(owner: QueueOwner, concurrency: number, ordered: boolean) {
    this.#owner = owner;
    this.#concurrency = concurrency;
    this.#ordered = ordered;
    this.#bound = 4 * concurrency;
    this.#number = owner.stage.numberQueue();
  }

  get size(): number {
    return this.#size;
  }

  /** Calls that have not answered. */
  get unanswered(): number {
    return this.#running;
  }

  /** Whether outputs of the element in hand should wait for steps behind, and what comes next would wait for them. */
  get mayPause(): boolean {
    return this.#size === 0 && this.#owner.stage.isFullBehind(this.#number);
  }

  /** Adds an element whose call has answered with a promise. */
  running(x: unknown, answer: PromiseLike<unknown>): void {
    const entry = this.#push(x);
    this.#next++;
    this.#run(entry, answer);
    this.#account();
  }

  /** Adds an element whose call has answered with something that `gather` must wait for. */
  gathering(x: unknown, answer: unknown): void {
    const entry = this.#push(x);
    this.#next++;
    this.#answered(entry, answer);
    this.#account();
  }

  /** Adds an element that is not called yet. */
  hold(x: unknown): void {
    this.#push(x);
    this.#startWaiting();
    this.#drain();
    this.#account();
  }

  #push(x: unknown): Entry {
    const entry = new Entry(x, this.#owner.stage);
    this.#entries.push(entry);
    this.#size++;
    return entry;
  }

  #startWaiting(): void {
    while (this.#next < this.#entries.length && this.#running < this.#concurrency) {
      this.#call(this.#entries[this.#next++]!);
    }
  }

  #call(entry: Entry): void {
    const answer = this.#with(entry, () => {
      try {
        return this.#owner.call(entry.x);
      } catch (e) {
        entry.state = 'rejected';
        return e;
      }
    });
    if (entry.state === 'rejected') entry.result = answer;
    else if (isThenable(answer)) this.#run(entry, answer);
    else this.#answered(entry, answer);
  }

  #run(entry: Entry, answer: PromiseLike<unknown>): void {
    entry.state = 'running';
    this.#running++;
    this.#owner.detach(entry);
    answer.then(
      (result) => {
        this.#settle(entry, 'resolved', result);
      },
      (error: unknown) => {
        this.#settle(entry, 'rejected', error);
      },
    );
  }

  /** A call may answer with something that is itself still to be waited for. */
  #answered(entry: Entry, result: unknown): void {
    const gathering = this.#owner.gather(result, {
      isNow: () => !this.#ordered || this.#entries[this.#head] === entry,
      isBlocked: () => this.#owner.stage.isFullBehind(this.#number),
      emit: (f) => {
        this.#with(entry, f);
      },
    });
    if (gathering === undefined) {
      entry.state = 'resolved';
      entry.result = result;
    } else {
      this.#run(entry, gathering);
    }
  }

  #settle(entry: Entry, state: 'resolved' | 'rejected', result: unknown): void {
    const { stage } = this.#owner;
    this.#running--;
    if (stage.failure !== undefined) return;
    try {
      if (state === 'resolved') this.#answered(entry, result);
      else {
        entry.state = state;
        entry.result = result;
      }
      this.#startWaiting();
      this.#drain();
      this.#account();
    } catch (e) {
      // Downstream code threw a finished error: there is no caller that could take it.
      stage.fail(e as StrahlError);
    }
  }

  /** Hands on what may leave. Not re-entrant: a downstream call never comes back to this operator. */
  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    if (this.#ordered) {
      while (this.#head < this.#next && isSettled(this.#entries[this.#head]!)) {
        this.#leave(this.#entries[this.#head++]!);
      }
    } else {
      this.#drainAny();
    }
    this.#draining = false;
    this.#compact();
    // An entry that gathers may have become the next one.
    this.#owner.stage.wake();
  }

  #drainAny(): void {
    let kept = this.#head;
    for (let i = this.#head; i < this.#next; i++) {
      const entry = this.#entries[i]!;
      if (isSettled(entry)) this.#leave(entry);
      else this.#entries[kept++] = entry;
    }
    const moved = this.#next - kept;
    if (moved > 0) {
      this.#entries.splice(kept, moved);
      this.#next = kept;
    }
  }

  #leave(entry: Entry): void {
    this.#size--;
    this.#with(entry, () => {
      if (entry.state === 'rejected') this.#owner.rejected(entry.result, entry.x);
      else this.#owner.done(entry.result, entry.x);
    });
  }

  #compact(): void {
    if (this.#head === this.#entries.length) {
      this.#entries.length = 0;
      this.#next = 0;
      this.#head = 0;
    } else if (this.#head > FIRST_COMPACTED && this.#head * 2 > this.#entries.length) {
      this.#entries.splice(0, this.#head);
      this.#next -= this.#head;
      this.#head = 0;
    }
  }

  #account(): void {
    const owner = this.#owner;
    const { stage } = owner;
    // Q2: while anything is in the queue, an ordered operator sends everything through it.
    const busy = this.#ordered ? this.#size > 0 : this.#running >= this.#concurrency;
    if (busy !== owner.busy) {
      owner.busy = busy;
      stage.queueing += busy ? 1 : -1;
    }
    const over = this.#size > this.#bound;
    if (over !== this.#blocking) {
      this.#blocking = over;
      stage.setFull(this.#number, over);
    }
    if (this.#size === 0 || stage.failure !== undefined) stage.wake();
  }

  #with<T>(entry: Entry, f: () => T): T {
    const { stage } = this.#owner;
    const { timestamp, windows, pane } = stage;
    stage.timestamp = entry.timestamp;
    stage.windows = entry.windows;
    stage.pane = entry.pane;
    const result = f();
    stage.timestamp = timestamp;
    stage.windows = windows;
    stage.pane = pane;
    return result;
  }
}

function isSettled(entry: Entry): boolean {
  return entry.state === 'resolved' || entry.state === 'rejected';
}

keepShape(new Entry(undefined, new RunningStage()));

import { isAsyncIterable } from '../answers.js';
import type { Stamped, TimeLike } from '../../dofn/dofn.js';
import { isStamped } from '../../dofn/stamped.js';
import { toEventTime } from '../../dofn/time-like.js';
import { checkOutputTime } from '../windows/output-time.js';
import type { Turn } from './async-queue.js';
import { CallOperator, type CallSetting } from './call-operator.js';
import type { Emit } from './operator.js';

/** A buffered part of an asynchronous iterable, in elements, while earlier elements are not done. */
const AHEAD = 1024;

/** An operator whose function answers with any number of outputs. */
export class SpreadOperator extends CallOperator {
  /** One output as the function gave it. */
  protected output(y: unknown): void {
    if (isStamped(y)) this.stamped(y);
    else this.emits[0]!(y);
  }

  /** An output with a time, and perhaps a window, of its own. */
  stamped(y: Stamped<unknown>): void {
    this.emitAt(this.emits[0]!, y.value, y.timestamp, y);
  }

  protected emitAt(
    emit: Emit,
    value: unknown,
    time: TimeLike,
    stampedOutput?: Stamped<unknown>,
  ): void {
    const { stage } = this;
    const { timestamp, windows } = stage;
    const at = toEventTime(time);
    checkOutputTime(this.step, at, timestamp, 0, value);
    stage.noteGiven(at);
    stage.timestamp = at;
    if (stampedOutput?.window !== undefined) stage.windows = [stampedOutput.window];
    emit(value);
    stage.timestamp = timestamp;
    stage.windows = windows;
  }

  /** Outputs that are not in an array: nothing, an iterable, or an asynchronous one. */
  spread(outputs: unknown, x: unknown): void {
    if (outputs === undefined || outputs === null) return;
    if (isAsyncIterable(outputs)) this.gatherLater(outputs, x);
    else if (typeof outputs === 'object' && isIterable(outputs)) this.#iterate(outputs, x);
    else this.#refuse(outputs, x);
  }

  #iterate(outputs: Iterable<unknown>, x: unknown): void {
    const iterator = this.#guard(x, () => outputs[Symbol.iterator]());
    for (;;) {
      // Only the function's own code is guarded; what `output` throws is of a later step.
      let next: IteratorResult<unknown>;
      try {
        next = iterator.next();
      } catch (e) {
        this.fail(e, x);
      }
      if (next.done === true) return;
      try {
        this.output(next.value);
      } catch (e) {
        iterator.return?.();
        throw e;
      }
      if (this.mayPause) {
        // A generator may give more than fits into memory.
        this.gatherLater(restOf(iterator), x);
        return;
      }
    }
  }

  #guard<T>(x: unknown, f: () => T): T {
    try {
      return f();
    } catch (e) {
      this.fail(e, x);
    }
  }

  #refuse(outputs: unknown, x: unknown): never {
    const what = typeof outputs === 'object' ? 'an object' : `a ${typeof outputs}`;
    throw this.step.error(
      'userCodeThrew',
      {
        title: `the function answered with ${what}, which is not an iterable of outputs`,
        ...(typeof outputs === 'string'
          ? { why: 'a string is iterable by character, which is hardly ever meant' }
          : {}),
        fix:
          typeof outputs === 'string' ? 'return [text]' : 'return an array of outputs, or nothing',
      },
      { value: x },
    );
  }

  override gather(result: unknown, turn: Turn): PromiseLike<unknown> | undefined {
    return isAsyncIterable(result) ? this.#pull(result, turn) : undefined;
  }

  /** Takes outputs as they come; hands them on when it is the element's turn, keeps some until then. */
  async #pull(outputs: AsyncIterable<unknown>, turn: Turn): Promise<unknown> {
    const kept: unknown[] = [];
    const iterator = outputs[Symbol.asyncIterator]();
    for (;;) {
      const next = await iterator.next();
      this.stage.throwIfFailed();
      if (next.done === true) return kept;
      kept.push(next.value);
      while (!turn.isNow() && kept.length >= AHEAD) {
        await this.stage.wait();
        this.stage.throwIfFailed();
      }
      if (turn.isNow()) {
        turn.emit(() => {
          for (const y of kept) this.output(y);
        });
        kept.length = 0;
      }
      while (turn.isBlocked()) {
        await this.stage.wait();
        this.stage.throwIfFailed();
      }
    }
  }
}

/** What an iterator has not given yet, to be taken as steps behind can take it. */
// eslint-disable-next-line @typescript-eslint/require-await -- what is there already looks like what is yet to come
async function* restOf<T>(iterator: Iterator<T>): AsyncGenerator<Awaited<T>, void, undefined> {
  yield* { [Symbol.iterator]: () => iterator };
}

function isIterable(x: object): x is Iterable<unknown> {
  return Symbol.iterator in x;
}

/** What `out.tag(value, time?)` of a split makes. */
export class Tagged {
  readonly slot: number;
  readonly value: unknown;
  readonly time: TimeLike | undefined;

  constructor(slot: number, value: unknown, time: TimeLike | undefined) {
    this.slot = slot;
    this.value = value;
    this.time = time;
  }
}

/** Calls a function that names the output of each value. */
export class SplitOperator extends SpreadOperator {
  /** The function's second argument: one function per output. */
  readonly out: Readonly<Record<string, (value: unknown, time?: TimeLike) => Tagged>>;

  constructor(setting: CallSetting, fn: unknown, tags: readonly string[]) {
    super(setting, fn);
    this.out = Object.fromEntries(
      tags.map((tag, slot) => [
        tag,
        (value: unknown, time?: TimeLike) => new Tagged(slot, value, time),
      ]),
    );
  }

  protected override output(y: unknown): void {
    if (!(y instanceof Tagged)) {
      throw this.step.error(
        'userCodeThrew',
        {
          title: 'a split function gave a value without naming its output',
          fix: `wrap it: ${Object.keys(this.out)
            .map((tag) => `out.${tag}(value)`)
            .join(' or ')}`,
        },
        { value: y },
      );
    }
    const emit = this.emits[y.slot]!;
    if (y.time === undefined) emit(y.value);
    else this.emitAt(emit, y.value, y.time);
  }
}

import type { ElementCoder } from '#portability/coders/coder.js';
import { StrahlError } from '#portability/errors.js';
import type { UserStateKey } from '#portability/fnapi/connection.js';
import type { EventTime } from '#portability/model/time.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { Stamped, TimeLike } from '../../dofn/dofn.js';
import { stamp } from '../../dofn/stamped.js';
import type { OrderedListState } from '../../dofn/state.js';
import { toEventTime } from '../../dofn/time-like.js';
import type { Step } from '../steps/step.js';
import type { KeyScope } from './key-scope.js';
import { valuesOf } from './state-pages.js';

const FIRST = Number.MIN_SAFE_INTEGER;
const BEHIND_LAST = Number.MAX_SAFE_INTEGER;

/** An ordered list of the key in scope; writes go to the runner at once. */
export class OrderedListCell implements OrderedListState<unknown> {
  readonly #name: string;
  readonly #scope: KeyScope;
  readonly #coder: ElementCoder<unknown>;
  readonly #step: Step;

  constructor(name: string, scope: KeyScope, coder: ElementCoder<unknown>, step: Step) {
    this.#name = name;
    this.#scope = scope;
    this.#coder = coder;
    this.#step = step;
  }

  add(value: unknown, time: TimeLike): void {
    const at = ordinary(toEventTime(time));
    const out = new ByteWriter(64);
    try {
      out.varint(at);
      const value_ = new ByteWriter(64);
      this.#coder.encode(value, value_);
      out.lengthPrefixed(value_.toBytes());
    } catch (e) {
      throw this.#step.wrap(e, { value });
    }
    this.#scope.append(this.#range(at, at + 1), out.toBytes());
  }

  range(from: TimeLike, to: TimeLike): AsyncIterable<Stamped<unknown>> {
    return this.#read(limit(from), limit(to));
  }

  clearRange(from: TimeLike, to: TimeLike): void {
    this.#scope.clear(this.#range(limit(from), limit(to)));
  }

  clear(): void {
    this.#scope.clear(this.#range(FIRST, BEHIND_LAST));
  }

  [Symbol.asyncIterator](): AsyncIterator<Stamped<unknown>> {
    return this.#read(FIRST, BEHIND_LAST);
  }

  #range(start: number, end: number): UserStateKey {
    this.#scope.requireOpen(this.#step);
    return this.#scope.listRange(this.#name, start, end);
  }

  #read(start: number, end: number): AsyncGenerator<Stamped<unknown>, void, undefined> {
    const key = this.#range(start, end);
    const entry = (input: ByteReader): Stamped<unknown> => {
      const time = input.varint() as EventTime;
      return stamp(this.#coder.decode(new ByteReader(input.lengthPrefixed())), time);
    };
    return valuesOf(this.#scope, key, entry, this.#step);
  }
}

/** The largest safe integer is not a time of an entry, so that a range can end behind all. */
function ordinary(time: EventTime): number {
  if (Number.isSafeInteger(time) && time < BEHIND_LAST) return time;
  throw new StrahlError('timestampOutOfBounds', {
    title: 'an ordered list takes ordinary times, not the limits of time',
    fix: 'give milliseconds since 1970',
  });
}

/** TIMESTAMP_MIN and the other limits stand for the ends of the list. */
function limit(time: TimeLike): number {
  return Math.min(BEHIND_LAST, Math.max(FIRST, toEventTime(time)));
}

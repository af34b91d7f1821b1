import { StrahlError } from '#portability/errors.js';
import { formatTime, TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import type { Source } from '../collections/source.js';
import { durationOf, type CheckedDuration, type DurationLike } from '../duration.js';
import type { ScriptedEvent } from '../graph/graph-node.js';
import type { Schema } from '../schema/schema.js';
import { defineTestStream } from '../transforms/reading/read.js';
import { at, type TestTime } from './test-time.js';

/**
 * The script of an unbounded source, event by event. Each event is over only when the whole pipeline is quiet:
 * all elements processed, all due timers fired. Every method gives a new script, so that scripts may share
 * their beginnings.
 *
 * A pipeline with a test stream reads no real clock: processing time starts at 0 and moves by
 * `processingTime`, and at the end of the script by itself. Several streams take turns, event by event.
 *
 * @example
 * ```ts
 * import { testStream, type TestStream } from 'strahl/testing';
 * const minutes = (n: number): TestStream<number> =>
 *   Array.from({ length: n }).reduce<TestStream<number>>(
 *     (stream, _, i) => stream.at(i * 60_000, i).watermark(i * 60_000),
 *     testStream(),
 *   );
 * ```
 */
export interface TestStream<T> {
  /** Elements at event time `t`, in one bundle at most. They may be behind the watermark, and so be late. */
  at(t: TestTime, ...values: readonly T[]): TestStream<T>;
  /**
   * Promises that nothing earlier than `t` will come in time.
   *
   * @throws STRAHL-9002 for a time before the last watermark
   */
  watermark(t: TestTime): TestStream<T>;
  /** Lets time pass on the clock. */
  processingTime<const D extends DurationLike>(d: CheckedDuration<D>): TestStream<T>;
  /** Ends the script: the watermark goes to the end of time. */
  finish(): Source<T, 'unbounded'>;
}

/**
 * A source that does what a test says, when it says so: each event follows only when the pipeline is quiet, and the clock
 * moves only by `processingTime`.
 *
 * @param schema of the elements. Default: any plain data
 * @example
 * ```ts
 * import { count, fixed, s } from 'strahl';
 * import { runTest, testStream } from 'strahl/testing';
 * const clicks = testStream(s.string).at('0s', 'a').watermark('1m').at('90s', 'b').finish();
 * const r = await runTest((p) => ({
 *   out: p.read(clicks).window(fixed('1m')).combineGloballyWith(count(), { emptyDefault: false }),
 * }));
 * console.log(r.out.panes());
 * ```
 */
export function testStream<T>(schema?: Schema<T>): TestStream<T> {
  return new Script<T>(schema, [], TIMESTAMP_MIN);
}

class Script<T> implements TestStream<T> {
  readonly #schema: Schema<T> | undefined;
  readonly #events: readonly ScriptedEvent[];
  readonly #watermark: EventTime;

  constructor(
    schema: Schema<T> | undefined,
    events: readonly ScriptedEvent[],
    watermark: EventTime,
  ) {
    this.#schema = schema;
    this.#events = events;
    this.#watermark = watermark;
  }

  at(t: TestTime, ...values: readonly T[]): TestStream<T> {
    const timestamp = at(t);
    const elements = values.map((value) => ({ value, timestamp }));
    return this.#with({ kind: 'elements', elements });
  }

  watermark(t: TestTime): TestStream<T> {
    const time = at(t);
    if (time >= this.#watermark) return this.#with({ kind: 'watermark', time }, time);
    throw new StrahlError('badValue', {
      title: `the watermark of a test stream goes back from ${formatTime(this.#watermark)} to ${formatTime(time)}`,
      fix: 'a watermark is a promise: give a later time, or leave it where it is',
    });
  }

  processingTime(d: DurationLike): TestStream<T> {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- names the call in an error, is not called
    const advance = durationOf(d, 'processingTime of a test stream', this.processingTime);
    if (advance > 0) return this.#with({ kind: 'processing-time', advance });
    throw new StrahlError('badValue', {
      title: `processingTime of a test stream is ${String(advance)} ms, but time only moves on`,
      fix: "give a positive duration, as in .processingTime('10s')",
    });
  }

  finish(): Source<T, 'unbounded'> {
    return defineTestStream(this.#events, this.#schema);
  }

  #with(event: ScriptedEvent, watermark: EventTime = this.#watermark): TestStream<T> {
    return new Script(this.#schema, [...this.#events, event], watermark);
  }
}

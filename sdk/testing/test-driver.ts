import { StrahlError } from '#portability/errors.js';
import { formatTime, TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import type { PaneTiming } from '#portability/model/panes.js';
import type { TestStreamEvent } from '#portability/model/transform-spec.js';
import type { Window } from '#portability/model/windows.js';
import type { ObservedJob } from '#runners/direct/index.js';
import type { PCollection } from '../collections/pcollection.js';
import { durationOf, type CheckedDuration, type DurationLike } from '../duration.js';
import { pipeline } from '../pipeline.js';
import type { Job } from '../result.js';
import type { JobSubmission, RunningJob } from '../runner.js';
import { defineDrivenStream } from '../transforms/reading/read.js';
import { collect } from './collect.js';
import type { Collected } from './collected.js';
import { at, type TestTime } from './test-time.js';
import { Turns } from './turns.js';

/**
 * An element that a driven composite emitted, with what says which firing it came from.
 *
 * @example
 * ```ts
 * import type { DrivenPane } from 'strahl/testing';
 * const latest = <T>(panes: readonly DrivenPane<T>[]): T | undefined => panes.at(-1)?.value;
 * ```
 */
export interface DrivenPane<T> {
  readonly value: T;
  readonly timing: PaneTiming;
  readonly index: number;
  readonly first: boolean;
  readonly last: boolean;
  readonly timestamp: EventTime;
  readonly window: Collected<T>['window'];
}

/**
 * What a step with state keeps for a key in a window.
 *
 * @example
 * ```ts
 * import type { DrivenState } from 'strahl/testing';
 * const cells = (states: readonly DrivenState[], step: string) =>
 *   states.filter((s) => s.step === step).map(({ state }) => state);
 * ```
 */
export interface DrivenState {
  /** Full name of the step. */
  readonly step: string;
  /** The window whose state it is. */
  readonly window: Window;
  /**
   * By the names of its states: what `read()` of a value or combining state gives; a bag, set or ordered list as
   * an array, a map as a `Map`, a multimap as a `Map` of arrays.
   */
  readonly state: Readonly<Record<string, unknown>>;
}

/**
 * A composite that runs step by step, in a world whose time stands still between the steps. Each step resolves
 * when everything that follows from it has happened, and rejects if the job fails in it.
 *
 * @example
 * ```ts
 * import type { TestDriver } from 'strahl/testing';
 * async function feed(driver: TestDriver<string, number>): Promise<number> {
 *   await driver.add('a', '0s');
 *   await driver.advanceWatermarkTo('1m');
 *   return driver.panes().length;
 * }
 * ```
 */
export interface TestDriver<T, U> {
  /** Gives an element. Before its first watermark nothing is late. */
  add(value: T, t: TestTime): Promise<void>;
  /** @throws STRAHL-9002 for a time before the last watermark */
  advanceWatermarkTo(t: TestTime): Promise<void>;
  /** Lets time pass on the clock, which starts at 0. */
  advanceProcessingTime<const D extends DurationLike>(d: CheckedDuration<D>): Promise<void>;
  /** What was emitted since the last call, in order. */
  panes(): readonly DrivenPane<U>[];
  /** What steps with state keep for `key`, window by window; nothing once its windows are over. */
  state(key: unknown): Promise<readonly DrivenState[]>;
  /** Elements that came too late so far. */
  dropped(): number;
  /** Moves the watermark to the end of time and ends the job. */
  finish(): Promise<void>;
}

/**
 * Drives a composite by hand: elements, the watermark and the clock move when the test says so.
 *
 * @example
 * ```ts
 * import { count, fixed, type PCollection } from 'strahl';
 * import { pane, testDriver } from 'strahl/testing';
 * const perMinute = (clicks: PCollection<string, 'unbounded', 'none'>) =>
 *   clicks.keyBy((user) => user).window(fixed('1m')).combineWith(count());
 * const d = testDriver(perMinute);
 * await d.add('alice', '00:00:10');
 * await d.advanceWatermarkTo('00:01:00');
 * console.log(d.panes()[0]?.timing, pane('alice', 1, { timing: 'on-time' }));
 * await d.finish();
 * ```
 */
export function testDriver<T, U>(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
  composite: (input: PCollection<T, 'unbounded', 'none'>) => PCollection<U, any, any>,
): TestDriver<T, U> {
  return new Driver(composite);
}

class Driver<T, U> implements TestDriver<T, U> {
  readonly #out: Collected<U>[] = [];
  readonly #turns = new Turns<TestStreamEvent>();
  readonly #composite: (input: PCollection<T, 'unbounded', 'none'>) => PCollection<U>;
  #encode: (value: unknown) => Uint8Array = () => new Uint8Array(0);
  #job: Promise<Job> | undefined;
  #running: Job | undefined;
  #direct: ObservedJob | undefined;
  #watermark: EventTime = TIMESTAMP_MIN;
  #seen = 0;

  constructor(composite: (input: PCollection<T, 'unbounded', 'none'>) => PCollection<U>) {
    this.#composite = composite;
  }

  async add(value: T, t: TestTime): Promise<void> {
    const timestamp = at(t);
    await this.#play(() => ({
      kind: 'elements',
      tag: '',
      elements: [{ bytes: this.#encode(value), timestamp }],
    }));
  }

  async advanceWatermarkTo(t: TestTime): Promise<void> {
    const time = at(t);
    if (time < this.#watermark) {
      throw new StrahlError('badValue', {
        title: `the watermark goes back from ${formatTime(this.#watermark)} to ${formatTime(time)}`,
        fix: 'a watermark is a promise: give a later time, or leave it where it is',
      });
    }
    this.#watermark = time;
    await this.#play(() => ({ kind: 'watermark', tag: '', time }));
  }

  async advanceProcessingTime(d: DurationLike): Promise<void> {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- names the call in an error, is not called
    const advance = durationOf(d, 'advanceProcessingTime', this.advanceProcessingTime);
    await this.#play(() => ({ kind: 'processing-time', advance }));
  }

  panes(): readonly DrivenPane<U>[] {
    const fresh = this.#out.slice(this.#seen);
    this.#seen = this.#out.length;
    return fresh.map(({ value, timestamp, window, pane: { timing, index, first, last } }) => {
      return { value, timing, index, first, last, timestamp, window };
    });
  }

  async state(key: unknown): Promise<readonly DrivenState[]> {
    await this.#started();
    return this.#direct!.stateOf(key);
  }

  dropped(): number {
    const metrics = this.#running?.metrics();
    if (metrics === undefined) return 0;
    return metrics.counter('droppedDueToLateness') + metrics.counter('droppedDueToClosedWindow');
  }

  async finish(): Promise<void> {
    const job = await this.#started();
    this.#turns.end();
    await job.result();
  }

  async #play(event: () => TestStreamEvent): Promise<void> {
    const job = await this.#started();
    // A failure ends the wait; the other way round nobody waits for the job.
    const failure = job.result().then(() => undefined);
    await Promise.race([this.#turns.asked, failure]);
    this.#turns.give(event());
    await Promise.race([this.#turns.asked, failure]);
  }

  async #started(): Promise<Job> {
    this.#job ??= this.#start();
    return this.#job;
  }

  async #start(): Promise<Job> {
    const { directRunner, drivenWorld } = await import('#runners/direct/index.js');
    const source = defineDrivenStream<T>((encode) => {
      this.#encode = encode;
    });
    const test = pipeline('driven', (p) => {
      collect(this.#composite(p.read(source)), this.#out);
    });
    const env = await drivenWorld(() => this.#turns.next());
    // A test that fails leaves its job behind: nothing of it may go on by a real clock.
    const runner = directRunner({ checks: true, env, hangAfter: 'never', control: false });
    const submit = async (submission: JobSubmission): Promise<RunningJob> =>
      (this.#direct = (await runner.submit(submission)) as ObservedJob);
    const job = await test.runAsync({}, { runner: { ...runner, submit } });
    // Whoever waits for a step hears of a failure there.
    job.result().catch(() => undefined);
    return (this.#running = job);
  }
}

import { describe, expect, it } from '@jest/globals';
import { directRunner } from '#runners/direct/index.js';
import {
  count,
  eventTimer,
  fixed,
  pipeline,
  processingTimer,
  s,
  value,
  type Job,
  type PCollection,
  type Root,
} from '../index.js';
import { matchers, runTest, testStream, type TestResult } from './index.js';

expect.extend(matchers);

const clicks = testStream(s.string)
  .at('10s', 'ann')
  .watermark('2m')
  .at('20s', 'bob')
  .at('3m', 'ann')
  .finish();

const perMinute = (): Promise<TestResult<Record<string, never>>> =>
  runTest((p) => ({
    out: p
      .read(clicks)
      .keyBy((user) => user)
      .window(fixed('1m'))
      .combine({ n: count() }),
  })) as never;

function messageOf(check: () => void): string {
  try {
    check();
  } catch (e) {
    return (e as Error).message;
  }
  return 'nothing failed';
}

describe('a test that misses an output', () => {
  it('LATE-1: is told what was dropped as late, by key and window, and what would keep it', async () => {
    const result = await perMinute();
    expect(result.dropped).toBe(1);
    const { text, fix } = result.explain({ step: 'combine', key: 'bob' });
    expect(text).toContain('1 element came too late for its window and was dropped');
    expect(text).toMatch(/key "bob" at .* for \[.*00:00:00, .*00:01:00\)/);
    expect(fix).toMatchObject({ text: ".window(…, { allowedLateness: '2m', panes: … })" });
    expect(fix!.site).toContain('explain.test.ts');
  });

  it('is told of the elements of its key alone, by a step with state too', async () => {
    const result = await runTest((p) => ({
      out: p
        .read(clicks)
        .keyBy((user) => user)
        .window(fixed('1m'))
        .stateful({ state: { n: value(s.int, 0) }, element: (user) => [user] }),
    }));
    const of = (key: string): string => result.explain({ step: 'stateful', key }).text;
    expect(of('bob')).toContain('nothing is kept for key "bob" at "stateful"');
    expect(of('bob')).toMatch(/key "bob" at .* for \[.*00:00:00, .*00:01:00\)/);
    expect(of('ann')).not.toContain('too late');
    expect(of('ann')).toContain(
      'the input has ended, 3 elements arrived so far: what was kept is gone',
    );
  });

  it('is told what a key with state waits for, while the job runs', async () => {
    const told: string[] = [];
    let started = (_: Job): void => undefined;
    const running = new Promise<Job>((resolve) => (started = resolve));
    const users = testStream(s.string).at('10s', 'ann').watermark('12s').at('20s', 'bob').finish();
    const job = await pipeline('kept', (p) => {
      const both = p.read(users);
      both
        .keyBy((user) => user)
        .window(fixed('1m'))
        .stateful({
          timers: { idle: eventTimer(), clock: processingTimer() },
          element(_, { timers }) {
            timers.idle.at(30_000);
            timers.clock.after('5m');
          },
          onTimer: { idle: () => undefined, clock: () => undefined },
          onWindowExpiration: () => undefined,
        });
      both.map(async (user) => {
        const { text } = (await running).explain({ step: 'stateful', key: 'ann' });
        if (user === 'bob') told.push(text);
      });
    }).runAsync();
    started(job);
    await job.result();
    expect(told[0]!.replaceAll('1970-01-01 ', '').split('\n').slice(0, 2)).toEqual([
      'no output yet for [00:00:00, 00:01:00) key "ann"   (state and 2 timers)',
      ' └ timer idle waits for input watermark ≥ 00:00:30, now 00:00:12',
    ]);
    expect(told[0]).toMatch(/processing-time timer clock fires in 5 min/);
    expect(told[0]).toMatch(/the end of its window waits for input watermark ≥ .*00:01:00/);
  });

  it.each<[string, number, (p: Root) => PCollection<number>]>([
    ['elements of the program', 3, (p) => p.of([1, 2, 3])],
    ['what a source reads', 5, (p) => p.generateSequence({ from: 0, to: 5 })],
    ['what is made of an impulse', 2, (p) => p.impulse().flatMap(() => [1, 2])],
  ])('is told that a step gave on nothing of %s', async (_, elements, from) => {
    const result = await runTest((p) => ({
      out: from(p)
        .filter((x) => x > 10)
        .combineGlobally({ n: count() }, { emptyDefault: false }),
    }));
    const told = new RegExp(`${String(elements)} elements were read, none came through "filter"`);
    expect(result.explain({ step: 'combineGlobally' }).text).toMatch(told);
    expect(result.explain({ step: 'filter' }).text).toMatch(told);
  });

  it('is told so of all tasks of a job in several', async () => {
    const result = await runTest(
      (p) => ({
        out: p
          .generateSequence({ from: 0, to: 30 })
          .redistribute()
          .filter((x) => x > 30)
          .keyBy((x) => x)
          .combine({ n: count() }),
      }),
      { runner: directRunner({ partitions: 3 }) },
    );
    expect(result.explain({ step: 'combine' }).text).toContain('30 elements were read, none came');
  });

  it('is told so also of a step behind a grouping', async () => {
    const result = await runTest((p) => ({
      out: p
        .of([1, 2])
        .keyBy((x) => x)
        .groupByKey()
        .filter(() => false)
        .named('none')
        .reshuffle(),
    }));
    expect(result.explain({ step: 'none' }).text).toMatch(
      /2 elements were read, none came through "none" at .*explain\.test\.ts/,
    );
  });

  it('prints the same chain when its matcher fails', async () => {
    const { out } = await perMinute();
    const message = messageOf(() => {
      // The matchers are merged into the types of a user's own test runner.
      (expect(out) as unknown as { toEmit(x: unknown): void }).toEmit(['bob', { n: 1 }]);
    });
    expect(message).toContain('"collect out" has nothing more to emit');
    expect(message).toContain('1 element came too late');
    expect(message).toContain('fix  .window(…');
  });

  it('is refused an output whose name the result needs itself', async () => {
    await expect(runTest((p) => ({ explain: p.of([1]) }))).rejects.toThrow(
      'dropped, metrics, explain, seed are taken',
    );
  });
});

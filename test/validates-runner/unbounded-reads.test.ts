// What a bug here looks like: a window that waits for ever, closes too early, or a job that cannot be drained.
import { describe, expect, it } from '@jest/globals';
import {
  fixed,
  growableRange,
  pipeline,
  s,
  source,
  toList,
  type PCollection,
  type Root,
} from 'strahl';
import { iterable, memory } from 'strahl/io/memory';
import { directRunner } from 'strahl/runners/direct';
import { SimulatedEnv } from '#runners/core/simulated-env.js';

/** Runs to the end on a clock that moves only when all sleep. */
async function runOn<T>(
  env: SimulatedEnv,
  build: (p: Root) => PCollection<T>,
  more: Parameters<typeof directRunner>[0] = {},
): Promise<T[]> {
  const out: T[] = [];
  const p = pipeline('unbounded', (root) => {
    build(root).write(memory.collect(out));
  });
  await p.run({}, { runner: directRunner({ env, ...more }) });
  return out;
}

describe.each(['in-process', 'bytes'] as const)('by the clock, %s', (connection) => {
  it('SDF-6: generateSequence emits a number each period, stamped with its time', async () => {
    const env = new SimulatedEnv({ now: 5_000 });
    const out = await runOn(
      env,
      (p) =>
        p
          .generateSequence({ from: 3, to: 7, every: '10s' })
          .map((n, c) => [n, c.timestamp, env.now()]),
      { connection },
    );
    expect(out).toEqual([
      [3, 5_000, 5_000],
      [4, 15_000, 15_000],
      [5, 25_000, 25_000],
      [6, 35_000, 35_000],
    ]);
  });

  it('SDF-5: periodicImpulse catches up, then ticks, and its windows close in time', async () => {
    const env = new SimulatedEnv({ now: 60_000 });
    const closed: number[] = [];
    const out = await runOn(
      env,
      (p) =>
        p
          .periodicImpulse({ every: '10s', from: 30_000, to: 90_000 })
          .window(fixed('20s'))
          .combineGloballyWith(toList(), { emptyDefault: false })
          .map((times) => {
            closed.push(env.now());
            return [...times].sort();
          }),
      { connection },
    );
    expect(out).toEqual([[30_000], [40_000, 50_000], [60_000, 70_000], [80_000]]);
    // Whoever ticks at 70 promises that nothing comes before 80.
    expect(closed).toEqual([60_000, 60_000, 70_000, 80_000]);
  });

  it('watch emits what is new, until nothing new comes for a while', async () => {
    const env = new SimulatedEnv();
    let polls = 0;
    const out = await runOn(
      env,
      (p) =>
        p
          .watch(
            () => {
              polls++;
              return ['a', 'b', 'c'].slice(0, Math.min(3, polls));
            },
            { every: '1s', by: (x) => x, until: { silent: '2s' } },
          )
          .map((x, c) => `${x} ${String(c.timestamp)}`),
      { connection },
    );
    expect(out).toEqual(['a 0', 'b 1000', 'c 2000']);
    expect([polls, env.now()]).toEqual([5, 4_000]);
  });

  it.each<[unknown, string]>([
    ['abc', 'string'],
    [undefined, 'undefined'],
  ])('watch is told if a look gives no list but %p', async (found, kind) => {
    const watching = runOn(
      new SimulatedEnv(),
      (p) => p.watch(() => found as never, { every: '1s', by: String, until: '2s' }),
      { connection },
    );
    await expect(watching).rejects.toMatchObject({
      code: 'STRAHL-4001',
      title: expect.stringContaining(`a look of watch gives an iterable of elements, not ${kind}`),
    });
  });

  it('watch looks for as long as it is told', async () => {
    const env = new SimulatedEnv();
    let polls = 0;
    const poll = () => [polls++];
    const out = await runOn(env, (p) => p.watch(poll, { every: '1s', by: (x) => x, until: '2s' }), {
      connection,
    });
    expect(out).toEqual([0, 1, 2]);
  });
});

/** Two logs in one source; the second one says nothing after its first entry. */
const twoLogs = (idleAfter: '1m' | 'never', minutes: number) =>
  source({
    element: s.string,
    bounded: 'unbounded',
    tracker: growableRange<{ readonly from: number; readonly to: number; readonly log: string }>(),
    watermark: 'monotonic',
    idleAfter,
    initial: () => ({ from: 0, to: Infinity, log: '' }),
    split: (r) => [
      { ...r, log: 'busy' },
      { ...r, log: 'silent' },
    ],
    read(r, { claim, emit, resumeAfter, now }) {
      if (now() > minutes * 60_000) {
        claim(Infinity);
        return;
      }
      if (r.log === 'busy' || r.from === 0) {
        if (!claim(r.from)) return;
        emit(`${r.log} ${String(r.from)}`, now());
      }
      resumeAfter('30s');
    },
  });

describe('WM-10: a source', () => {
  const firings = async (idleAfter: '1m' | 'never'): Promise<number[]> => {
    const env = new SimulatedEnv({ now: 1_000 });
    return runOn(env, (p) =>
      p
        .read(twoLogs(idleAfter, 5))
        .window(fixed('1m'))
        .combineGloballyWith(toList(), { emptyDefault: false })
        .map(() => Math.floor(env.now() / 60_000)),
    );
  };

  it('is not held by a part that is silent for a minute', async () => {
    expect(await firings('1m')).toEqual([1, 2, 3, 4, 5]);
  });

  it("is held for as long as that part is silent, if idleAfter is 'never'", async () => {
    expect(await firings('never')).toEqual([5, 5, 5, 5, 5]);
  });

  it('that is silent as a whole follows the clock a minute behind', async () => {
    const env = new SimulatedEnv();
    const silent = source({
      element: s.int64,
      bounded: 'unbounded',
      tracker: growableRange(),
      initial: () => ({ from: 0, to: Infinity }),
      read(r, { claim, emit, resumeAfter, now }) {
        if (r.from === 0) {
          if (claim(0)) emit(7, 10_000);
        } else if (now() > 600_000) claim(Infinity);
        resumeAfter('10s');
      },
    });
    const out = await runOn(env, (p) =>
      p
        .read(silent)
        .window(fixed('1m'))
        .combineGloballyWith(toList(), { emptyDefault: false })
        .map(() => env.now()),
    );
    // The window ends after one minute; a minute of silence later that is known.
    expect(out).toEqual([120_000]);
  });

  it('LATE-1: is not pushed by an element far in the future', async () => {
    const env = new SimulatedEnv({ now: 100_000 });
    const times = [1_000, 9e12, 2_000, 3_000];
    const lists = async (maxFutureSkew: '1h' | '9999999d'): Promise<number[][]> =>
      runOn(
        env,
        (p) =>
          p
            .read(iterable(times, { bounded: false, eventTime: (t) => t, maxFutureSkew }))
            .window(fixed('1m'))
            .combineGloballyWith(toList(), { emptyDefault: false })
            .map((list) => [...list].sort((a, b) => a - b)),
        { bundle: { maxElements: 1 } },
      );
    expect(await lists('1h')).toEqual([[1_000, 2_000, 3_000], [9e12]]);
    expect((await lists('9999999d'))[0]).toEqual([1_000]);
  });
});

describe('DRN-1: a job that is drained', () => {
  it('reads nothing unbounded any more, fires its windows and does what truncate leaves', async () => {
    const env = new SimulatedEnv();
    const out: string[] = [];
    const truncated = source({
      element: s.string,
      bounded: 'unbounded',
      tracker: growableRange(),
      initial: () => ({ from: 0, to: Infinity }),
      truncate: (r) => ({ from: r.from, to: r.from + 2 }),
      read(r, { claim, emit, resumeAfter }) {
        if (r.to < Infinity) {
          for (let i = r.from; claim(i); i++) emit(`last ${String(i)}`, 1);
        } else {
          if (claim(r.from)) emit(`first ${String(r.from)}`, 1);
          resumeAfter('1s');
        }
      },
    });
    const job = await pipeline('drained', (p) => {
      const ticks = p.periodicImpulse({ every: '1s' }).map((t) => {
        // Three ticks are enough.
        if (t === 2_000) queueMicrotask(() => void job.drain());
        return `tick ${String(t)}`;
      });
      p.flatten(ticks, p.read(truncated))
        .window(fixed('1h'))
        .combineGloballyWith(toList(), { emptyDefault: false })
        .flatMap((list) => [...list].sort())
        .write(memory.collect(out));
    }).runAsync({}, { runner: directRunner({ env }) });
    expect((await job.done).state).toBe('DRAINED');
    const firsts = out.filter((x) => x.startsWith('first')).length;
    expect(out.filter((x) => x.startsWith('last'))).toEqual([
      `last ${String(firsts)}`,
      `last ${String(firsts + 1)}`,
    ]);
    expect(out.filter((x) => x.startsWith('tick'))).toEqual(['tick 0', 'tick 1000', 'tick 2000']);
  });
});

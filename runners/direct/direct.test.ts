// Pipelines from end to end: built by the SDK, encoded, decoded, planned, run.
import { describe, expect, it } from '@jest/globals';
import { defineSource } from '#sdk/connector.js';
import {
  count,
  eventTimer,
  fixed,
  pipeline,
  sessions,
  sum,
  type PCollection,
  type Pipeline,
  type ReadContext,
  type Root,
} from '#sdk/index.js';
import { directRunner, type DirectRunnerOptions } from './index.js';

const KNOBS: readonly (readonly [string, DirectRunnerOptions])[] = [
  ['as it is', {}],
  ['with one element per bundle', { bundle: { maxElements: 1 } }],
  ['with two elements per bundle', { bundle: { maxElements: 2 } }],
  ['over bytes', { connection: 'bytes' }],
  ['with closures', { compile: 'closures' }],
  ['with three bundles side by side', { parallelism: 3 }],
  ['from seed 1', { seed: 1 }],
  ['from seed 2', { seed: 2 }],
];

/** Reads a range of ten, and throws at `failing`. */
function numbersUpTo(failing: number): (p: Root) => PCollection<number, 'bounded', 'none'> {
  const numbers = defineSource({
    name: 'numbers',
    boundedness: 'bounded',
    initial: () => ({ from: 0, to: 10 }),
    read({ from }, { claim, emit }: ReadContext<number>) {
      for (let i = from; claim(i); i++) {
        if (i === failing) throw new Error('unreadable');
        emit(i);
      }
    },
  });
  return (p) => p.read(numbers);
}

function throwing(): never {
  throw new Error('refused');
}

const failingBehind = (read: ReturnType<typeof numbersUpTo>) => (p: Root) =>
  read(p).map((x) => (x === 4 ? throwing() : x));

const alice = (p: Root) =>
  p
    .of([1])
    .withTimestamps(() => 4_000)
    .keyBy(() => 'alice')
    .window(fixed('1m'));

const failingTimer = () => (p: Root) =>
  alice(p).stateful({
    timers: { wake: eventTimer() },
    element: (_, { timers }) => timers.wake.at(5_000),
    onTimer: { wake: throwing },
  });

const failingAtEnd = () => (p: Root) =>
  alice(p).stateful({ element: () => undefined, onWindowExpiration: throwing });

async function run(p: Pipeline, options: DirectRunnerOptions = {}): Promise<void> {
  await p.run({}, { runner: directRunner(options) });
}

describe.each(KNOBS)('the direct runner %s', (_, options) => {
  it('counts words', async () => {
    const counts = new Map<string, number>();
    const p = pipeline('words', (root) =>
      root
        .of(['to be or', 'not to be', 'to'])
        .flatMap((line) => line.split(' '))
        .countPerElement()
        .map(([word, n]) => void counts.set(word, n)),
    );
    await run(p, options);
    expect(counts).toEqual(
      new Map([
        ['to', 3],
        ['be', 2],
        ['or', 1],
        ['not', 1],
      ]),
    );
  });

  it('groups by windows and sessions', async () => {
    const seen: string[] = [];
    const p = pipeline('windows', (root) => {
      const events = root
        .of(['a 1', 'b 2', 'a 61', 'a 5'])
        .withTimestamps((line) => Number(line.slice(2)) * 1000)
        .keyBy((line) => line.slice(0, 1));
      events
        .window(fixed('1m'))
        .groupByKey()
        .map(async ([key, lines]) => {
          const times = (await lines.toArray()).map((line) => line.slice(2));
          seen.push(`${key} ${times.sort().join()}`);
        });
      events
        .window(sessions('10s'))
        .combine({ n: count() })
        .map(([key, { n }], c) => {
          seen.push(`session of ${key}: ${String(n)} to ${String(c.window.maxTimestamp + 1)}`);
        });
    });
    await run(p, options);
    expect(seen.sort()).toEqual([
      'a 1,5',
      'a 61',
      'b 2',
      'session of a: 1 to 71000',
      'session of a: 2 to 15000',
      'session of b: 1 to 12000',
    ]);
  });
});

describe('a job of the direct runner', () => {
  it('rejects `done` with the error of a function, which ends FAILED', async () => {
    const p = pipeline('fails', (root) =>
      root.of([1]).map(() => {
        throw new TypeError('no');
      }),
    );
    const job = await p.runAsync({}, { runner: directRunner() });
    await expect(job.result()).rejects.toMatchObject({ code: 'STRAHL-4001' });
    expect(job.state).toBe('FAILED');
  });

  it('BND-2: tries a bundle again as often as it is told, its outputs counted once', async () => {
    let tries = 0;
    const seen: number[] = [];
    const p = pipeline('flaky', (root) =>
      root
        .of([1, 2])
        .reshuffle()
        .map((x) => {
          if (++tries < 3) throw new Error('not yet');
          return x;
        })
        .combineGloballyWith(sum((x) => x))
        .map((total) => void seen.push(total)),
    );
    await run(p, { maxBundleAttempts: 3 });
    expect(seen).toEqual([3]);
  });

  it.each([
    ['a source', numbersUpTo(3), '3 into {"from": 0, "to": 10}'],
    ['a step behind a source', failingBehind(numbersUpTo(9)), '4 into {"from": 0, "to": 10}'],
    ['a timer', failingTimer(), 'timer "wake" of key "alice", 1970-01-01T00:00:05.000Z'],
    [
      'the end of a window',
      failingAtEnd(),
      'end of window of key "alice", 1970-01-01T00:00:59.999Z',
    ],
  ] as const)(
    'BND-2: names the key or the place in the input where %s fails',
    async (_, build, position) => {
      const p = pipeline('failing', (root) => build(root));
      await expect(run(p)).rejects.toMatchObject({ code: 'STRAHL-4001', position });
    },
  );

  it('ends CANCELLED when its signal is aborted', async () => {
    const abort = new AbortController();
    const p = pipeline('endless', (root) =>
      root.generateSequence({ from: 0, to: 1e12 }).map((x) => {
        if (x === 1000) abort.abort();
        return x;
      }),
    );
    const run = p.run({}, { runner: directRunner(), signal: abort.signal });
    await expect(run).rejects.toMatchObject({ code: 'STRAHL-7102' });
  });

  it('tells what part of a bounded source was read, in bytes only where it reads bytes', async () => {
    const p = pipeline('progress', (root) => root.generateSequence({ from: 0, to: 1000 }));
    const job = await p.runAsync({}, { runner: directRunner() });
    await job.result();
    expect(job.progress()).toMatchObject({ state: 'DONE', fraction: 1, elements: 1000, bytes: 0 });
  });

  it('tells the bytes that a source counts, and the latest event time of a batch, while it runs and after', async () => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let tellSeen: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => (tellSeen = resolve));
    const lines = defineSource({
      name: 'lines',
      boundedness: 'bounded',
      initial: () => ({ from: 0, to: 3 }),
      read({ from }, { claim, emit, metrics }: ReadContext<string>) {
        for (let i = from; claim(i); i++) {
          metrics.counter('bytes_read').inc(6);
          emit(['a 3000', 'b 7000', 'c 5000'][i]!);
        }
      },
    });
    const p = pipeline('lines', (root) =>
      root
        .read(lines)
        .withTimestamps((line) => Number(line.slice(2)))
        .map(async (line) => {
          if (line.startsWith('c')) tellSeen();
          await released;
        }),
    );
    const job = await p.runAsync({}, { runner: directRunner() });
    await seen;
    const reached = { elements: 3, bytes: 18, eventTime: 7000 };
    expect(job.progress()).toMatchObject({ state: 'RUNNING', ...reached });
    release();
    await job.result();
    expect(job.progress()).toMatchObject({ state: 'DONE', ...reached });
  });

  it.each([
    [{ parallelism: 0 }, 'must be a positive integer'],
    [{ maxBundleAttempts: 0 }, 'must be a positive integer'],
    [{ bundle: { maxElements: 1.5 } }, 'must be a positive integer'],
    [{ memory: '4mb' as never }, /memory is "4mb", but must be a positive integer of bytes/],
    [{ seed: 'x' as never }, /seed is "x", but must be an integer/],
  ])('refuses %j', (options, problem) => {
    expect(() => directRunner(options)).toThrow(problem);
  });
});

// Pipelines that may keep next to nothing in memory give what they give with plenty of it.
import { describe, expect, it } from '@jest/globals';
import { count, fixed, pipeline, sessions, type Pipeline } from '#sdk/index.js';
import { MemoryScratch } from '#runners/core/spill/memory-scratch.js';
import { directRunner, type DirectRunnerOptions } from './index.js';

const ELEMENTS = 4000;

async function resultOf(
  build: (seen: string[]) => Pipeline,
  options: DirectRunnerOptions,
): Promise<readonly string[]> {
  const seen: string[] = [];
  await build(seen).run({}, { runner: directRunner(options) });
  return seen.sort();
}

const PIPELINES: readonly (readonly [string, (seen: string[]) => Pipeline])[] = [
  [
    'groups in windows',
    (seen) =>
      pipeline('groups', (p) =>
        p
          .generateSequence({ to: ELEMENTS })
          .withTimestamps((n) => n % 7000)
          .window(fixed('2s'))
          .keyBy((n) => `key ${String(n % 97)}`)
          .groupByKey()
          .map(async ([key, values], c) => {
            let sum = 0;
            for await (const value of values) sum += value;
            const again = (await values.toArray()).length;
            seen.push(`${key} ${String(c.window.maxTimestamp)} ${String(sum)} ${String(again)}`);
          }),
      ),
  ],
  [
    'sessions',
    (seen) =>
      pipeline('sessions', (p) =>
        p
          .generateSequence({ to: ELEMENTS })
          .withTimestamps((n) => ((n * 7919) % ELEMENTS) * 20 + (n % 3) * 1000)
          .keyBy((n) => n % 500)
          .window(sessions('9s'))
          .groupByKey()
          .map(async ([key, values], c) => {
            const sum = (await values.toArray()).reduce((a, b) => a + b, 0);
            seen.push(`${String(key)} ${String(c.window.maxTimestamp)} ${String(sum)}`);
          }),
      ),
  ],
  [
    'counts',
    (seen) =>
      pipeline('counts', (p) =>
        p
          .generateSequence({ to: ELEMENTS })
          .keyBy((n) => String(n % 900))
          .combine({ n: count() })
          .map(([key, { n }]) => void seen.push(`${key} ${String(n)}`)),
      ),
  ],
  [
    'keys that hardly come twice',
    (seen) =>
      pipeline('keys', (p) =>
        p
          .generateSequence({ to: ELEMENTS })
          .withTimestamps((n) => n % 7000)
          .window(fixed('3s'), { timestampCombiner: 'earliest' })
          .keyBy((n) => `key ${String((n * 7919) % 1500)}`)
          .groupByKey()
          .map(async ([key, values], c) => {
            const all = [...(await values.toArray())];
            seen.push(`${key} ${String(c.timestamp)} ${all.sort((a, b) => a - b).join()}`);
          }),
      ),
  ],
  [
    'a side input and what waits for it',
    (seen) =>
      pipeline('sides', (p) => {
        const side = p.generateSequence({ to: 500 }).map((n) => n * 2);
        return p
          .generateSequence({ to: 600 })
          .reshuffle()
          .with({ all: side.asList() })
          .map(
            (n, { all }) => void seen.push(`${String(n)} ${String(all.length + all[n % 500]!)}`),
          );
      }),
  ],
];

/** Each of them holds more than 20 kB. */
const FULL = {
  groups: pipeline('groups', (p) =>
    p
      .generateSequence({ to: 5000 })
      .map((n) => `some text ${String(n)}`)
      .keyBy((text) => text.length)
      .groupByKey(),
  ),
  sides: pipeline('sides', (p) => {
    const all = p.generateSequence({ to: 5000 }).map((n) => `some text ${String(n)}`);
    return p
      .of([1])
      .with({ all: all.asList() })
      .map((n, { all: texts }) => texts.length + n);
  }),
  waits: pipeline('waits', (p) =>
    p
      .generateSequence({ to: 5000 })
      .map((n) => `some text ${String(n)}`)
      .reshuffle()
      .map((text) => text.length),
  ),
} as const;

type Pipelines = typeof FULL;

describe.each(PIPELINES)('%s', (_, build) => {
  it.each([
    ['one byte', { memory: 1 }],
    ['one byte, over bytes', { memory: 1, connection: 'bytes' }],
    ['one byte, small bundles', { memory: 1, bundle: { maxElements: 300 } }],
    ['one byte, three partitions', { memory: 1, partitions: 3 }],
    ['100 kB', { memory: 100_000 }],
  ] as const)('are the same in %s', async (__, options) => {
    const expected = await resultOf(build, {});
    expect(expected.length).toBeGreaterThan(100);
    expect(await resultOf(build, options)).toEqual(expected);
  });
});

describe('a group that is larger than a frame may be', () => {
  const VALUES = 3000;
  const build = (seen: string[], fails: () => void): Pipeline =>
    pipeline('large', (p) =>
      p
        .generateSequence({ to: VALUES })
        .map((n) => ({ n, text: 'x'.repeat(1000 + (n % 7)) }))
        .keyBy(({ n }) => (n % 10 === 0 ? `small ${String(n % 50)}` : 'large'))
        .groupByKey()
        .map(async ([key, values]) => {
          let [sum, length] = [0, 0];
          for await (const { n, text } of values) {
            sum += n;
            length += text.length;
            if (n === 17) break;
          }
          for await (const { n } of values) sum += n;
          fails();
          const all = [...(await values.toArray())];
          seen.push(`${key} ${String(sum)} ${String(length)} ${String(all.length)}`);
        }),
    );

  it.each([
    ['in memory', {}],
    ['in one byte', { memory: 1 }],
    ['in 2 MB', { memory: 2_000_000 }],
    ['in one byte, over bytes', { memory: 1, connection: 'bytes' }],
    ['in one byte, with closures', { memory: 1, compile: 'closures' }],
    ['in one byte, from seed 3', { memory: 1, seed: 3, maxBundleAttempts: 2 }],
  ] as const)('is read as often as one likes, %s', async (_, options) => {
    const expected = await resultOf((seen) => build(seen, () => undefined), {});
    expect(expected).toHaveLength(6);
    expect(await resultOf((seen) => build(seen, () => undefined), options)).toEqual(expected);
  });

  it('BND-2: is there for the second try of its bundle', async () => {
    const expected = await resultOf((seen) => build(seen, () => undefined), {});
    let tries = 0;
    const seen = await resultOf(
      (all) =>
        build(all, () => {
          if (tries++ === 0) throw new Error('once');
        }),
      { memory: 1, maxBundleAttempts: 2, bundle: { maxElements: 500 } },
    );
    // What the failed try of the bundle noted is not taken back.
    expect([...new Set(seen)]).toEqual(expected);
  });

  it('goes through mapValues', async () => {
    const seen: number[] = [];
    const p = pipeline('large', (root) =>
      root
        .generateSequence({ to: VALUES })
        .map((n) => ({ n, text: 'x'.repeat(1000) }))
        .keyBy(() => 'k')
        .groupByKey()
        .mapValues(async (values) => {
          let total = 0;
          for await (const { text } of values) total += text.length;
          return total;
        })
        .map(([, total]) => void seen.push(total)),
    );
    await p.run({}, { runner: directRunner({ memory: 1 }) });
    expect(seen).toEqual([VALUES * 1000]);
  });
});

describe('a disk that is full', () => {
  it.each([
    ['for groups', (p: Pipelines) => p.groups],
    ['for a side input', (p: Pipelines) => p.sides],
    ['for what waits', (p: Pipelines) => p.waits],
  ])('ends the job with STRAHL-7004, %s', async (_, pick) => {
    const scratch = new MemoryScratch(20_000);
    const job = await pick(FULL).runAsync({}, { runner: directRunner({ memory: 1, scratch }) });
    await expect(job.result()).rejects.toMatchObject({ code: 'STRAHL-7004' });
    expect(job.state).toBe('FAILED');
  });
});

it('what was spilled is given back when the job is done', async () => {
  const scratch = new MemoryScratch();
  await FULL.groups.run({}, { runner: directRunner({ memory: 1, scratch }) });
  expect(scratch.bytes).toBe(0);
});

it.each([0, -1, 1.5, NaN])('a memory of %d bytes is refused', (memory) => {
  expect(() => directRunner({ memory })).toThrow('memory is');
});

// Pipelines that may keep next to nothing in memory give what they give with plenty of it.
import { describe, expect, it } from '@jest/globals';
import { count, fixed, pipeline, sessions, type Pipeline } from '#sdk/index.js';
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
          .keyBy((n) => `${String(n % 900)}`)
          .combine({ n: count() })
          .map(([key, { n }]) => void seen.push(`${key} ${String(n)}`)),
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

it.each([0, -1, 1.5, NaN])('a memory of %d bytes is refused', (memory) => {
  expect(() => directRunner({ memory })).toThrow('memory is');
});

import { pipeline } from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { absoluteCase, type Benchmark } from '../case.js';
import { cpuOf, peakRss } from '../measure.js';
import { randomBelow } from './keys.js';

const RECORDS = 44_000_000;
const KEYS = 5_000_000;
/** With the key and what stands around an element, a record is about 114 bytes. */
const VALUE = 'v'.repeat(96);
const ONE_KEY_VALUES = 20_000_000;

/** `STRAHL_BENCH_SCALE=0.1` for a look; the limits are meant for the whole. */
const SCALE = Number(process.env['STRAHL_BENCH_SCALE'] ?? 1);

/** The case with less memory comes first: the peak of a process never falls. */
export const external: Benchmark = {
  name: 'external',
  about:
    'GroupByKey of 5 GB, 44 M records, 5 M keys; one key with 2 GB of values; more than memory',
  async run() {
    const values = Math.round(ONE_KEY_VALUES * SCALE);
    const total = await oneKey(values, 64e6);
    if (total !== values * VALUE.length) throw new Error(`${String(total)} characters were read`);
    const oneKeyRss = peakRss();
    const records = Math.round(RECORDS * SCALE);
    let seen = { groups: 0, values: 0 };
    const ns = await cpuOf(async () => {
      seen = await manyKeys(records, Math.round(KEYS * SCALE), 600e6 * SCALE);
    });
    if (seen.values !== records) throw new Error(`${String(seen.values)} values were read`);
    return [
      absoluteCase('one-key-rss', 'MB', oneKeyRss, 300),
      absoluteCase('many-keys', 'ms', ns / 1e6, 60_000),
      absoluteCase('many-keys-rss', 'MB', peakRss(), 1000),
    ];
  },
};

async function oneKey(values: number, memory: number): Promise<number> {
  let total = 0;
  await pipeline('one-key', (p) =>
    p
      .generateSequence({ to: values })
      .map((n): readonly [string, string] => [
        'only',
        VALUE.slice(n % 2) + (n % 2 === 1 ? 'w' : ''),
      ])
      .keyed()
      .groupByKey()
      .map(async ([, group]) => {
        for await (const value of group) total += value.length;
      }),
  ).run({}, { runner: directRunner({ memory }) });
  return total;
}

async function manyKeys(
  records: number,
  keys: number,
  memory: number,
): Promise<{ readonly groups: number; readonly values: number }> {
  const next = randomBelow(keys);
  let groups = 0;
  let values = 0;
  await pipeline('many-keys', (p) =>
    p
      .generateSequence({ to: records })
      .map((): readonly [string, string] => [`user-${String(next())}`, VALUE])
      .keyed()
      .groupByKey()
      .map(async ([, group]) => {
        const { length } = await group.toArray();
        groups++;
        values += length;
      }),
  ).run({}, { runner: directRunner({ memory }) });
  return { groups, values };
}

import { fixed, pipeline } from 'strahl';
import { absoluteCase, ratioCase, type Benchmark, type Case } from '../case.js';
import { contest } from '../measure.js';
import { pollute } from '../pollute.js';
import { randomBelow, stringKeys } from './keys.js';

const ELEMENTS = 10_000_000;
const KEYS = 100_000;

export const group: Benchmark = {
  name: 'group',
  about: 'GroupByKey, 10 M elements over 100 k string keys in interval windows, values iterated',
  async run() {
    await pollute();
    const keys = stringKeys(KEYS);
    const cases: Case[] = [];
    const integers = await contest({
      ours: () =>
        ours(
          ELEMENTS,
          keys,
          (n) => n & 1023,
          (v) => v,
        ),
      peer: () =>
        byHand(
          ELEMENTS,
          keys,
          (n) => n & 1023,
          (v) => v,
        ),
      elements: ELEMENTS,
      rounds: 3,
    });
    cases.push(ratioCase('integers-vs-map', 'ns/element', integers, 4));
    cases.push(absoluteCase('integers-absolute', 'ns/element', integers.ours.best, 200));
    const text = 'x'.repeat(28);
    const strings = await contest({
      ours: () =>
        ours(
          ELEMENTS,
          keys,
          (n) => text + String(1000 + (n & 1023)),
          (v) => v.length,
        ),
      peer: () =>
        byHand(
          ELEMENTS,
          keys,
          (n) => text + String(1000 + (n & 1023)),
          (v) => v.length,
        ),
      elements: ELEMENTS,
      rounds: 3,
    });
    cases.push(ratioCase('strings-vs-map', 'ns/element', strings, 4));
    return cases;
  },
};

/** Sums `weigh` over all values, key by key, so that every value is decoded and looked at. */
export async function ours<V>(
  elements: number,
  keys: readonly string[],
  value: (n: number) => V,
  weigh: (v: V) => number,
): Promise<number> {
  const next = randomBelow(keys.length);
  let total = 0;
  await pipeline('group', (p) =>
    p
      .generateSequence({ to: elements })
      .withTimestamps((n) => n & 0xffff)
      .window(fixed('1h'))
      .map((n): readonly [string, V] => [keys[next()]!, value(n)])
      .keyed()
      .groupByKey()
      .map(async ([, values]) => {
        for (const v of await values.toArray()) total += weigh(v);
      }),
  ).run({});
  return total;
}

export function byHand<V>(
  elements: number,
  keys: readonly string[],
  value: (n: number) => V,
  weigh: (v: V) => number,
): number {
  const next = randomBelow(keys.length);
  const groups = new Map<string, V[]>();
  for (let n = 0; n < elements; n++) {
    const key = keys[next()]!;
    const values = groups.get(key);
    if (values === undefined) groups.set(key, [value(n)]);
    else values.push(value(n));
  }
  let total = 0;
  for (const values of groups.values()) for (const v of values) total += weigh(v);
  return total;
}

import { pipeline, sum } from 'strahl';
import { ratioCase, type Benchmark } from '../case.js';
import { contest } from '../measure.js';
import { pollute } from '../pollute.js';
import { randomBelow, stringKeys } from './keys.js';

const ELEMENTS = 10_000_000;
const KEYS = 100_000;

export const combine: Benchmark = {
  name: 'combine',
  about: 'sum per key, 10 M elements over 100 k keys, against a Map',
  async run() {
    await pollute();
    const keys = stringKeys(KEYS);
    const result = await contest({
      ours: () => ours(keys),
      peer: () => byHand(keys),
      elements: ELEMENTS,
    });
    return [ratioCase('vs-map', 'ns/element', result, 2.5)];
  },
};

async function ours(keys: readonly string[]): Promise<number> {
  const next = randomBelow(KEYS);
  let checksum = 0;
  await pipeline('combine', (p) =>
    p
      .generateSequence({ to: ELEMENTS })
      .map((n): readonly [string, number] => [keys[next()]!, n & 1023])
      .keyed()
      .combineWith(sum((n) => n))
      .map(([key, total]) => {
        checksum += total ^ key.length;
      }),
  ).run({});
  return checksum;
}

function byHand(keys: readonly string[]): number {
  const next = randomBelow(KEYS);
  const totals = new Map<string, number>();
  for (let n = 0; n < ELEMENTS; n++) {
    const key = keys[next()]!;
    totals.set(key, (totals.get(key) ?? 0) + (n & 1023));
  }
  let checksum = 0;
  for (const [key, total] of totals) checksum += total ^ key.length;
  return checksum;
}

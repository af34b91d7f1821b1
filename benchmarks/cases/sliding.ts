import { pipeline, sliding as slidingWindows } from 'strahl';
import { absoluteCase, type Benchmark } from '../case.js';
import { bestCpuOf } from '../measure.js';
import { pollute } from '../pollute.js';
import { randomBelow, stringKeys } from './keys.js';

const ELEMENTS = 10_000_000;
const KEYS = 1000;
/** Elements of a millisecond of event time: a hundred per key and second. */
const PER_MS = 100;
const ROUNDS = 3;

export const sliding: Benchmark = {
  name: 'sliding',
  about: 'count per key in windows of 10 s every 1 s, 10 M elements over 1,000 keys',
  async run() {
    await pollute();
    const keys = stringKeys(KEYS);
    const best = (await bestCpuOf(() => counts(keys), ROUNDS)) / ELEMENTS;
    return [absoluteCase('count', 'ns/element', best, 120)];
  },
};

async function counts(keys: readonly string[]): Promise<void> {
  const next = randomBelow(KEYS);
  let total = 0;
  await pipeline('sliding', (p) =>
    p
      .generateSequence({ to: ELEMENTS })
      .withTimestamps((n) => Math.floor(n / PER_MS))
      .map((): readonly [string, number] => [keys[next()]!, 1])
      .keyed()
      .window(slidingWindows('10s', '1s'))
      .countPerKey()
      .map(([, n]) => {
        total += n;
      }),
  ).run({});
  if (total !== ELEMENTS * 10) throw new Error(`the windows hold ${String(total)} elements`);
}

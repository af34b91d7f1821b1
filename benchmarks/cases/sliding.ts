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
const WINDOW_SECONDS = 10;

export const sliding: Benchmark = {
  name: 'sliding',
  about: 'count per key in windows of 10 s every 1 s, 10 M elements over 1,000 keys',
  async run() {
    await pollute();
    const keys = stringKeys(KEYS);
    const best = (await bestCpuOf(() => counts(keys), ROUNDS)) / ELEMENTS;
    const byHand = (await bestCpuOf(() => countedByHand(keys), ROUNDS)) / ELEMENTS;
    const note = `a loop over a Map takes ${byHand.toFixed(0)}`;
    return [{ ...absoluteCase('count', 'ns/element', best, 120), note }];
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

/** What one would write for this input alone, which comes in order: counts of a second, added up as windows end. */
function countedByHand(keys: readonly string[]): void {
  const next = randomBelow(KEYS);
  const seconds: ReadonlyMap<string, number>[] = [];
  let total = 0;
  const end = (): void => {
    const window = new Map<string, number>();
    for (const second of seconds)
      for (const [key, n] of second) window.set(key, (window.get(key) ?? 0) + n);
    for (const n of window.values()) total += n;
  };
  const perSecond = 1000 * PER_MS;
  for (let from = 0; from < ELEMENTS; from += perSecond) {
    const counts = new Map<string, number>();
    for (let n = from; n < from + perSecond; n++) {
      const key = keys[next()]!;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    seconds.push(counts);
    if (seconds.length > WINDOW_SECONDS) seconds.shift();
    end();
  }
  for (seconds.shift(); seconds.length > 0; seconds.shift()) end();
  if (total !== ELEMENTS * WINDOW_SECONDS)
    throw new Error(`the loop counts ${String(total)} elements`);
}

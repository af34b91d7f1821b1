import { pipeline, sessions as sessionWindows } from 'strahl';
import { absoluteCase, type Benchmark } from '../case.js';
import { bestCpuOf } from '../measure.js';
import { pollute } from '../pollute.js';
import { stampedEvents } from './stamped-events.js';
import { stringKeys } from './keys.js';

const ELEMENTS = 5_000_000;
const KEYS = 100_000;
const ROUNDS = 2;
/** Each key has a visit every 100 s of event time, which is one round over all keys. */
const STEP = 1;
const ROUND = KEYS * STEP;
const GAP = 1.5 * ROUND;

export const sessions: Benchmark = {
  name: 'sessions',
  about: 'count per key in sessions, 5 M elements over 100 k keys, one in ten joins two sessions',
  async run() {
    await pollute();
    const keys = stringKeys(KEYS);
    const best = (await bestCpuOf(() => counts(keys), ROUNDS)) / ELEMENTS;
    return [absoluteCase('count', 'ns/element', best, 400)];
  },
};

/**
 * Of ten visits of a key the eighth has the time of the fifth, which itself has the time of the fourth: until
 * it comes, those before and behind are two sessions. Its own time stays empty, so that a new session begins there.
 */
function lagOf(n: number): number {
  const visit = Math.floor(n / KEYS) % 10;
  return visit === 7 ? 3 * ROUND : visit === 4 ? ROUND : 0;
}

async function counts(keys: readonly string[]): Promise<void> {
  let total = 0;
  await pipeline('sessions', (p) =>
    p
      .read(stampedEvents({ count: ELEMENTS, step: STEP, lag: lagOf, disorder: 5 * ROUND }))
      .map((n): readonly [string, number] => [keys[n % KEYS]!, 1])
      .keyed()
      .window(sessionWindows(GAP))
      .countPerKey()
      .map(([, n]) => {
        total += n;
      }),
  ).run({});
  if (total !== ELEMENTS) throw new Error(`the sessions hold ${String(total)} elements`);
}

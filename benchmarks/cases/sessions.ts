import { pipeline, sessions as sessionWindows } from 'strahl';
import { absoluteCase, type Benchmark } from '../case.js';
import { cpuOf } from '../measure.js';
import { pollute } from '../pollute.js';
import { stampedEvents } from './stamped-events.js';
import { stringKeys } from './keys.js';

const ELEMENTS = 5_000_000;
const KEYS = 100_000;
const ROUNDS = 2;
/** Each key has an element every 100 s of event time, which is one round over all keys. */
const STEP = 1;
const GAP = 250_000;

export const sessions: Benchmark = {
  name: 'sessions',
  about: 'count per key in sessions, 5 M elements over 100 k keys, one in ten joins two sessions',
  async run() {
    await pollute();
    const keys = stringKeys(KEYS);
    let best = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      best = Math.min(best, (await cpuOf(() => counts(keys))) / ELEMENTS);
    }
    return [absoluteCase('count', 'ns/element', best, 400)];
  },
};

/**
 * Of ten visits of a key, three are left out, so that the next one begins a session of its own; another one
 * comes late enough to join the two.
 */
function lagOf(n: number): number {
  const visit = Math.floor(n / KEYS) % 10;
  if (visit === 6) return 3 * KEYS * STEP;
  return 0;
}

async function counts(keys: readonly string[]): Promise<void> {
  let total = 0;
  await pipeline('sessions', (p) =>
    p
      .read(stampedEvents({ count: ELEMENTS, step: STEP, lag: lagOf }))
      .map((n): readonly [string, number] => [keys[n % KEYS]!, 1])
      .keyed()
      .window(sessionWindows(GAP), { allowedLateness: '1h', panes: 'discarding' })
      .countPerKey()
      .map(([, n]) => {
        total += n;
      }),
  ).run({});
  if (total !== ELEMENTS) throw new Error(`the sessions hold ${String(total)} elements`);
}

import { afterCount, afterWatermark, eachElement, fixed, pipeline, repeat } from 'strahl';
import { absoluteCase, type Benchmark } from '../case.js';
import { bestCpuOf } from '../measure.js';
import { pollute } from '../pollute.js';
import { randomBelow, stringKeys } from './keys.js';
import { stampedEvents } from './stamped-events.js';

const ELEMENTS = 5_000_000;
const KEYS = 1000;
/** Milliseconds between two elements: 300 per key and window. */
const STEP = 0.2;
const ROUNDS = 2;
/** One element in so many is late. */
const LATE = 200;

export const triggers: Benchmark = {
  name: 'triggers',
  about:
    'count per key and minute, early every 100 elements, late each, accumulating, 5 M elements',
  async run() {
    await pollute();
    const keys = stringKeys(KEYS);
    const best = (await bestCpuOf(() => counts(keys), ROUNDS)) / ELEMENTS;
    return [absoluteCase('early-and-late', 'ns/element', best, 500)];
  },
};

async function counts(keys: readonly string[]): Promise<void> {
  const next = randomBelow(KEYS);
  let panes = 0;
  await pipeline('triggers', (p) =>
    p
      .read(
        stampedEvents({
          count: ELEMENTS,
          step: STEP,
          lag: (n) => (n % LATE === 0 && n > 1e6 ? 90_000 : 0),
        }),
      )
      .map((): readonly [string, number] => [keys[next()]!, 1])
      .keyed()
      .window(fixed('1m'), {
        trigger: afterWatermark()
          .early(repeat(afterCount(100)))
          .late(eachElement()),
        allowedLateness: '10m',
        panes: 'accumulating',
      })
      .countPerKey()
      .map(() => {
        panes++;
      }),
  ).run({});
  if (panes < ELEMENTS / 100) throw new Error(`only ${String(panes)} panes came`);
}

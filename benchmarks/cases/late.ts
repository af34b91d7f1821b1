import { fixed, pipeline } from 'strahl';
import { duration, TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import { absoluteCase, type Benchmark } from '../case.js';
import { openGrouping, stampedFrame } from './grouping-frames.js';
import { randomBelow, stringKeys } from './keys.js';
import { stampedEvents } from './stamped-events.js';

const ELEMENTS = 1_000_000;
const KEYS = 1000;
/** Milliseconds between two elements; the watermark moves at least every 82 seconds. */
const STEP = 10;
const MINUTE = 60_000;
const LATENESS = 5 * MINUTE;
const BUNDLE = 8192;

export const late: Benchmark = {
  name: 'late',
  about:
    '1 M elements, 30 % late, 5 % beyond the allowed lateness: drops are exact, memory is bounded',
  async run() {
    return [
      absoluteCase('drops-wrong', 'elements', Math.abs((await dropped()) - expected()), 0),
      absoluteCase('memory', 'of live state', heldOverLive(), 2),
    ];
  },
};

/** A quarter is two minutes late, one in twenty half an hour, as soon as that is behind the first window. */
function lagOf(n: number): number {
  const share = n % 20;
  if (share === 0) return n * STEP > 60 * MINUTE ? 30 * MINUTE : 0;
  return share <= 5 ? 2 * MINUTE : 0;
}

function expected(): number {
  let count = 0;
  for (let n = 0; n < ELEMENTS; n++) if (lagOf(n) === 30 * MINUTE) count++;
  return count;
}

async function dropped(): Promise<number> {
  const keys = stringKeys(KEYS);
  const next = randomBelow(KEYS);
  const result = await pipeline('late', (p) =>
    p
      .read(stampedEvents({ count: ELEMENTS, step: STEP, lag: lagOf }))
      .map((): readonly [string, number] => [keys[next()]!, 1])
      .keyed()
      .window(fixed('1m'), { allowedLateness: LATENESS, panes: 'discarding' })
      // Groups of values: a combine before the shuffle would drop accumulators instead of elements.
      .groupByKey()
      .map(() => undefined),
  ).run({});
  return result.metrics.counter('droppedDueToLateness');
}

/** What the engine holds at the worst moment, over what the windows that are alive then hold by themselves. */
function heldOverLive(): number {
  const keys = stringKeys(KEYS);
  const times = { input: TIMESTAMP_MIN, output: TIMESTAMP_MIN };
  const windowing = { accumulation: 'accumulating', allowedLateness: duration(LATENESS) } as const;
  const all = openGrouping(false, windowing, times);
  let worst = 0;
  for (let from = 0; from + BUNDLE <= ELEMENTS; from += BUNDLE) {
    const frame = (least: number) =>
      stampedFrame(
        Array.from({ length: from + BUNDLE - least }, (_, i) => least + i),
        (n) => ({ time: n * STEP - lagOf(n), key: keys[(n * 7919) % KEYS]!, value: n }),
        MINUTE,
      );
    const bundle = frame(from);
    all.absorb(bundle, bundle.index!);
    all.endBundle();
    times.input = times.output = ((from + BUNDLE) * STEP) as EventTime;
    all.advance();
    while (all.due) all.emit(1 << 22);
    // Rarely, since it means to fill a second grouping.
    if ((from / BUNDLE) % 30 !== 29) continue;
    const alive = openGrouping(false, windowing, { ...times });
    const recent = frame(Math.max(0, from + BUNDLE - (LATENESS + 4 * MINUTE) / STEP));
    alive.absorb(recent, recent.index!);
    worst = Math.max(worst, all.heldBytes / alive.heldBytes);
  }
  return worst;
}

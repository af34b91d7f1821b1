import {
  afterCount,
  afterWatermark,
  count,
  eachElement,
  fixed,
  pipeline,
  repeat,
  s,
  source,
} from 'strahl';
import { memory } from 'strahl/io/memory';

const START = Date.UTC(2026, 0, 1, 12);
const at = (minutes: number, seconds: number): number => START + (minutes * 60 + seconds) * 1000;

/** The times of the readings of a meter that sometimes loses its network, in the order in which they arrive. */
const transmissions = [
  [at(0, 5), at(0, 15), at(0, 25)],
  // The first minute is over: its count goes out, on time.
  [at(1, 10)],
  // Three minutes late, and still within the five that the window waits.
  [at(4, 0)],
  [at(0, 45)],
  // Later than that: the window is closed, so the reading is dropped and counted.
  [at(9, 0)],
  [at(0, 55)],
];

const meter = source({
  name: 'meter',
  element: s.int64,
  bounded: 'unbounded',
  watermark: 'manual',
  initial: () => ({ from: 0, to: transmissions.length }),
  read({ from }, { claim, emit, watermark, resumeAfter }) {
    if (!claim(from)) return;
    for (const time of transmissions[from]!) emit(time, time);
    // The watermark is the latest time that has arrived: what comes later with an earlier time is late.
    watermark(Math.max(...transmissions.slice(0, from + 1).flat()));
    resumeAfter('50ms');
  },
});

/** One line of the report. */
export interface Count {
  readonly minute: string;
  readonly readings: number;
  readonly timing: string;
}

/** The lines of the report, in order. */
export const report: Count[] = [];

/**
 * Readings of each minute: a first count after every second reading, one when the minute is over, and a
 * better one for each reading that comes late. Each count stands for all readings so far.
 */
export default pipeline('late-data', (p) =>
  p
    .read(meter)
    .window(fixed('1m'), {
      trigger: afterWatermark()
        .early(repeat(afterCount(2)))
        .late(eachElement()),
      allowedLateness: '5m',
      panes: 'accumulating',
    })
    .combineGloballyWith(count(), { emptyDefault: false })
    .reify()
    .map(({ value, timestamp, pane }) => ({
      minute: new Date(timestamp).toISOString().slice(11, 16),
      readings: value,
      timing: pane.timing,
    }))
    .log()
    .write(memory.collect(report)),
);

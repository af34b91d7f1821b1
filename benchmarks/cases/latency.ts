import { fixed, pipeline, source, type Source } from 'strahl';
import { absoluteCase, type Benchmark } from '../case.js';
import { stringKeys } from './keys.js';

const MINUTE = 60_000;
const KEYS = 1000;
/** Elements of one window; event time runs as fast as they come. */
const PER_WINDOW = 60_000;
const WINDOWS = 300;
/** Windows at the beginning that are not looked at: code is still being compiled. */
const WARM_UP = 60;
const ELEMENTS = PER_WINDOW * WINDOWS;
/** Of event time, in milliseconds. */
const STEP = MINUTE / PER_WINDOW;
/** How long a paced source rests, in milliseconds. */
const PAUSE = 2;
const UNPACED = 8192;

export const latency: Benchmark = {
  name: 'latency',
  about: 'counts per key and minute at half of the maximum rate: watermark to result, p99',
  async run() {
    const most = await maximumRate();
    const delays = await delaysAt(most / 2);
    const p99 = delays[Math.floor(delays.length * 0.99)]!;
    const median = delays[delays.length >> 1]!;
    const note = `median ${median.toFixed(1)}, ${(most / 1e6).toFixed(2)} M elements/s at most`;
    return [{ ...absoluteCase('p99', 'ms', p99, 25), note }];
  },
};

/** Elements per second. */
async function maximumRate(): Promise<number> {
  const start = performance.now();
  await counts(
    events({ limit: (from) => from + UNPACED, report: () => undefined, pause: 0 }),
    () => undefined,
  );
  return (ELEMENTS * 1000) / (performance.now() - start);
}

/** Per window, in milliseconds and sorted: from the report of a watermark behind its end to its last result. */
async function delaysAt(rate: number): Promise<readonly number[]> {
  const reported = new Float64Array(WINDOWS);
  const last = new Float64Array(WINDOWS);
  const start = performance.now();
  let over = 0;
  const paced = events({
    limit: () => Math.floor(((performance.now() - start) * rate) / 1000),
    report(time) {
      for (; over < Math.floor(time / MINUTE); over++) reported[over] = performance.now();
    },
    pause: PAUSE,
  });
  await counts(paced, (end) => {
    last[end / MINUTE - 1] = performance.now();
  });
  const delays = last.map((time, i) => time - reported[i]!);
  return [...delays.subarray(WARM_UP)].sort((a, b) => a - b);
}

interface Pace {
  /** Up to which number is read now. */
  readonly limit: (from: number) => number;
  /** Hears the watermark. */
  readonly report: (time: number) => void;
  /** In milliseconds. */
  readonly pause: number;
}

/** Numbers with timestamps. */
function events({ limit, report, pause }: Pace): Source<number, 'bounded'> {
  return source({
    name: 'events',
    bounded: 'bounded',
    initial: () => ({ from: 0, to: ELEMENTS }),
    read(r, { claim, emit, watermark, resumeAfter }) {
      const end = Math.min(r.to, limit(r.from));
      for (let n = r.from; n < end; n++) {
        if (!claim(n)) return;
        emit(n, n * STEP);
      }
      const time = Math.max(r.from, end) * STEP;
      watermark(time);
      report(time);
      if (end < r.to) resumeAfter(pause);
      else claim(end);
    },
  });
}

async function counts(input: Source<number, 'bounded'>, heard: (end: number) => void) {
  const keys = stringKeys(KEYS);
  let total = 0;
  await pipeline('latency', (p) =>
    p
      .read(input)
      .map((n): readonly [string, number] => [keys[n % KEYS]!, 1])
      .keyed()
      .window(fixed('1m'))
      .countPerKey()
      .map(([, n], c) => {
        total += n;
        if (c.window.kind === 'interval') heard(c.window.end);
      }),
  ).run({});
  if (total !== ELEMENTS) throw new Error(`${String(total)} elements were counted`);
}

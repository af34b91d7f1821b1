import { eventTimer, pipeline, s, value } from 'strahl';
import { absoluteCase, type Benchmark } from '../case.js';
import { bestCpuOf } from '../measure.js';
import { pollute } from '../pollute.js';
import { randomBelow, stringKeys } from './keys.js';
import { heldPerKey } from './state-bytes.js';

const ELEMENTS = 2_000_000;
const KEYS = 1_000_000;
const ROUNDS = 2;

export const state: Benchmark = {
  name: 'state',
  about: 'a value-state update and an event timer per element, 2 M elements over 1 M keys',
  async run() {
    await pollute();
    const keys = stringKeys(KEYS);
    const best = (await bestCpuOf(() => updates(keys), ROUNDS)) / ELEMENTS;
    const byHand = (await bestCpuOf(() => updatesByHand(keys), ROUNDS)) / ELEMENTS;
    return [
      {
        ...absoluteCase('update-and-timer', 'ns/element', best, 800),
        note: `a Map of objects by hand ${byHand.toFixed(0)} ns`,
      },
      absoluteCase('memory', 'B/key', heldPerKey(KEYS, 'value-and-timer'), 150),
    ];
  },
};

/** Each key counts its elements and is told ten minutes after the last one. */
export async function updates(keys: readonly string[]): Promise<void> {
  const next = randomBelow(keys.length);
  let counted = 0;
  await pipeline('state', (p) =>
    p
      .generateSequence({ to: ELEMENTS })
      .withTimestamps((n) => n)
      .map((n): readonly [string, number] => [keys[next()]!, n])
      .keyed()
      .stateful({
        state: { count: value(s.int, 0) },
        timers: { idle: eventTimer() },
        element(_, { state: { count }, timers: { idle } }) {
          count.write(count.read() + 1);
          idle.after('10m');
        },
        onTimer: {
          idle({ state: { count } }) {
            counted += count.read();
            count.clear();
          },
        },
      }),
  ).run({});
  if (counted !== ELEMENTS) throw new Error(`${String(counted)} elements were counted`);
}

interface Counter {
  count: number;
  fire: number;
}

/** The same without a pipeline, for the reader: timers fire in order, and only the last one of a key. */
function updatesByHand(keys: readonly string[]): void {
  const next = randomBelow(keys.length);
  const counters = new Map<string, Counter>();
  const timers: Counter[] = [];
  for (let n = 0; n < ELEMENTS; n++) {
    const key = keys[next()]!;
    let counter = counters.get(key);
    if (counter === undefined) counters.set(key, (counter = { count: 0, fire: 0 }));
    counter.count++;
    counter.fire = n;
    timers.push(counter);
  }
  let counted = 0;
  for (const [n, { count, fire }] of timers.entries()) if (fire === n) counted += count;
  if (counted !== ELEMENTS) throw new Error(`${String(counted)} elements were counted`);
}

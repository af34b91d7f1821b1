import { fixed, pipeline } from 'strahl';
import { absoluteCase, type Benchmark } from '../case.js';
import { longestTurn } from '../longest-turn.js';
import { pollute } from '../pollute.js';
import { absorb, framesOf, openGrouping } from './grouping-frames.js';

const KEYS = 10_000_000;
const HOUR = 3_600_000;
const BATCH = 100_000;

export const hold: Benchmark = {
  name: 'hold',
  about: '10 M keys, one open window of an hour each: bytes per key, and the longest pause',
  async run() {
    await pollute();
    return [
      absoluteCase('memory', 'B/key', heldPerKey(), 120),
      absoluteCase('pause', 'ms', await longestTurn(counts), 100),
    ];
  },
};

/** What the engine holds for the count of a key, beyond the encoded key. */
function heldPerKey(): number {
  const grouping = openGrouping(true);
  let keys = 0;
  for (let from = 0; from < KEYS; from += BATCH) {
    const frames = framesOf(
      BATCH,
      (i) => from + i,
      () => 1,
    );
    for (const { index } of frames) {
      for (let i = 0; i < index!.length; i += 4) keys += index![i + 2]! - index![i + 1]!;
    }
    absorb(grouping, frames);
  }
  return (grouping.heldBytes - keys) / KEYS;
}

/** All windows are open until the input ends; then all fire. */
async function counts(): Promise<void> {
  let total = 0;
  await pipeline('hold', (p) =>
    p
      .generateSequence({ to: KEYS })
      .withTimestamps((n) => n % HOUR)
      .map((n): readonly [number, number] => [n, 1])
      .keyed()
      .window(fixed('1h'))
      .countPerKey()
      .map(([, n]) => {
        total += n;
      }),
  ).run({});
  if (total !== KEYS) throw new Error(`${String(total)} of ${String(KEYS)} keys were counted`);
}

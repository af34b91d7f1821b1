import { expect, test } from '@jest/globals';
import { pipeline, source } from '#sdk/index.js';
import { directRunner, type DirectRunnerOptions } from './index.js';

// A bug here reads a whole source into memory while a slow step works on its first elements.

const ELEMENTS = 20_000;
/** Four for each call that may run, and what is read between two looks at the clock. */
const MOST_AHEAD = 4 + 1024;

test.each<[string, DirectRunnerOptions]>([
  ['in one process', {}],
  ['by bytes', { connection: 'bytes' }],
])(
  'a source reads no further ahead of a slow step than its queue holds, %s',
  async (_, options) => {
    let read = 0;
    let done = 0;
    let ahead = 0;
    const numbers = source({
      name: 'numbers',
      bounded: 'bounded',
      initial: () => ({ from: 0, to: ELEMENTS }),
      read({ from, to }, { claim, emit }) {
        for (let n = from; n < to; n++) {
          if (!claim(n)) return;
          read++;
          emit(n);
        }
        claim(to);
      },
    });
    await pipeline('slow', (p) =>
      p.read(numbers).map(
        async (n) => {
          ahead = Math.max(ahead, read - done);
          await Promise.resolve();
          done++;
          return n;
        },
        { concurrency: 1 },
      ),
    ).run({}, { runner: directRunner(options) });
    expect(done).toBe(ELEMENTS);
    expect(ahead).toBeLessThanOrEqual(MOST_AHEAD);
  },
);

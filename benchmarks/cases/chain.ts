import { pipeline } from 'strahl';
import { absoluteCase, ratioCase, type Benchmark } from '../case.js';
import { contest } from '../measure.js';
import { pollute } from '../pollute.js';

const ELEMENTS = 10_000_000;

/** Five small functions: two filters and three maps, of which two allocate. */
export const chain: Benchmark = {
  name: 'chain',
  about: '5 small DoFns over 10 M elements, against the loop one would write by hand',
  async run() {
    await pollute();
    const result = await contest({
      ours: () => ours(ELEMENTS),
      peer: () => byHand(ELEMENTS),
      elements: ELEMENTS,
    });
    return [
      ratioCase('vs-loop', 'ns/element', result, 3),
      absoluteCase('absolute', 'ns/element', result.ours.best, 25),
    ];
  },
};

/**
 * The checksum wraps at 32 bits: a number that outgrows them in the midst of a run makes V8 compile the loop once more,
 * which is the doing of the checksum.
 */
export async function ours(elements: number): Promise<number> {
  let total = 0;
  await pipeline('chain', (p) =>
    p
      .generateSequence({ to: elements })
      .map((n) => ({ id: n, value: (n * 7) % 1000 }))
      .filter((x) => x.value !== 3)
      .map((x) => ({ id: x.id, value: x.value + 1 }))
      .filter((x) => (x.id & 1) === 0)
      .map((x) => {
        total = (total + x.value) | 0;
      }),
  ).run({});
  return total;
}

export function byHand(elements: number): number {
  let total = 0;
  for (let n = 0; n < elements; n++) {
    const x = { id: n, value: (n * 7) % 1000 };
    if (x.value === 3) continue;
    const y = { id: x.id, value: x.value + 1 };
    if ((y.id & 1) !== 0) continue;
    total = (total + y.value) | 0;
  }
  return total;
}

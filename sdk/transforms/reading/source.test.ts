// A source as users describe it. A bug here would look like a split into no parts at all.
import { expect, it } from '@jest/globals';
import { s, source } from '../../index.js';
import { runTest } from '../../testing/index.js';

it('says how many parts are worth having to the function that splits', async () => {
  const asked: number[] = [];
  const numbers = source({
    element: s.int,
    bounded: 'bounded',
    initial: () => ({ from: 0, to: 100 }),
    split(r, n) {
      asked.push(n);
      const size = Math.ceil((r.to - r.from) / n);
      return Array.from({ length: n }, (_, i) => ({
        from: Math.min(r.to, r.from + i * size),
        to: Math.min(r.to, r.from + (i + 1) * size),
      }));
    },
    read(r, { claim, emit }) {
      for (let i = r.from; claim(i); i++) emit(i);
    },
  });
  const { out } = await runTest((p) => ({ out: p.read(numbers) }));
  expect(out.values).toHaveLength(100);
  expect(new Set(out.values).size).toBe(100);
  expect(asked).toEqual([16]);
});

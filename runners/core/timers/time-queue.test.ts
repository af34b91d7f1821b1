// What a bug here would look like: a timer that fires before an earlier one, or twice, or never.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { EntryHeap } from './entry-heap.js';
import { TimeQueue } from './time-queue.js';

function drained(queue: TimeQueue | EntryHeap): (readonly [number, number])[] {
  const all: (readonly [number, number])[] = [];
  while (queue.size > 0) {
    all.push([queue.leastTime, queue.leastItem]);
    queue.pop();
  }
  return all;
}

/** A sequence of numbers that looks random, and is the same each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Pushes and pops by the script, and then pops all: as a heap does. */
function compare(count: number, timeOf: (i: number) => number, popsAfter: (i: number) => number) {
  const queue = new TimeQueue();
  const heap = new EntryHeap();
  let wrong = 0;
  const pop = (): void => {
    if (queue.leastTime !== heap.leastTime || queue.leastItem !== heap.leastItem) wrong++;
    queue.pop();
    heap.pop();
  };
  for (let i = 0; i < count; i++) {
    const time = timeOf(i);
    queue.push(time, i, i);
    heap.push(time, i, i);
    for (let pops = popsAfter(i); pops > 0 && queue.size > 0; pops--) pop();
  }
  while (queue.size > 0) pop();
  expect([wrong, heap.size, queue.leastTime]).toEqual([0, 0, Infinity]);
}

describe('a queue of times', () => {
  it('gives the least time first, and of equal ones the first that came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.nat({ max: 2 })), { maxLength: 300 }),
        (script) => {
          compare(
            script.length,
            (i) => script[i]![0],
            (i) => script[i]![1],
          );
        },
      ),
    );
  });

  it.each([
    ['in order', (i: number) => i],
    ['backwards', (i: number) => -i],
    ['all at one time', () => 7],
    ['in two alternating runs', (i: number) => (i % 2) * 1_000_000 + i],
    ['anywhere', (i: number, random: () => number) => Math.floor(random() * 1e7)],
    ['anywhere within all of time', (_: number, random: () => number) => (random() - 0.5) * 1e16],
    [
      'mostly near, some far away',
      (i: number, random: () => number) =>
        random() < 0.9 ? i + Math.floor(random() * 100) : 1e15 * random(),
    ],
  ])('keeps the order of many that come %s', (_, timeOf) => {
    for (const pops of [0, 0.9, 1.1]) {
      const random = numbers(7);
      compare(
        20_000,
        (i) => timeOf(i, random),
        () => (random() < pops / 2 ? 2 : 0),
      );
    }
  });

  it('goes by the given order where it is not that in which they came', () => {
    const queue = new TimeQueue();
    for (let i = 0; i < 50_000; i++) queue.push(3, (i * 7919) % 50_000, i);
    expect(drained(queue).map(([, i]) => (i * 7919) % 50_000)).toEqual(
      Array.from({ length: 50_000 }, (_, i) => i),
    );
  });

  it('takes what comes before what is being read', () => {
    const queue = new TimeQueue();
    const random = numbers(3);
    for (let i = 0; i < 30_000; i++) queue.push(1e6 + Math.floor(random() * 1e6), i, i);
    for (let i = 0; i < 100; i++) queue.pop();
    for (let i = 0; i < 30_000; i++) queue.push(Math.floor(random() * 1e6), 30_000 + i, i);
    const times = drained(queue).map(([time]) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times).toHaveLength(59_900);
  });

  it('gives all that is due at once as it gives one by one, what came late included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 300 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 31 }), fc.nat({ max: 50 })), { maxLength: 8 }),
        (times, takes) => {
          const queue = new TimeQueue();
          const single = new TimeQueue();
          const half = times.length >> 1;
          const push = (time: number, i: number): void => {
            queue.push(time, i, i);
            single.push(time, i, i);
          };
          times.slice(0, half).forEach(push);
          for (const [n, [limit, most]] of takes.entries()) {
            const items = new Int32Array(most);
            const taken = queue.takeWhile((time) => time < limit, items);
            const expected: number[] = [];
            while (expected.length < most && single.leastTime < limit) {
              expected.push(single.leastItem);
              single.pop();
            }
            expect([...items.subarray(0, taken)]).toEqual(expected);
            if (n === 0) times.slice(half).forEach((time, i) => push(time, half + i));
          }
          expect(drained(queue)).toEqual(drained(single));
        },
      ),
    );
  });

  it('lets go of what it held', () => {
    const queue = new TimeQueue();
    const random = numbers(5);
    for (let i = 0; i < 100_000; i++) queue.push(Math.floor(random() * 1e6), i, i);
    expect(queue.heldBytes / 100_000).toBeLessThan(24);
    drained(queue);
    expect(queue.heldBytes).toBeLessThan(1 << 18);
  });
});

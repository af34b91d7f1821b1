// Splittable reads: whatever is split where, whatever fails and waits, each position is read once.
import fc from 'fast-check';
import { pipeline, source, type ReadContext } from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { seededRandom } from '#runners/core/seeded-random.js';
import { collect } from '#sdk/testing/collect.js';
import type { Collected } from '#sdk/testing/collected.js';
import { chaosOf } from './chaos.js';
import type { Check } from './check.js';

interface Reading {
  readonly to: number;
  /** Into how many parts the range is split at first. */
  readonly parts: number;
  /** Claims so many positions per record: the next record starts that far on. */
  readonly stride: number;
  readonly maxElements: number;
  /** The claims after which the function throws, once each. */
  readonly throwsAt: readonly number[];
  /** Whether the source pauses now and then, and when it is asked for more. */
  readonly pauses: boolean;
  readonly asynchronous: boolean;
}

function readingOf(seed: number): Reading {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const to = 1 + below(80);
  return {
    to,
    parts: 1 + below(4),
    stride: 1 + below(3),
    maxElements: 1 + below(30),
    throwsAt: Array.from({ length: below(3) }, () => below(to)),
    pauses: random() < 0.5,
    asynchronous: random() < 0.3,
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Positions are multiples of the stride, so that ranges begin between records. */
function sourceOf(reading: Reading) {
  const thrown = new Set<number>();
  const { to, parts, stride } = reading;
  return source({
    bounded: reading.pauses ? 'unbounded' : 'bounded',
    initial: (): Range => ({ from: 0, to }),
    split: ({ from, to: end }: Range): Range[] => {
      const cuts = Array.from(
        { length: parts + 1 },
        (_, i) => from + Math.floor(((end - from) * i) / parts),
      );
      return cuts.slice(1).map((cut, i) => ({ from: cuts[i]!, to: cut }));
    },
    read(r: Range, c: ReadContext<number>) {
      let read = 0;
      let at = Math.ceil(r.from / stride) * stride;
      const step = (): boolean => {
        if (!c.claim(at)) return false;
        if (reading.throwsAt.includes(at) && !thrown.has(at)) {
          thrown.add(at);
          throw new Error(`a function that throws at ${String(at)}`);
        }
        c.emit(at, at);
        if (reading.pauses) c.watermark(at);
        at += stride;
        if (!reading.pauses || ++read % 5 > 0) return true;
        c.resumeAfter('1s');
        return false;
      };
      if (reading.asynchronous) return stepsLater(step);
      while (step());
      return undefined;
    },
  });
}

async function stepsLater(step: () => boolean): Promise<void> {
  while (step()) await Promise.resolve();
}

export const split: Check = {
  name: 'splittable reads',
  run: async (seed) => {
    const reading = readingOf(seed);
    const out: Collected<number>[] = [];
    const test = pipeline('reads', (p) => {
      collect(p.read(sourceOf(reading)), out);
    });
    const { maxElements, throwsAt } = reading;
    const runner = directRunner({
      ...chaosOf(seed),
      bundle: { maxElements },
      maxBundleAttempts: 1 + throwsAt.length,
    });
    await test.run({}, { runner });
    const got = out.map(({ value }) => value).sort((a, b) => a - b);
    const want = Array.from(
      { length: Math.ceil(reading.to / reading.stride) },
      (_, i) => i * reading.stride,
    );
    return got.join() === want.join()
      ? []
      : [`SDF-2: read ${got.join()} instead of ${want.join()}`];
  },
  describe: (seed) => fc.stringify(readingOf(seed)),
};

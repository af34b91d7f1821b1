// What a bug here looks like: a position that two bundles read, or none.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { growableRange, OffsetTracker, offsetRange, sparseRange } from './offset-tracker.js';
import { factoryOf, type RestrictionTracker } from './restriction-tracker.js';
import { tracker } from './user-tracker.js';

interface Range {
  readonly from: number;
  readonly to: number;
}

const start = (made: unknown, r: Range): RestrictionTracker<Range, number> =>
  factoryOf(made)!.start(r) as RestrictionTracker<Range, number>;

/** Positions of the restriction, as a read claims them: every `step`th number. */
function readAll(
  made: unknown,
  first: Range,
  step: number,
  splits: readonly (number | undefined)[],
) {
  const seen: number[] = [];
  const todo = [first];
  let turn = 0;
  for (let r = todo.shift(); r !== undefined; r = todo.shift()) {
    const running = start(made, r);
    for (let i = r.from; ; i += step) {
      const fraction = splits[turn++];
      const rest = fraction === undefined ? undefined : running.split(fraction);
      if (rest !== undefined) todo.push(rest);
      if (!running.claim(i)) break;
      seen.push(i);
    }
    expect(running.isDone()).toBe(true);
  }
  return seen.sort((a, b) => a - b);
}

const fractions = fc.array(
  fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  {
    maxLength: 40,
  },
);

const byHand = tracker<Range, number>({
  claim: ({ to }, at) => at < to,
  split: ({ from, to }, fraction, last = from - 1) => {
    const at = last + 1 + Math.floor((to - last - 1) * fraction);
    return at >= to
      ? undefined
      : [
          { from, to: at },
          { from: at, to },
        ];
  },
  done: ({ from, to }, last = from - 1) => last >= to - 1,
});

describe('pitfall 27: splits at any claim never lose or double a position', () => {
  it.each([
    ['offsetRange()', offsetRange<Range>(), 1],
    ['offsetRange({ step: 5 })', offsetRange<Range>({ step: 5 }), 5],
    ['offsetRange() of a read in steps', offsetRange<Range>(), 5],
    ['a tracker of the user', byHand, 1],
  ] as const)('SDF-2: %s', (_, made, step) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fractions, (n, splits) => {
        const first = { from: 0, to: n * step };
        const all = Array.from({ length: n }, (_, i) => i * step);
        expect(readAll(made, first, step, splits)).toEqual(all);
      }),
    );
  });

  it('SDF-2: a growable range is split where it is known to reach', () => {
    const made = growableRange<Range>({ end: () => 20 });
    const running = start(made, { from: 0, to: Infinity });
    running.claim(0);
    // Nobody knows yet where the next position is.
    expect(running.split(0.5)).toBeUndefined();
    running.claim(1);
    expect(running.split(0.5)).toEqual({ from: 10, to: Infinity });
    expect(running.restriction).toEqual({ from: 0, to: 10 });
    expect(start(growableRange(), { from: 0, to: Infinity }).split(0.5)).toBeUndefined();
    expect(start(growableRange(), { from: 3, to: Infinity }).split(0)).toEqual({
      from: 3,
      to: Infinity,
    });
  });
});

describe('a tracker of ranges', () => {
  it('SDF-3: gives nothing away after the last claim', () => {
    const running = start(offsetRange(), { from: 0, to: 3 });
    for (const i of [0, 1, 2]) running.claim(i);
    expect([running.split(0), running.split(0.5)]).toEqual([undefined, undefined]);
    expect(running.claim(3)).toBe(false);
    expect(running.split(0)).toBeUndefined();
  });

  it('SDF-3: keeps the fields of its restriction in both parts', () => {
    const running = start(offsetRange(), { from: 0, to: 10, file: 'a' } as never);
    running.claim(0);
    running.claim(1);
    expect(running.split(0.5)).toEqual({ from: 5, to: 10, file: 'a' });
    expect(running.restriction).toEqual({ from: 0, to: 5, file: 'a' });
  });

  it.each([
    ['before the range', [-1]],
    ['twice', [4, 4]],
    ['backwards', [4, 3]],
    ['after a refused claim', [10, 11]],
    ['that is not a number', [NaN]],
    ['that is a text', ['1']],
  ])('refuses a claim %s', (_, claims) => {
    const running = start(offsetRange(), { from: 0, to: 10 });
    expect(() => claims.map((at) => running.claim(at as number))).toThrow(/STRAHL-4005/);
  });

  it.each([{ from: 0 }, { from: 0, to: '9' }, { from: NaN, to: 1 }, null, 'all'])(
    'refuses %j, which is not a range',
    (r) => {
      expect(() => new OffsetTracker(r as never)).toThrow(/STRAHL-1401/);
    },
  );

  it('tells how much is done and left', () => {
    const running = start(offsetRange(), { from: 10, to: 20 });
    expect(running.progress()).toEqual({ done: 0, left: 10 });
    running.claim(14);
    expect(running.progress()).toEqual({ done: 4, left: 6 });
    expect(start(growableRange(), { from: 0, to: Infinity }).progress()).toBeUndefined();
  });

  it('is done before its end only where a read finds the end by itself', () => {
    const made = [offsetRange(), sparseRange()].map((m) => start(m, { from: 0, to: 9 }));
    for (const running of made) running.claim(3);
    expect(made.map((running) => running.isDone())).toEqual([false, true]);
    expect(start(offsetRange(), { from: 5, to: 5 }).isDone()).toBe(true);
  });

  it('refuses a step that is not a whole number', () => {
    for (const step of [0, 1.5, -1]) expect(() => offsetRange({ step })).toThrow(/STRAHL-9002/);
  });
});

describe('a tracker of the user', () => {
  it('needs claim and done', () => {
    expect(() => tracker({ claim: () => true } as never)).toThrow(/STRAHL-9002/);
  });

  it('whose split gives no two restrictions is refused', () => {
    const made = tracker<Range, number>({
      claim: () => true,
      split: () => [{ from: 0, to: 1 }] as never,
      done: () => false,
    });
    expect(() => start(made, { from: 0, to: 2 }).split(0)).toThrow(/STRAHL-4010/);
  });

  it('refuses a claim after a refused one', () => {
    const running = start(byHand, { from: 0, to: 1 });
    expect(running.claim(5)).toBe(false);
    expect(() => running.claim(6)).toThrow(/STRAHL-4005/);
  });
});

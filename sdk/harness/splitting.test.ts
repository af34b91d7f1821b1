// What a bug here looks like: an element that is in what a bundle kept and in what it gave back, or in neither.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BundleSplit } from '#portability/fnapi/connection.js';
import { duration } from '#portability/model/time.js';
import { transformId } from '#portability/model/ids.js';
import type { Frame } from '#portability/wire/frames.js';
import { offsetRange } from '../dofn/offset-tracker.js';
import type { ReadContext } from '../dofn/source.js';
import { tracker } from '../dofn/user-tracker.js';
import { InProcessConnection } from './in-process.js';
import { reading, restriction, sourceOf, type Range, type Reading } from './reading.fixture.js';
import { calling, framesOf, runElements, StageCodec, StageDraft } from './stage-draft.fixture.js';
import { connectByBytes } from '#portability/fnapi/connect-by-bytes.js';
import { STILL_CLOCK } from './still-clock.fixture.js';

const MODES = ['generated', 'closures', 'bytes'] as const;
const clock = STILL_CLOCK;

/** Calls `at` before each claim, and lets messages arrive. */
const stopping = (at: (claim: number) => void) => {
  let claims = 0;
  return sourceOf(
    async (r: Range, c: ReadContext<unknown>) => {
      for (let i = r.from; ; i++) {
        at(claims++);
        for (let n = 0; n < 12; n++) await Promise.resolve();
        if (!c.claim(i)) return;
        c.emit(i);
      }
    },
    { tracker: offsetRange() as never },
  );
};

const split = (
  { connection }: Pick<Reading, 'connection'>,
  fractionOfRemainder: number,
  inputElements = 1,
) =>
  connection.split('bundle' as never, {
    transform: transformId('source'),
    fractionOfRemainder,
    inputElements,
  });

/** Runs restrictions, splitting before the given claims; all that bundles kept and gave back. */
async function readSplitting(
  mode: (typeof MODES)[number],
  ranges: readonly Range[],
  splits: ReadonlyMap<number, number>,
) {
  const found: (BundleSplit | undefined)[] = [];
  const asked: unknown[] = [];
  const made: { now?: Reading } = {};
  const fn = stopping((claim) => {
    const fraction = splits.get(claim);
    if (fraction === undefined) return;
    const answer = split(made.now!, fraction, ranges.length);
    asked.push(Promise.resolve(answer).then((s) => found.push(s)));
  });
  made.now = await reading(fn, mode);
  const { connection, codec } = made.now;
  const all = ranges.map(({ from, to }) => restriction(from, to));
  const outcome = await runElements(connection, codec, all);
  await Promise.all(asked as Promise<void>[]);
  const values = codec.values('out', framesOf(outcome)) as number[];
  return { values, found: found.filter((s) => s !== undefined), outcome, codec };
}

const rangeOf = (codec: StageCodec, frame: Frame): Range =>
  (codec.values('in', [frame])[0] as [[unknown, [Range, unknown]], number])[0][1][0];
const members = ({ from, to }: Range): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

describe.each(MODES)('a bundle of restrictions, %s', (mode) => {
  it('pitfall 27, SDF-2: what it read and what splits took are the restriction, wherever they fall', async () => {
    const cases = fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(24), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 4 }),
      async (sizes, splits) => {
        let from = 0;
        const ranges = sizes.map((n) => ({ from: (from += 100), to: from + n }));
        const { values, found, codec } = await readSplitting(mode, ranges, new Map(splits));
        let end = ranges.length;
        const back = found.flatMap(({ residuals, firstResidual }) => {
          const whole = ranges.slice(firstResidual, end);
          end = firstResidual;
          return [...residuals.map(({ element }) => rangeOf(codec, element)), ...whole];
        });
        const seen = [...values, ...back.flatMap(members)].sort((a, b) => a - b);
        expect(seen).toEqual(ranges.flatMap(members));
        // A repeated try of the bundle would read the same again.
        const last = found.at(-1);
        if (last === undefined) return;
        const kept = [
          ...ranges.slice(0, last.lastPrimary + 1),
          ...last.primaries.map((frame) => rangeOf(codec, frame)),
        ];
        expect(kept.flatMap(members)).toEqual(values);
      },
    );
    await fc.assert(cases, { numRuns: 60 });
  });

  it('SDF-3: gives back the restrictions that it has not begun, and then half of the one it has', async () => {
    const ranges = [0, 100, 200, 300].map((from) => ({ from, to: from + 10 }));
    const { values, found } = await readSplitting(mode, ranges, new Map([[2, 0.5]]));
    expect(found).toMatchObject([
      { lastPrimary: 1, firstResidual: 2, primaries: [], residuals: [] },
    ]);
    expect(values).toHaveLength(20);
    const one = await readSplitting(mode, [{ from: 0, to: 10 }], new Map([[2, 0.5]]));
    expect(one.found).toMatchObject([
      { lastPrimary: -1, firstResidual: 1, residuals: [{ transform: 'read', input: 'in' }] },
    ]);
    expect(rangeOf(one.codec, one.found[0]!.residuals[0]!.element)).toEqual({ from: 5, to: 10 });
  });

  it('SDF-3: has nothing to give when all is claimed or it has ended', async () => {
    const { found, values } = await readSplitting(mode, [{ from: 0, to: 2 }], new Map([[2, 0]]));
    expect([found, values]).toEqual([[], [0, 1]]);
    const done = await reading(
      stopping(() => undefined),
      mode,
    );
    await runElements(done.connection, done.codec, [restriction(0, 1)]);
    expect(await split(done, 0)).toBeUndefined();
  });
});

describe.each(['in one process', 'over bytes'] as const)('a bundle of elements, %s', (where) => {
  it('SDF-3: gives back the elements that it has not begun', async () => {
    const draft = new StageDraft();
    draft.pcollection('in', 'varint');
    draft.pcollection('out', 'varint');
    const asked: unknown[] = [];
    const slow = async (n: number): Promise<number> => {
      if (n === 3) asked.push(split({ connection }, 0.5, 12));
      for (let i = 0; i < 20; i++) await Promise.resolve();
      return n;
    };
    draft
      .source('in')
      .parDo('slow', calling('map', slow, { concurrency: 1 }), 'in', 'out')
      .sink('sink', 'out');
    const descriptor = draft.build();
    const { functions } = draft;
    const inner = new InProcessConnection({ functions, clock });
    const connection = where === 'over bytes' ? connectByBytes(inner) : inner;
    await connection.register([descriptor]);
    const codec = new StageCodec(descriptor, functions);
    const elements = Array.from({ length: 12 }, (_, value) => ({ value }));
    const outcome = await runElements(connection, codec, elements);
    const [answer] = (await Promise.all(asked)) as [BundleSplit];
    const { firstResidual } = answer;
    expect(answer.lastPrimary).toBe(firstResidual - 1);
    expect(firstResidual).toBeGreaterThan(3);
    expect(firstResidual).toBeLessThan(12);
    const kept = Array.from({ length: firstResidual }, (_, i) => i);
    expect(codec.values('out', framesOf(outcome))).toEqual(kept);
    expect(outcome.metrics).toContainEqual({
      kind: 'element-count',
      pcollection: 'in',
      value: firstResidual,
    });
  });
});

describe('a splittable function', () => {
  const run = async (
    read: (r: Range, c: ReadContext<unknown>) => void | Promise<void>,
    more: Parameters<typeof sourceOf>[1] = {},
  ) => {
    const { connection, codec } = await reading(sourceOf(read, more));
    return { codec, outcome: await runElements(connection, codec, [restriction(0, 9)]) };
  };
  const strict = { tracker: offsetRange() as never };

  it.each<[string, string, (r: Range, c: ReadContext<unknown>) => unknown, object]>([
    ['returns early', 'STRAHL-4008', (_, c) => [0].map(c.claim), strict],
    ['claims nothing', 'STRAHL-4008', () => undefined, strict],
    ['goes on after a refused claim', 'STRAHL-4005', (_, c) => [9, 10].map(c.claim), strict],
    [
      'emits after a refused claim',
      'STRAHL-4005',
      (_, c) => {
        if (!c.claim(9)) c.emit(1);
      },
      strict,
    ],
    [
      'reports a lower watermark',
      'STRAHL-4009',
      (_, c) => [5, 4].forEach((t) => c.watermark(t)),
      {},
    ],
    [
      'emits behind a monotonic watermark',
      'STRAHL-4009',
      (_, c) => [5, 4].forEach((t) => c.claim(9 - t) && c.emit(1, t)),
      { watermark: 'monotonic' },
    ],
    [
      'gives no time',
      'STRAHL-4002',
      (_, c) => {
        if (c.claim(0)) c.emit(1, NaN);
      },
      {},
    ],
    [
      'has a negative size',
      'STRAHL-4010',
      (_, c) => c.resumeAfter(1),
      { ...strict, size: () => -1 },
    ],
    [
      'cannot be split and wants to go on later',
      'STRAHL-4008',
      (_, c) => c.resumeAfter(1),
      { tracker: tracker({ claim: () => true, done: () => false }) },
    ],
    ['waits for no duration', 'STRAHL-1203', (_, c) => c.resumeAfter('soon' as never), {}],
  ])('that %s fails its bundle with %s', async (_, code, read, more) => {
    await expect(run((r, c) => void read(r, c), more)).rejects.toMatchObject({
      code,
      step: 'Steps/read',
    });
  });

  it.each(['claim', 'emit'] as const)(
    'that keeps its %s is refused after its call',
    async (name) => {
      let kept: ((x: number) => unknown) | undefined;
      const { outcome } = await run((r, c) => {
        kept = c[name];
      });
      expect(outcome.residuals).toEqual([]);
      expect(() => kept!(1)).toThrow(/STRAHL-4005/);
    },
  );

  it('SDF-7: whose commit callback comes too late is not called', async () => {
    let passed = 0;
    const called: string[] = [];
    const fn = sourceOf((_, c) => {
      c.onBundleCommitted(() => void called.push('short'), { within: '1s' });
      c.onBundleCommitted(() => void called.push('long'));
    });
    const { connection, codec } = await reading(fn, 'bytes', {
      ...clock,
      monotonic: () => passed,
      // To set the time of the day is not to let time pass.
      now: () => (passed + 1) * 10_000_000,
    });
    const outcome = await runElements(connection, codec, [restriction(0, 1)]);
    expect(outcome.finalize).toBe(true);
    passed = 1_000;
    await connection.finalize('bundle' as never);
    await connection.finalize('bundle' as never);
    expect(called).toEqual(['long']);
  });

  it('SDF-4: goes back with a delay as users write it', async () => {
    const { outcome } = await run((_, c) => c.resumeAfter('2s'));
    expect(outcome.residuals).toMatchObject([{ resumeAfter: duration(2_000) }]);
  });
});

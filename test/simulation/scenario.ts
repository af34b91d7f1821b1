// Random groupings: a strategy and what happens to it, as plain data that both sides are run on.
import fc from 'fast-check';
import { duration } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { RefElement, RefEvent, RefStrategy, RefWindowFn } from './reference.js';

export interface Scenario {
  readonly strategy: RefStrategy;
  readonly events: readonly RefEvent[];
  /** What becomes of a group: its values, or their sum, which is lifted where that is legal. */
  readonly output: 'values' | 'sum';
}

const windowFns: fc.Arbitrary<RefWindowFn> = fc.oneof(
  fc.constant({ kind: 'global' } as const),
  fc
    .record({ size: fc.integer({ min: 1, max: 12 }), offset: fc.nat({ max: 11 }) })
    .map(({ size, offset }) => ({ kind: 'fixed', size, offset: offset % size }) as const),
  fc
    .record({ size: fc.integer({ min: 2, max: 12 }), period: fc.integer({ min: 1, max: 12 }) })
    .map(
      ({ size, period }) => ({ kind: 'sliding', size, period: Math.min(size, period) }) as const,
    ),
  fc.integer({ min: 1, max: 8 }).map((gap) => ({ kind: 'sessions', gap }) as const),
);

const { once } = fc.letrec<{ once: TriggerSpec; again: TriggerSpec }>((tie) => ({
  once: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.integer({ min: 1, max: 4 }).map((count): TriggerSpec => ({ kind: 'element-count', count })),
    fc.integer({ min: 0, max: 9 }).map((delay): TriggerSpec => ({
      kind: 'after-processing-time',
      transforms: [{ kind: 'delay', delay: duration(delay) }],
    })),
    fc.constant<TriggerSpec>({ kind: 'after-end-of-window' }),
    fc
      .tuple(
        fc.constantFrom('after-all', 'after-any', 'after-each'),
        fc.array(tie('once'), { minLength: 1, maxLength: 3 }),
      )
      .map(([kind, subtriggers]) => ({ kind, subtriggers }) as TriggerSpec),
    fc
      .tuple(tie('again'), tie('once'))
      .map(([main, end]): TriggerSpec => ({ kind: 'or-finally', main, finally: end })),
  ),
  again: fc.oneof(
    tie('once').map((subtrigger): TriggerSpec => ({ kind: 'repeat', subtrigger })),
    fc.constant<TriggerSpec>({ kind: 'always' }),
  ),
}));

const repeated = once.map((subtrigger): TriggerSpec => ({ kind: 'repeat', subtrigger }));

/** All that a grouping accepts (TRG-4). */
const triggers: fc.Arbitrary<TriggerSpec> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<TriggerSpec>({ kind: 'default' }) },
  { weight: 1, arbitrary: fc.constant<TriggerSpec>({ kind: 'never' }) },
  { weight: 1, arbitrary: fc.constant<TriggerSpec>({ kind: 'always' }) },
  { weight: 3, arbitrary: repeated },
  {
    weight: 4,
    arbitrary: fc
      .record({
        early: fc.option(fc.oneof(repeated, once), { nil: undefined }),
        late: fc.oneof(repeated, once),
      })
      .map(({ early, late }): TriggerSpec => ({
        kind: 'after-end-of-window',
        ...(early === undefined ? {} : { early }),
        late,
      })),
  },
);

const strategies: fc.Arbitrary<RefStrategy> = fc
  .record({
    windowFn: windowFns,
    trigger: triggers,
    accumulating: fc.boolean(),
    lateness: fc.constantFrom(0, 0, 3, 20),
    timestamps: fc.constantFrom('end-of-window', 'earliest', 'latest'),
    closingAlways: fc.boolean(),
    onTimeAlways: fc.boolean(),
  })
  // TRG-5: the global window has no end to wait for.
  .map((strategy) =>
    strategy.windowFn.kind === 'global' && strategy.trigger.kind === 'default'
      ? { ...strategy, trigger: { kind: 'always' } }
      : strategy,
  );

const element: fc.Arbitrary<Omit<RefElement, 'value'>> = fc.record({
  key: fc.constantFrom('a', 'b'),
  time: fc.integer({ min: -10, max: 40 }),
});

/** `atOnce`: how many elements may come together; one makes all that follows from them certain. */
function eventsOf(atOnce: number): fc.Arbitrary<readonly RefEvent[]> {
  const elements = fc.array(element, { minLength: 1, maxLength: atOnce });
  return fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: elements.map((list) => ({ kind: 'elements', list }) as const) },
        {
          weight: 2,
          arbitrary: fc.nat({ max: 15 }).map((by) => ({ kind: 'watermark', by }) as const),
        },
        {
          weight: 1,
          arbitrary: fc.integer({ min: 1, max: 12 }).map((by) => ({ kind: 'clock', by }) as const),
        },
      ),
      { minLength: 1, maxLength: 20 },
    )
    .map((steps) => {
      let watermark = -12;
      let value = 1;
      return steps.map((step): RefEvent => {
        if (step.kind === 'clock') return step;
        if (step.kind === 'watermark') return { kind: 'watermark', time: (watermark += step.by) };
        // Powers of two: a sum tells what is in it.
        const list = step.list.map((e) => ({ ...e, value: (value = (value * 2) % 0x7fffffff) }));
        return { kind: 'elements', elements: list };
      });
    });
}

export function scenarios(atOnce: number): fc.Arbitrary<Scenario> {
  return fc.record({
    strategy: strategies,
    events: eventsOf(atOnce),
    output: fc.constantFrom('values', 'sum'),
  });
}

/** The scenario of a seed, always the same. */
export function scenarioOf(seed: number, atOnce: number): Scenario {
  return fc.sample(scenarios(atOnce), { seed, numRuns: 1 })[0]!;
}

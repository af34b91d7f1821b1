// Random groupings: a strategy and what happens to it, as plain data that both sides are run on.
import fc from 'fast-check';
import { duration } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { RefElement, RefEvent, RefStrategy, RefWindowFn } from './script.js';

export interface Scenario {
  readonly strategy: RefStrategy;
  readonly events: readonly RefEvent[];
  /** What becomes of a group: its values, or their sum, which is lifted where that is legal. */
  readonly output: 'values' | 'sum';
}

const sessions = fc.integer({ min: 1, max: 8 }).map((gap) => ({ kind: 'sessions', gap }) as const);

const slidingWindows: fc.Arbitrary<RefWindowFn> = fc
  .record({ size: fc.integer({ min: 2, max: 12 }), period: fc.integer({ min: 1, max: 12 }) })
  .map(({ size, period }) => ({ kind: 'sliding', size, period: Math.min(size, period) }) as const);

const windowFns: fc.Arbitrary<RefWindowFn> = fc.oneof(
  fc.constant({ kind: 'global' } as const),
  fc
    .record({ size: fc.integer({ min: 1, max: 12 }), offset: fc.nat({ max: 11 }) })
    .map(({ size, offset }) => ({ kind: 'fixed', size, offset: offset % size }) as const),
  slidingWindows,
  slidingWindows,
  sessions,
  sessions,
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
      .map(([kind, subtriggers]) => ({ kind, subtriggers })),
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
    timestamps: fc.constantFrom('end-of-window', 'earliest', 'earliest', 'latest'),
    closingAlways: fc.boolean(),
    onTimeAlways: fc.boolean(),
  })
  // TRG-5: the global window has no end to wait for.
  .map((strategy) =>
    strategy.windowFn.kind === 'global' && strategy.trigger.kind === 'default'
      ? { ...strategy, trigger: { kind: 'always' } }
      : strategy,
  );

interface Arrival {
  readonly key: string;
  /** Milliseconds from the watermark, or from the epoch if it is `far`. */
  readonly at: number;
  readonly far: boolean;
}

const arrival: fc.Arbitrary<Arrival> = fc.record({
  key: fc.constantFrom('a', 'a', 'a', 'b'),
  at: fc.integer({ min: -12, max: 12 }),
  far: fc.boolean(),
});

/** In milliseconds. */
const DAY = 86_400_000;

type Step =
  | { readonly kind: 'elements'; readonly arrivals: readonly Arrival[] }
  | { readonly kind: 'watermark'; readonly by: number }
  | { readonly kind: 'clock'; readonly by: number };

function stepsOf(atOnce: number): fc.Arbitrary<Step> {
  const arrivals = fc.array(arrival, { minLength: 1, maxLength: atOnce });
  const elements = arrivals.map((list): Step => ({ kind: 'elements', arrivals: list }));
  const watermark = fc.nat({ max: 12 }).map((by): Step => ({ kind: 'watermark', by }));
  // Now and then the clock jumps, as that of a machine that slept.
  const clock = fc
    .integer({ min: 1, max: 12 })
    .map((by): Step => ({ kind: 'clock', by: by === 12 ? DAY : by }));
  return fc.oneof(
    { weight: 6, arbitrary: elements },
    { weight: 2, arbitrary: watermark },
    { weight: 1, arbitrary: clock },
  );
}

/** `atOnce`: how many elements may come together; one makes all that follows from them certain. */
function eventsOf(atOnce: number): fc.Arbitrary<readonly RefEvent[]> {
  const steps = fc.array(stepsOf(atOnce), { minLength: 2, maxLength: 20, size: 'max' });
  return steps.map((list) => {
    let watermark = -5;
    let value = 1;
    // Powers of two: a sum tells what is in it.
    const next = (): number => (value = (value * 2) % 0x7fffffff);
    const elementOf = ({ key, at, far }: Arrival): RefElement => {
      return { key, value: next(), time: far ? at + 12 : watermark + at };
    };
    return list.map((step): RefEvent => {
      if (step.kind === 'clock') return { kind: 'clock', by: step.by };
      if (step.kind === 'watermark') return { kind: 'watermark', time: (watermark += step.by) };
      return { kind: 'elements', elements: step.arrivals.map(elementOf) };
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

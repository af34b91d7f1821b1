// What a bug here looks like: values that their collection can encode fail, because a transform of the library
// keeps them, or puts them together with others, in a coder of another kind.
import { describe, expect, it } from '@jest/globals';
import {
  bottom,
  coGroupByKey,
  count,
  sample,
  sampleAny,
  toList,
  top,
  type Coder,
  type Keyed,
  type PCollection,
} from '../index.js';
import { runTest } from '../testing/index.js';

/** No plain data: only its own coder knows its bytes. */
class Money {
  readonly #cents: number;

  constructor(cents: number) {
    this.#cents = cents;
  }

  get cents(): number {
    return this.#cents;
  }
}

const MONEY: Coder<Money> = {
  encode: (money) => Uint8Array.of(money.cents),
  decode: ([cents]) => new Money(cents!),
};

/** What elements are, with cents instead of money. */
function plain(x: unknown): unknown {
  if (x instanceof Money) return x.cents;
  if (Array.isArray(x)) return x.map(plain);
  if (typeof x !== 'object' || x === null) return x;
  return Object.fromEntries(Object.entries(x).map(([field, value]) => [field, plain(value)]));
}

const sorted = (xs: readonly unknown[]): readonly unknown[] =>
  xs.map((x) => JSON.stringify(x)).sort();

type Step = (byKey: Keyed<string, Money>, all: PCollection<Money>) => PCollection<unknown>;

/** 5, 7 and 9 cents go in, with the keys little, much and much. */
// prettier-ignore
const steps: readonly (readonly [name: string, step: Step, ...expected: readonly unknown[]])[] = [
  ['groupIntoBatches', (byKey) => byKey.groupIntoBatches({ size: 2 }), ['little', [5]], ['much', [7, 9]]],
  ['groupIntoBatches of shards', (byKey) => byKey.groupIntoBatches({ size: 9, sharded: 3 }), ['little', [5]], ['much', [7]], ['much', [9]]],
  ['groupIntoBatches of bytes', (byKey) => byKey.groupIntoBatches({ bytes: 2 }), ['little', [5]], ['much', [7]], ['much', [9]]],
  ['batchElements', (_, all) => all.batchElements({ min: 9, max: 9 }), [5, 7, 9]],
  ['latest', (_, all) => all.latest(), 9],
  ['latestPerKey', (byKey) => byKey.latestPerKey(), ['little', 5], ['much', 9]],
  ['distinct by a property', (_, all) => all.distinct((m) => m.cents > 6), 5, 7],
  ['deduplicate', (_, all) => all.deduplicate({ by: (m) => m.cents > 6, for: '1h' }), 5, 7],
  ['join', (byKey, all) => byKey.join(least(all)), ['little', [5, 5]]],
  ['fullJoin', (byKey, all) => byKey.fullJoin(least(all)), ['little', [5, 5]], ['much', [7, null]], ['much', [9, null]]],
  ['temporalJoin', (byKey, all) => byKey.temporalJoin(least(all)), ['little', [5, 5]], ['much', [7, null]], ['much', [9, null]]],
  ['reify', (_, all) => all.reify().reshuffle().map((x) => x.value.cents), 5, 7, 9],
  ['attempt', (_, all) => all.attempt(affordable).failed.reshuffle().map((x) => x.input.cents), 7, 9],
  ['coGroupByKey', (byKey, all) => coGroupByKey({ a: byKey, b: least(all) }).reshuffle().map(async ([k, g]) => [k, plain(await g.b.toArray())]), ['little', [5]], ['much', []]],
  ['toList', (_, all) => all.combineGloballyWith(toList()), [5, 7, 9]],
  ['top', (byKey) => byKey.combineWith(top(1, (m: Money) => m.cents)), ['little', [5]], ['much', [9]]],
  ['bottom and count', (byKey) => byKey.combine({ n: count(), least: bottom(1, (m: Money) => m.cents) }), ['little', { n: 1, least: [5] }], ['much', { n: 2, least: [7] }]],
  ['sample', (_, all) => all.combineGloballyWith(sample<Money>(3)).map((ms) => ms.map((m) => m.cents).sort()), [5, 7, 9]],
  ['sampleAny', (byKey) => byKey.combineWith(sampleAny<Money>(2)), ['little', [5]], ['much', [7, 9]]],
  ['combineValues', (byKey) => byKey.groupByKey().combineValues(top(1, (m: Money) => m.cents)), ['little', [5]], ['much', [9]]],
];

function least(all: PCollection<Money>): Keyed<string, Money> {
  return all.filter((m) => m.cents === 5).keyBy(() => 'little');
}

function affordable({ cents }: Money): number {
  if (cents > 5) throw new RangeError('too much');
  return cents;
}

describe('values that only their own coder can encode', () => {
  it.each(steps)('pass through %s and the shuffle behind it', async (_, step, ...expected) => {
    const r = await runTest((p) => {
      const all = p
        .of([5, 7, 9])
        .withTimestamps((cents) => cents * 1000)
        .map((cents) => new Money(cents))
        .withCoder(MONEY);
      const byKey = all.keyBy((money) => (money.cents > 6 ? 'much' : 'little'));
      return { out: step(byKey, all).reshuffle().map(plain) };
    });
    expect(sorted(r.out.values)).toEqual(sorted(expected));
  });

  it('refuses them as keys, whose bytes must be deterministic', async () => {
    const run = runTest((p) => ({
      out: p
        .of([5])
        .map((cents) => new Money(cents))
        .withCoder(MONEY)
        .distinct(),
    }));
    await expect(run).rejects.toMatchObject({ code: 'STRAHL-5006' });
  });
});

describe('a coder that does not do its work', () => {
  const run = (coder: object): Promise<unknown> =>
    runTest((p) => ({
      out: p
        .of([7])
        .map((cents) => new Money(cents))
        .withCoder({ ...MONEY, ...coder }),
    }));
  const fail = (): never => {
    throw new RangeError('no cents');
  };

  it.each<readonly [string, object, object]>([
    [
      'throws',
      { encode: fail },
      { code: 'STRAHL-5001', title: expect.stringContaining('RangeError: no cents') },
    ],
    [
      'throws later',
      { decode: fail },
      { code: 'STRAHL-5002', title: expect.stringContaining('RangeError: no cents') },
    ],
    [
      'gives text',
      { encode: (money: Money) => String(money.cents) },
      {
        code: 'STRAHL-5001',
        title: expect.stringContaining('string instead of bytes'),
        fix: expect.any(String),
      },
    ],
    [
      'gives nothing',
      { encode: () => undefined },
      { code: 'STRAHL-5001', title: expect.stringContaining('undefined') },
    ],
  ])('and %s is named with what it did', async (_, coder, error) => {
    await expect(run(coder)).rejects.toMatchObject({ step: 'map', ...error });
  });
});

it.each(['asMap', 'asMultimap'] as const)('%s says that elements are no pairs', async (shape) => {
  const work = runTest((p) => {
    const side = (p.of([5]) as never as PCollection<readonly [number, number]>)[shape]();
    return {
      out: p
        .of([1])
        .with({ side })
        .map((x, { side: { size } }) => x + size),
    };
  });
  await expect(work).rejects.toMatchObject({
    code: 'STRAHL-1102',
    title: `${shape} needs [key, value] pairs, but an element is 5`,
    step: 'map',
  });
});

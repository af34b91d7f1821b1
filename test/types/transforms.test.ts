// Joins, sets and what surrounds them: what they give, and what must not compile.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { Keyed, PCollection, Reified } from 'strahl';
import { compileWithCommand, type Messages } from './compile.js';

type Ages = Keyed<string, number, 'bounded', 'none'>;
type Names = Keyed<string, string, 'unbounded', 'windowed'>;

/** Never called: the claims are the compiler's. */
export function claims(
  ages: Ages,
  more: Keyed<string, boolean, 'bounded', 'none'>,
  names: Names,
): void {
  expectTypeOf(ages.join(more)).toEqualTypeOf<
    Keyed<string, readonly [number, boolean], 'bounded', 'none'>
  >();
  expectTypeOf(ages.leftJoin(more)).toEqualTypeOf<
    Keyed<string, readonly [number, boolean | undefined], 'bounded', 'none'>
  >();
  expectTypeOf(ages.rightJoin(more)).toEqualTypeOf<
    Keyed<string, readonly [number | undefined, boolean], 'bounded', 'none'>
  >();
  expectTypeOf(names.fullJoin(names)).toEqualTypeOf<
    Keyed<string, readonly [string | undefined, string | undefined], 'unbounded', 'windowed'>
  >();
  expectTypeOf(ages.keys().union(more.keys(), { all: true })).toEqualTypeOf<
    PCollection<string, 'bounded', 'none'>
  >();
  expectTypeOf(ages.tee((c) => c.groupByKey())).toEqualTypeOf<Ages>();
  expectTypeOf(ages.waitOn(names)).toEqualTypeOf<Ages>();
  const asked = names.values().requestResponse((text, { signal }) => {
    expectTypeOf(text).toEqualTypeOf<string>();
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    return Promise.resolve(text.length);
  });
  expectTypeOf(asked).toEqualTypeOf<PCollection<number, 'unbounded', 'windowed'>>();
  const enriched = ages.values().enrich((ns) => Promise.resolve(ns.map(String)), {
    batch: 10,
    into: (n, text) => [n, text] as const,
  });
  expectTypeOf(enriched).toEqualTypeOf<PCollection<readonly [number, string], 'bounded', 'none'>>();
  expectTypeOf(ages.groupIntoBatches({ size: 10 })).toEqualTypeOf<
    Keyed<string, readonly number[], 'bounded', 'none'>
  >();
  expectTypeOf(ages.temporalJoin(more)).toEqualTypeOf<
    Keyed<string, readonly [number, boolean | undefined], 'bounded', 'none'>
  >();
  expectTypeOf(names.values().batchElements()).toEqualTypeOf<
    PCollection<readonly string[], 'unbounded', 'windowed'>
  >();
  expectTypeOf(names.values().deduplicate({ by: (text) => text.length, for: '1h' })).toEqualTypeOf<
    PCollection<string, 'unbounded', 'windowed'>
  >();
  expectTypeOf(names.values().reify()).toEqualTypeOf<
    PCollection<Reified<string>, 'unbounded', 'windowed'>
  >();
}

const HEAD = `
import { fixed, type Keyed, type PCollection, type Source } from 'strahl';
declare const live: Keyed<string, number, 'unbounded', 'none'>;
declare const ages: Keyed<string, number, 'bounded', 'none'>;
declare const numbers: PCollection<number, 'bounded', 'none'>;
declare const windowed: PCollection<number, 'bounded', 'windowed'>;
`;

const NEVER_CLOSES =
  'STRAHL-1201: unbounded input in the global window never closes; add .window(...) or .trigger(...) first';

/** Name, code, and what the message must contain. */
const ILLEGAL: readonly (readonly [name: string, code: string, message: string])[] = [
  ['join', `live.join(live);`, NEVER_CLOSES],
  ['leftJoin', `live.leftJoin(live);`, NEVER_CLOSES],
  ['rightJoin', `live.rightJoin(live);`, NEVER_CLOSES],
  ['fullJoin', `ages.fullJoin(live);`, NEVER_CLOSES],
  ['union', `numbers.union(live.values());`, NEVER_CLOSES],
  ['intersect', `live.values().intersect(numbers);`, NEVER_CLOSES],
  ['except', `live.values().except(numbers);`, NEVER_CLOSES],
  [
    'joinOfPlainElements',
    `numbers.join(ages);`,
    `Property 'join' does not exist on type 'PCollection<number, "bounded", "none">'.`,
  ],
  [
    'joinOfOtherKeys',
    `ages.join(ages.swap());`,
    `Type 'number' is not assignable to type 'string'.`,
  ],
  [
    'unionOfOtherElements',
    `numbers.union(ages.keys());`,
    `Type 'string' is not assignable to type 'number'.`,
  ],
  ['exceptInOtherWindows', `numbers.except(windowed);`, `"windowed"' is not assignable to`],
  [
    'batchesWithoutKeys',
    `numbers.groupIntoBatches({ size: 10 });`,
    `Property 'groupIntoBatches' does not exist on type 'PCollection<number, "bounded", "none">'.`,
  ],
  [
    'deduplicateWithoutTime',
    `numbers.deduplicate({ by: (n) => n });`,
    `Property 'for' is missing in type '{ by: (n: number) => number; }'`,
  ],
  [
    'deduplicateByObject',
    `numbers.deduplicate({ by: (n) => ({ n }), for: '1h' });`,
    `Type '{ n: number; }' is not assignable to type 'Key'.`,
  ],
  [
    'versionsOfOtherKeys',
    `ages.temporalJoin(ages.swap());`,
    `Type 'number' is not assignable to type 'string'.`,
  ],
  [
    'waitOnNothing',
    `numbers.waitOn('done');`,
    `is not assignable to parameter of type 'PCollection<unknown`,
  ],
];

describe('the compiler refuses', () => {
  let messages: Messages = new Map();
  beforeAll(() => {
    messages = compileWithCommand(
      Object.fromEntries(ILLEGAL.map(([name, code]) => [name, HEAD + code])),
    );
  }, 240_000);

  it.each(ILLEGAL)('%s', (name, _code, expected) => {
    expect(messages.get(name)?.join('\n') ?? 'compiles').toContain(expected);
  });
});

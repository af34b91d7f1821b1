// What joins, sets and what surrounds them give.
import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { Keyed, PCollection, Reified } from 'strahl';

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

describe('the types of joins, sets and what surrounds them', () => {
  it('are checked by the compiler', () => {
    expect(claims).toBeInstanceOf(Function);
  });
});

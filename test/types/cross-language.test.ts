// What a bug here looks like: elements that only this SDK can read reach another one, and nobody was told.
import { expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { external, offerTransform, pythonSource, s, type PCollection, type Root } from 'strahl';

const expansion = 'localhost:1';
const upper = external({
  ...{ python: 'apache_beam.Map', args: [pythonSource('str.upper')], expansion },
  output: s.string,
});
const parts = external({ urn: 'x', expansion, outputs: { a: s.row({ n: s.int64 }), b: s.string } });

/** Never called: the compiler is what is tested. */
export const legal = (
  p: Root,
  words: PCollection<string, 'unbounded', 'windowed'>,
  pairs: PCollection<readonly [string, number], 'bounded', 'none'>,
): void => {
  expectTypeOf(words.pipe(upper)).toEqualTypeOf<PCollection<string, 'unbounded', 'windowed'>>();
  expectTypeOf(upper(pairs)).toEqualTypeOf<PCollection<string, 'bounded', 'none'>>();
  expectTypeOf(upper(p)).toEqualTypeOf<PCollection<string, 'bounded', 'none'>>();
  expectTypeOf(upper({ left: words })).toEqualTypeOf<
    PCollection<string, 'unbounded', 'windowed'>
  >();
  const { a } = words.pipe(parts);
  expectTypeOf(a.map(({ n }) => n)).toEqualTypeOf<PCollection<number, 'unbounded', 'windowed'>>();
};

/** Never called, either. */
export const illegal = (
  anything: PCollection<unknown>,
  lists: PCollection<readonly number[]>,
  maps: PCollection<ReadonlyMap<string, number>>,
  functions: PCollection<() => number>,
): void => {
  // @ts-expect-error STRAHL-1105: elements of unknown type
  anything.pipe(upper);
  // @ts-expect-error STRAHL-1105: lists pass as fields of a row
  lists.pipe(upper);
  // @ts-expect-error STRAHL-1105: maps, too
  upper(maps);
  // @ts-expect-error STRAHL-1105: functions never do
  functions.pipe(upper);
  // @ts-expect-error one of several inputs is enough
  upper({ lists });
  // @ts-expect-error a transform is named in one way
  external({ python: 'a.B', urn: 'x', expansion, output: s.string });
  // @ts-expect-error settings are given their types by the schema
  offerTransform('x', { config: s.row({ n: s.int64 }), input: s.string }, (w, { m }) => [w, m]);
};

it('elements that cannot pass between languages do not compile', () => {
  expect([typeof legal, typeof illegal]).toEqual(['function', 'function']);
});

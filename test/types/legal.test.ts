import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  coGroupByKey,
  count,
  every,
  fixed,
  keyCoder,
  max,
  mean,
  min,
  pipeline,
  s,
  sum,
  toList,
  toMap,
  toSet,
  top,
  type Group,
  type Infer,
  type Keyed,
  type KV,
  type PCollection,
  type Pipeline,
  type Root,
  type Side,
  type Source,
} from 'strahl';
import { simulate } from 'strahl/testing';
import * as z from 'zod';

interface Click {
  readonly user: string;
  readonly at: number;
}
declare const live: Source<Click, 'unbounded'>;

/** Never called: the claims are the compiler's, which checks this file with all others. */
export function claims(p: Root): void {
  const clicks = p.of<Click>([]);
  expectTypeOf(p.of([1])).toEqualTypeOf<PCollection<number, 'bounded', 'none'>>();
  // Each literal is a type of its own.
  const literals = p.of([
    ['k', { v: 1 }],
    ['j', { v: 3 }],
  ] as const);
  expectTypeOf(literals.keyed()).toEqualTypeOf<
    Keyed<'k' | 'j', { readonly v: 1 } | { readonly v: 3 }, 'bounded', 'none'>
  >();
  expectTypeOf(p.read(live)).toEqualTypeOf<PCollection<Click, 'unbounded', 'none'>>();
  expectTypeOf(p.read(live).window(fixed('1m'))).toEqualTypeOf<
    PCollection<Click, 'unbounded', 'windowed'>
  >();
  // A trigger lets a grouping of an unbounded input in the global window emit.
  expectTypeOf(p.read(live).trigger(every('1m'), { panes: 'discarding' }).count()).toEqualTypeOf<
    PCollection<number, 'unbounded', 'windowed'>
  >();
  expectTypeOf(
    p.read(live).keyBy('user').trigger(every('1m'), { panes: 'accumulating' }).groupByKey(),
  ).toEqualTypeOf<Keyed<string, Group<Click>, 'unbounded', 'windowed'>>();
  // Promises are awaited, and so are the parts of what is emitted.
  expectTypeOf(clicks.map(async (c) => Promise.resolve(c.at))).toEqualTypeOf<
    PCollection<number, 'bounded', 'none'>
  >();
  expectTypeOf(
    clicks.flatMap(async function* (c) {
      yield await Promise.resolve(c.user);
    }),
  ).toEqualTypeOf<PCollection<string, 'bounded', 'none'>>();
  expectTypeOf(p.of([1, 'a']).filter((x) => typeof x === 'string')).toEqualTypeOf<
    PCollection<string, 'bounded', 'none'>
  >();
  expectTypeOf(p.flatten<number>()).toEqualTypeOf<PCollection<number, 'bounded', 'none'>>();
  keys(clicks);
  combiners(clicks);
  sides(clicks);
}

function keys(clicks: PCollection<Click, 'bounded', 'none'>): void {
  expectTypeOf(clicks.keyBy('user')).toEqualTypeOf<Keyed<string, Click, 'bounded', 'none'>>();
  expectTypeOf(clicks.keyBy((c) => c.at)).toEqualTypeOf<Keyed<number, Click, 'bounded', 'none'>>();
  const byRow = clicks.keyBy((c) => ({ user: c.user }), keyCoder(s.row({ user: s.string })));
  expectTypeOf(byRow.keys()).toEqualTypeOf<
    PCollection<{ readonly user: string }, 'bounded', 'none'>
  >();
  expectTypeOf(clicks.keyBy('user').groupByKey()).toEqualTypeOf<
    Keyed<string, Group<Click>, 'bounded', 'none'>
  >();
  expectTypeOf(clicks.countPerElement()).toEqualTypeOf<
    PCollection<KV<Click, number>, 'bounded', 'none'>
  >();
  // A few known keys say nothing about the keys of the other side.
  const known = clicks.map(() => ['a', 1] as const).keyed();
  const others = clicks.map(() => ['b', true] as const).keyed();
  expectTypeOf(known.join(others)).toEqualTypeOf<
    Keyed<'a', readonly [1, true], 'bounded', 'none'>
  >();
  expectTypeOf(known.rightJoin(others).keys()).toEqualTypeOf<
    PCollection<string, 'bounded', 'none'>
  >();
  const grouped = coGroupByKey({ a: clicks.keyBy('user'), b: clicks.keyBy('user').countPerKey() });
  expectTypeOf(grouped).toExtend<
    Keyed<string, { readonly a: Group<Click>; readonly b: Group<number> }, 'bounded'>
  >();
  expectTypeOf(coGroupByKey({ known, others }).keys()).toEqualTypeOf<
    PCollection<'a' | 'b', 'bounded', 'none'>
  >();
  type Numbers<K> = Keyed<K, number, 'bounded', 'none'>;
  const meet = <K>(a: Numbers<K>, b: Numbers<K>) => coGroupByKey({ a, b }).keys();
  expectTypeOf(meet<string>).returns.toEqualTypeOf<PCollection<string, 'bounded', 'none'>>();
}

function combiners(clicks: PCollection<Click, 'bounded', 'none'>): void {
  const stats = clicks.keyBy('user').combine({
    n: count(),
    total: sum((c) => c.at),
    first: min((c) => c.at),
    name: max((c) => c.user),
    average: mean((c) => c.at),
    last: top(3, (c) => c.at),
    users: toSet((c) => c.user),
    byUser: toMap((c) => [c.user, c.at] as const),
    all: toList((c) => c.at),
  });
  expectTypeOf(stats.values()).toEqualTypeOf<
    PCollection<
      {
        n: number;
        total: number;
        first: number;
        name: string;
        average: number;
        last: readonly Click[];
        users: ReadonlySet<string>;
        byUser: ReadonlyMap<string, number>;
        all: readonly number[];
      },
      'bounded',
      'none'
    >
  >();
  // The least of nothing is undefined; where there is something, it is not.
  const oldest = min((c: Click) => c.at);
  expectTypeOf(clicks.combineGloballyWith(oldest)).toEqualTypeOf<
    PCollection<number | undefined, 'bounded', 'none'>
  >();
  expectTypeOf(clicks.combineGloballyWith(oldest, { emptyDefault: false })).toEqualTypeOf<
    PCollection<number, 'bounded', 'none'>
  >();
  expectTypeOf(clicks.combineGlobally({ oldest: min((c) => c.at), n: count() })).toEqualTypeOf<
    PCollection<{ oldest: number | undefined; n: number }, 'bounded', 'none'>
  >();
  expectTypeOf(clicks.keyBy((c) => c.user).combineWith(oldest)).toEqualTypeOf<
    Keyed<string, number, 'bounded', 'none'>
  >();
  expectTypeOf(clicks.combineGloballyWith(toList())).toExtend<
    PCollection<readonly Click[], 'bounded', 'none'>
  >();
}

function sides(clicks: PCollection<Click, 'bounded', 'none'>): void {
  expectTypeOf(clicks.asList()).toEqualTypeOf<Side<readonly Click[]>>();
  const names = clicks.map((c) => [c.user, c.at] as const).asMap();
  expectTypeOf(names).toEqualTypeOf<Side<ReadonlyMap<string, number>>>();
  const one = clicks.count().asSingleton();
  expectTypeOf(
    clicks.with({ names, one }).map((c, side) => (side.names.get(c.user) ?? 0) + side.one),
  ).toEqualTypeOf<PCollection<number, 'bounded', 'none'>>();
  const { ok, failed } = clicks.attempt((c) => c.at);
  expectTypeOf(ok).toEqualTypeOf<PCollection<number, 'bounded', 'none'>>();
  expectTypeOf(failed.map((f) => f.input)).toEqualTypeOf<PCollection<Click, 'bounded', 'none'>>();
  const Row = s.row({ id: s.int64, note: s.string.optional(), at: s.instant.nullable() });
  expectTypeOf<Infer<typeof Row>>().toExtend<{
    readonly id: number;
    readonly note?: string | undefined;
  }>();
  const { row } = clicks.split({ row: Row }, function* (c, out) {
    yield out.row({ id: c.at, at: null });
  });
  expectTypeOf(row).toEqualTypeOf<PCollection<Infer<typeof Row>, 'bounded', 'none'>>();
  // A collection of a subtype is a collection of its supertype.
  expectTypeOf(clicks).toExtend<PCollection<{ readonly user: string }>>();
  expectTypeOf(pipeline('x', (p) => p.of([1]))).toEqualTypeOf<Pipeline>();
}

/** Never called, as `claims`. */
export async function runs(): Promise<void> {
  // What has a default may be left out where it is given, and is there where it is read.
  const Defaults = s.options({ port: s.int.default(1), host: s.string.nullable().default(null) });
  const defaults = pipeline('defaults', Defaults, (_, o) => {
    expectTypeOf(o).toEqualTypeOf<{ readonly port: number; readonly host: string | null }>();
  });
  await defaults.run();
  await defaults.run({});
  await defaults.runAsync({ port: 2, host: undefined });
  await simulate(defaults, { options: { host: 'a' } });
  const Mixed = s.options({
    input: s.string,
    note: s.string.optional(),
    size: s.int.default(1).describe('in bytes'),
    every: s.duration.default('1m'),
    since: s.instant,
  });
  const mixed = pipeline('mixed', Mixed, (_, o) => {
    expectTypeOf(o.every).toExtend<number>();
    expectTypeOf(o.note).toEqualTypeOf<string | undefined>();
  });
  await mixed.run({ input: 'a', since: '2015-05-17T10:05:03Z' });
  await mixed.run({ input: 'a', since: new Date(), every: '2s', note: 'b' });
  // A program gives what a schema of another library reads.
  const other = pipeline(
    'other',
    z.object({ port: z.string().transform(Number), host: z.string().default('localhost') }),
    (_, o) => {
      expectTypeOf(o).toEqualTypeOf<{ port: number; host: string }>();
    },
  );
  await other.run({ port: '80' });
  // @ts-expect-error -- the schema reads a text
  await other.run({ port: 80 });
}

describe('the types of the fluent interface', () => {
  it('are checked by the compiler', () => {
    expect(claims).toBeInstanceOf(Function);
  });
});

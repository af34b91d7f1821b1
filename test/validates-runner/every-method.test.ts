// What a bug here would look like: a method whose graph a runner cannot read, or a graph whose bytes
// differ from build to build, so that nothing saved under one fits the next.
import { describe, expect, it } from '@jest/globals';
import {
  afterCount,
  bag,
  coGroupByKey,
  count,
  eventTimer,
  fixed,
  keyCoder,
  pipeline,
  processingTimerFamily,
  repeat,
  s,
  sum,
  toList,
  value,
  type Coder,
  type Context,
  type Root,
} from 'strahl';
import { memory } from 'strahl/io/memory';
import { planOf } from 'strahl/runners/direct';
import { decodeGraph, encodeGraph } from '#portability/proto/pipeline-proto.js';
import { Collection } from '#sdk/collections/collection.js';
import { buildGraph } from '#sdk/translate/build-graph.js';

const Row = s.row({ id: s.int64, name: s.string });

const upper: Coder<string> = {
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder().decode(bytes),
};

function build(p: Root): unknown {
  const numbers = p.flatten(
    p.of([1, 2, 3], s.int64),
    p.generateSequence({ from: 4, to: 9 }),
    p.read(memory.iterable([10, 11])),
    p.impulse().map(() => 0),
  );
  const timed = numbers
    .withTimestamps((n) => n * 1000, { allowedSkew: 0 })
    .log('number')
    .window(fixed('5s'), { allowedLateness: '1s', panes: 'accumulating' });
  const rows = numbers
    .map((n) => ({ id: n, name: `n${String(n)}` }))
    .withSchema(Row)
    .named('rows');
  const { even, odd } = numbers.split({ even: s.int64, odd: s.string }, function* (n, out) {
    yield n % 2 === 0 ? out.even(n) : out.odd(String(n), n);
  });
  const [low, high] = numbers.partition(2, (n) => (n < 5 ? 0 : 1));
  const { ok, failed } = numbers.attempt((n) => 10 / n);
  const pairs = even.keyBy((n) => n % 3).mapValues(async (n, k) => Promise.resolve(n + k));
  const texts = odd.withCoder(upper).pipe((c) => c.flatMap((text) => [text, text]));
  const sides = {
    one: numbers.count().asSingleton(0),
    some: low!.asList(),
    all: high!.asIterable(),
    map: pairs.countPerKey().asMap(),
    many: pairs.asMultimap(),
  };
  return [
    timed
      .filter(async (n: number, c: Context) => Promise.resolve(n > c.timestamp))
      .combineGlobally({ n: count(), total: sum((n) => n) }, { emptyDefault: false }),
    timed.combineGloballyWith(toList(), { emptyDefault: false }),
    timed.latest(),
    numbers.trigger(repeat(afterCount(2)), { panes: 'discarding' }).count(),
    timed.keyBy((n) => n % 2).latestPerKey(),
    timed.flattenWith(timed).process({
      *element(n) {
        yield n;
      },
    }),
    rows
      .select('id')
      .toJson()
      .parseJson(s.row({ id: s.int64 })),
    pairs.stateful({
      state: { sum: value(s.int64, 0), all: bag(s.int64) },
      timers: { end: eventTimer(), late: processingTimerFamily() },
      element(n, c) {
        c.state.sum.write(c.state.sum.read() + n);
        c.state.all.add(n);
        c.timers.end.after('1s', { outputTimestamp: 'none' });
        c.timers.late.get(String(n)).clear();
      },
      onTimer: { end: (c) => [c.state.sum.read()], late: () => undefined },
      onWindowExpiration: (c) => [c.key],
    }),
    rows.dropFields('id').toStrings(' '),
    rows.keyBy((row) => row, keyCoder(Row)).countPerKey(),
    rows.keyBy('name').combine({ n: count() }),
    pairs.swap().keys(),
    pairs.values().distinct(),
    pairs.groupByKey().combineValues(sum((n) => n)),
    pairs.combineWith(toList()),
    pairs
      .map((pair) => pair)
      .keyed()
      .reshuffle(),
    coGroupByKey({ a: pairs, b: pairs }).reshuffle(),
    pairs.temporalJoin(pairs).groupIntoBatches({ size: 5, wait: '1s', sharded: 2 }),
    even.deduplicate({ for: '1h' }).batchElements(),
    pairs.join(pairs.leftJoin(pairs)).keyed().rightJoin(pairs).fullJoin(pairs).reify(),
    even.union(low!).intersect(even, { all: true }).except(high!),
    even
      .requestResponse((n) => Promise.resolve(n), { cache: { by: (n) => n } })
      .enrich((ns) => Promise.resolve(ns), { batch: 9, into: (a, b) => a + b }),
    rows.tee((c) => c.map((row) => row.id)).waitOn(numbers),
    texts.countPerElement().redistribute({ by: ([text]) => text }),
    texts.apply('both', (c) => c.redistribute()),
    ok
      .with(sides)
      .map(async (n, side) => [n, side.one, side.some.length, side.map.size, side.many]),
    numbers.splittable({
      output: s.int64,
      initial: (n) => ({ from: 0, to: n }),
      element: (n, r, { claim, emit }) => {
        for (let i = r.from; claim(i); i++) emit(n);
      },
    }),
    failed.map((f) => f.error.message).write(memory.collect<string>([])),
  ];
}

const everything = pipeline('everything', build);

/** What people may call; the others are made by these. */
const METHODS = Object.getOwnPropertyNames(Collection.prototype).filter(
  (name) => name !== 'constructor',
);

describe('a pipeline of every method', () => {
  it.each(METHODS)('calls %s', (name) => {
    expect(build.toString()).toMatch(new RegExp(`\\.${name}\\(`));
  });

  it('has the same bytes whenever it is built', () => {
    const bytes = encodeGraph(buildGraph(everything, {}).graph);
    for (let i = 0; i < 3; i++) {
      const again = encodeGraph(buildGraph(everything, {}).graph);
      expect(Buffer.compare(Buffer.from(again), Buffer.from(bytes))).toBe(0);
    }
    // What was decoded says the same again.
    const decoded = encodeGraph(decodeGraph(bytes));
    expect(Buffer.compare(Buffer.from(decoded), Buffer.from(bytes))).toBe(0);
  });

  it('is planned from its bytes, the same way each time', () => {
    const plan = (): unknown =>
      planOf(encodeGraph(buildGraph(everything, {}).graph)).stages.map((stage) => [
        stage.id,
        stage.kind,
        stage.name,
        stage.inputs,
      ]);
    expect(plan()).toEqual(plan());
  });

  it('runs, over bytes too, without a warning of Node', async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', note);
    const { directRunner } = await import('strahl/runners/direct');
    for (const options of [{}, { connection: 'bytes' }, { compile: 'closures' }] as const) {
      const { state } = await everything.run({}, { runner: directRunner(options) });
      expect(state).toBe('DONE');
    }
    // Warnings come in a turn of their own.
    await new Promise<void>((resolve) => setImmediate(resolve));
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });
});

/**
 * Pipelines that are wrong on purpose, one per row of the bad-input table. What the types forbid is cast away: not
 * everybody writes TypeScript.
 */
import {
  afterCount,
  coGroupByKey,
  count,
  every,
  fixed,
  keyCoder,
  pipeline,
  s,
  sessions,
  sliding,
  type Keyed,
  type PCollection,
  type Pipeline,
  type Root,
} from 'strahl';
import { z } from 'zod';
import { csv } from 'strahl/io/csv';
import { jsonl } from 'strahl/io/jsonl';
import { memory } from 'strahl/io/memory';
import { text } from 'strahl/io/text';

/** A collection as somebody sees it who does not listen to the compiler. */
type Loose = PCollection<never, 'bounded', 'windowed'> & Keyed<never, never, 'bounded', 'windowed'>;

const loose = (collection: unknown): Loose => collection as Loose;
const never = (value: unknown): never => value as never;
const numbers = (p: Root): PCollection<number, 'bounded', 'none'> => p.of([1, 2, 3]);

const Files = s.options({ input: s.string.default('in'), output: s.string.default('out') });

// What is built wrongly.

export const duplicateName = pipeline('duplicate-name', (p) => {
  numbers(p)
    .map((n) => n)
    .named('same');
  numbers(p)
    .map((n) => n)
    .named('same');
});

export const nullInFlatten = pipeline('null', (p) => p.flatten(numbers(p), never(null)));
export const nullInOf = pipeline('null-of', (p) => p.of(never(null)));
export const noFunction = pipeline('no-function', (p) => numbers(p).map(never(undefined)));

export const unboundedGrouping = pipeline('unbounded', (p) =>
  loose(p.read(memory.iterable([1, 2], { bounded: false }))).combineGloballyWith(count()),
);

const withSide = (name: string, side: (p: Root) => unknown): Pipeline =>
  pipeline(name, (p) =>
    numbers(p)
      .with({ side: never(side(p)) })
      .map((n) => n),
  );
export const endlessSide = withSide('endless-side', (p) =>
  loose(p.read(memory.iterable([1, 2], { bounded: false }))).asList(),
);
export const sessionSide = withSide('session-side', (p) =>
  numbers(p).window(sessions('1m')).asList(),
);

export const mixedFlatten = pipeline('mixed-flatten', (p) =>
  loose(numbers(p).window(fixed('1m'))).flattenWith(never(numbers(p).window(fixed('2m')))),
);

export const mixedTriggers = pipeline('mixed-triggers', (p) =>
  loose(numbers(p).trigger(every('1s'), { panes: 'discarding' })).flattenWith(never(numbers(p))),
);

export const mixedCoGroup = pipeline('mixed-co-group', (p) =>
  coGroupByKey({
    a: never(
      numbers(p)
        .window(fixed('1m'))
        .keyBy((n) => n),
    ),
    b: never(
      numbers(p)
        .window(sessions('1m'))
        .keyBy((n) => n),
    ),
  }),
);

const coGroup = (name: string, a: (x: Loose) => unknown, b: (x: Loose) => unknown): Pipeline =>
  pipeline(name, (p) => {
    const keyed = (change: (x: Loose) => unknown): never =>
      never(loose(change(loose(numbers(p)))).keyBy((n) => n));
    return coGroupByKey({ a: keyed(a), b: keyed(b) });
  });
export const sizesInCoGroup = coGroup(
  'sizes-in-co-group',
  (x) => x.window(fixed('1m')),
  (x) => x.window(fixed('2m')),
);
export const triggersInCoGroup = coGroup(
  'triggers-in-co-group',
  (x) => x.trigger(every('1s'), { panes: 'discarding' }),
  (x) => x.trigger(every('2s'), { panes: 'discarding' }),
);
export const finishingTrigger = pipeline('finishing', (p) =>
  loose(numbers(p)).trigger(afterCount(2), { panes: 'discarding' }).combineGloballyWith(count()),
);

export const fractionalKey = pipeline('fractional-key', (p) =>
  numbers(p)
    .keyBy((n) => n / 2, keyCoder(never(s.double)))
    .groupByKey(),
);

export const negativeLateness = pipeline('lateness', (p) =>
  numbers(p).window(fixed('1m'), { allowedLateness: -1, panes: 'discarding' }),
);
export const emptyWindow = pipeline('empty-window', (p) => numbers(p).window(fixed(0)));
export const farOffset = pipeline('offset', (p) =>
  numbers(p).window(fixed('1m', { offset: '1m' })),
);
export const slidingGaps = pipeline('gaps', (p) => numbers(p).window(sliding('1m', '2m')));
export const emptySlide = pipeline('slide', (p) => numbers(p).window(sliding('1m', 0)));
export const farSlide = pipeline('far-slide', (p) =>
  numbers(p).window(sliding('1m', '10s', { offset: '10s' })),
);
export const emptyGap = pipeline('gap', (p) => numbers(p).window(sessions('0s')));
export const wordyDuration = pipeline('duration', (p) =>
  numbers(p).window(fixed(never('one minute'))),
);
export const noSink = pipeline('no-sink', (p) => numbers(p).write(never({ path: 'x' })));
export const sameFile = pipeline('same-file', (p) => {
  p.of(['a']).write(text.sink('same.txt'));
  p.of(['b']).write(text.sink('./same.txt'));
});

// What the options say.

const Typed = s.options({
  count: s.int.describe('how many'),
  size: s.double.default(1),
  mode: s.literal('fast', 'slow').default('fast'),
  dryRun: s.boolean.default(false),
  token: s.secret.optional(),
  limits: s.row({ max: s.int }).optional(),
});
export const typed = pipeline('typed', Typed, (p, o) => p.of([o.count]));
export const quotedDelimiter = pipeline('quoted', (p) =>
  p.read(csv.files('x.csv', { delimiter: '"' })),
);
export const watchedInput = pipeline('watched', (p) => p.read(text.files('-', { watch: '1s' })));
export const limitless = pipeline('limitless', (p) =>
  numbers(p)
    .keyBy((n) => n)
    .groupIntoBatches({}),
);
export const tellsSecret = pipeline('tells-secret', Typed, (p, o) =>
  p.of([1]).map(() => {
    throw new Error(`the token is ${String(o.token)}`);
  }),
);

// What files hold.

export const copy = pipeline('copy', Files, (p, o) =>
  p.read(text.files(o.input)).write(text.sink(o.output)),
);
export const csvCopy = pipeline('csv', Files, (p, o) =>
  p.read(csv.files(o.input)).write(jsonl.sink(o.output)),
);
const SHORT = 65_536;
export const csvShort = pipeline('csv-short', Files, (p, o) =>
  p.read(csv.files(o.input, { maxRecordBytes: SHORT })).write(jsonl.sink(o.output)),
);
export const jsonShort = pipeline('json-short', Files, (p, o) =>
  p.read(jsonl.files(o.input, { maxLineBytes: SHORT })).write(jsonl.sink(o.output)),
);
export const csvNumbers = pipeline('csv-numbers', Files, (p, o) =>
  p
    .read(csv.files(o.input, z.object({ name: z.string(), n: z.coerce.number().int() })))
    .write(jsonl.sink(o.output)),
);
export const jsonCopy = pipeline('json', Files, (p, o) =>
  p.read(jsonl.files(o.input)).write(jsonl.sink(o.output)),
);
export const jsonTyped = pipeline('json-typed', Files, (p, o) =>
  p.read(jsonl.files(o.input, s.row({ n: s.int }))).write(jsonl.sink(o.output)),
);

// What becomes bytes. A shuffle makes it necessary.

const encoded = (name: string, element: unknown, schema?: unknown): Pipeline =>
  pipeline(name, (p) => {
    const made = p.of([0]).map(() => element, never(schema));
    return made.reshuffle();
  });
export const functionElement = encoded('function', () => 0);
export const instanceElement = encoded('instance', new URL('http://localhost'));
export const nanInteger = encoded('nan', NaN, s.int64);
export const hugeInteger = encoded('huge', 2n ** 64n, s.int64);
export const textForNumber = encoded('text', 'three', s.double);
export const halfSurrogate = encoded('surrogate', '\ud800', s.string);
export const missingField = encoded('missing', { a: 1 }, s.row({ a: s.int, b: s.string }));
export const nothingForText = encoded('nothing', undefined, s.string);
const endlessList: unknown[] = [];
endlessList.push(endlessList);
export const endlessElement = encoded('endless', endlessList);

const keyedBy = (name: string, key: unknown): Pipeline =>
  pipeline(name, (p) => loose(numbers(p).keyBy(() => never(key))).groupByKey());
export const nanKey = keyedBy('nan-key', NaN);
export const objectKey = keyedBy('object-key', { a: 1 });
export const mapKey = keyedBy('map-key', new Map([['a', 1]]));

// What functions do.

const mapping = (name: string, f: (n: number) => unknown): Pipeline<{ output: string }> =>
  pipeline(name, s.options({ output: s.string }), (p, o) =>
    numbers(p).map(f).named('doubling').toStrings().write(text.sink(o.output)),
  );
export const throwsError = mapping('throws', () => {
  throw new RangeError('too far');
});
export const throwsText = mapping('throws-text', () => {
  throw 'just text';
});
export const throwsNothing = mapping('throws-nothing', () => {
  throw undefined;
});
export const rejects = mapping('rejects', () => Promise.reject(new Error('refused')));
export const failsLate = mapping('fails-late', (n) => {
  if (n === 3) throw new Error('the third is bad');
  return n;
});
export const exits = mapping('exits', () => process.exit(0));
export const throwsLater = mapping('throws-later', (n) => {
  setImmediate(() => {
    throw new Error('thrown later');
  });
  return new Promise((resolve) => setTimeout(resolve, 50, n));
});
export const leavesRejection = mapping('leaves-rejection', (n) => {
  void Promise.reject(new Error('nobody waits'));
  return new Promise((resolve) => setImmediate(resolve, n));
});

const timed = (name: string, time: unknown): Pipeline =>
  pipeline(name, (p) => numbers(p).withTimestamps(() => never(time)));
export const nanTime = timed('nan-time', NaN);
export const invalidDate = timed('invalid-date', new Date(NaN));
export const wordyTime = timed('wordy-time', 'yesterday');
export const farTime = timed('far-time', 1e300);
export const backInTime = pipeline('back', (p) =>
  numbers(p)
    .withTimestamps(() => 10_000)
    .withTimestamps(() => 5_000),
);

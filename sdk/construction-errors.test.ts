// What is wrong with a pipeline must be said at the call that is wrong, before anything runs. A bug here
// would look like a job that fails hours later, or an error that names no line.
/* eslint-disable @typescript-eslint/no-unsafe-call -- callers without a compiler are the subject */
import { describe, expect, it } from '@jest/globals';
import type { StrahlError } from '#portability/errors.js';
import { defineSource } from './connector.js';
import {
  afterCount,
  afterWatermark,
  anyOf,
  combining,
  count,
  coGroupByKey,
  defaultTrigger,
  eachElement,
  eventTimer,
  every,
  fixed,
  globalWindow,
  keyCoder,
  pipeline,
  s,
  sessions,
  setOf,
  sliding,
  value,
  type PCollection,
} from './index.js';

const live = defineSource({
  name: 'test.live',
  boundedness: 'unbounded',
  initial: () => ({ from: 0, to: 1 }),
  read: () => undefined,
});

type Loose = any;

let kept: PCollection<number> | undefined;

const CASES: readonly (readonly [string, string, RegExp, (p: Loose) => unknown])[] = [
  [
    'state on elements without keys',
    'STRAHL-1301',
    /stateful keeps state by key, but its input holds plain elements/,
    (p) => p.of([1]).stateful({ element() {} }),
  ],
  [
    'state over session windows',
    'STRAHL-1302',
    /over windows that still merge/,
    (p) =>
      p
        .of([1])
        .keyBy((x: Loose) => x)
        .window(sessions('1m'))
        .stateful({ element() {} }),
  ],
  [
    'a callback of a timer that is not declared',
    'STRAHL-1303',
    /has a callback for timer "t", which it does not declare/,
    (p) =>
      p
        .of([1])
        .keyBy((x: Loose) => x)
        .stateful({ element() {}, onTimer: { t() {} } }),
  ],
  [
    'a timer without its callback',
    'STRAHL-1303',
    /timer "t" of stateful has no callback/,
    (p) =>
      p
        .of([1])
        .keyBy((x: Loose) => x)
        .stateful({ timers: { t: eventTimer() }, element() {} }),
  ],
  [
    'a state that is no declaration',
    'STRAHL-9002',
    /"n" of the state of stateful is no declaration/,
    (p) =>
      p
        .of([1])
        .keyBy((x: Loose) => x)
        .stateful({ state: { n: 0 }, element() {} }),
  ],
  [
    'a stateful step without a function',
    'STRAHL-9002',
    /stateful is given/,
    (p) =>
      p
        .of([1])
        .keyBy((x: Loose) => x)
        .stateful({}),
  ],
  [
    'a set of values whose bytes may differ',
    'STRAHL-1103',
    /the values of setOf/,
    () => setOf(s.double),
  ],
  [
    'a combining state of no combiner',
    'STRAHL-9002',
    /combining is given something that is no combiner/,
    () => combining({} as Loose),
  ],
  ['a state of no schema', 'STRAHL-9002', /no schema/, () => value('number' as Loose)],
  [
    'two steps of one name',
    'STRAHL-1001',
    /"a" already exists/,
    (p) =>
      p
        .of([1])
        .named('a')
        .map((x: Loose) => x)
        .named('a'),
  ],
  [
    'a collection of another pipeline',
    'STRAHL-1002',
    /another pipeline/,
    (p) => p.of([2]).flattenWith(kept),
  ],
  ['null as a collection', 'STRAHL-1002', /given null/, (p) => p.flatten(null)],
  [
    'a step after the pipeline was built',
    'STRAHL-1002',
    /already built/,
    () => kept!.map((x) => x),
  ],
  [
    'flatten of different windows',
    'STRAHL-1004',
    /incompatible windows/,
    (p) => p.flatten(p.of([1]), p.of([1]).window(fixed('1m'))),
  ],
  ['a grouping without keys', 'STRAHL-1102', /needs keys/, (p) => p.of([1]).groupByKey()],
  ['pairs that are none', 'STRAHL-1102', /pairs/, (p) => p.of(['a'], s.string).keyed()],
  [
    'a key coder that is none',
    'STRAHL-1103',
    /deterministic/,
    (p) => p.of([1]).keyBy((x: Loose) => x, { encode: () => 0 }),
  ],
  ['keys of doubles', 'STRAHL-1103', /deterministic/, () => keyCoder(s.row({ x: s.double }))],
  ['a sink that is none', 'STRAHL-1104', /instead of a sink/, (p) => p.of([1]).write({})],
  [
    'an unbounded grouping in the global window',
    'STRAHL-1201',
    /can never fire/,
    (p) =>
      p
        .read(live)
        .keyBy((x: Loose) => x)
        .groupByKey(),
  ],
  [
    'an unbounded combine in the global window',
    'STRAHL-1201',
    /count can never fire/,
    (p) => p.read(live).count(),
  ],
  [
    'co-grouping of different windows',
    'STRAHL-1202',
    /incompatible windows/,
    (p) =>
      coGroupByKey({
        a: p.of([[1, 1]]).keyed(),
        b: p
          .of([[1, 1]])
          .keyed()
          .window(fixed(1)),
      }),
  ],
  [
    'a default in windows that may be empty',
    'STRAHL-1202',
    /no elements/,
    (p) => p.of([1]).window(fixed(1)).combineGloballyWith(count(), { emptyDefault: true }),
  ],
  [
    'sessions as a side input',
    'STRAHL-1202',
    /side input "x"/,
    (p) =>
      p
        .of([1])
        .with({ x: p.of([1]).window(sessions('1m')).asList() })
        .map((x: Loose) => x),
  ],
  ['a window without a size', 'STRAHL-1203', /size of fixed windows is 0 ms/, () => fixed('0s')],
  ['a gap below zero', 'STRAHL-1203', /gap of sessions is -1 ms/, () => sessions(-1)],
  [
    'an offset beyond the size',
    'STRAHL-1203',
    /offset of windows is 60000 ms/,
    () => fixed('1m', { offset: '1m' }),
  ],
  [
    'an offset below zero',
    'STRAHL-1203',
    /offset of windows is -1 ms/,
    () => fixed('1m', { offset: -1 }),
  ],
  ['windows with gaps', 'STRAHL-1203', /leave gaps/, () => sliding('1m', '2m')],
  ['a duration in words', 'STRAHL-1203', /'5 minutes'/, () => fixed('5 minutes' as Loose)],
  [
    'negative lateness',
    'STRAHL-1203',
    /allowedLateness is -1 ms/,
    (p) => p.of([1]).window(fixed(1), { allowedLateness: -1, panes: 'discarding' }),
  ],
  [
    'lateness without panes',
    'STRAHL-1203',
    /without panes/,
    (p) => p.of([1]).window(fixed(1), { allowedLateness: 1 }),
  ],
  ['an unbounded side input', 'STRAHL-1305', /asList/, (p) => p.read(live).asList()],
  [
    'a trigger that is none',
    'STRAHL-1203',
    /window is given no trigger/,
    (p) => p.of([1]).window(globalWindow(), { trigger: {}, panes: 'discarding' }),
  ],
  [
    'a trigger without panes',
    'STRAHL-1203',
    /a trigger is given without panes/,
    (p) => p.of([1]).trigger(every('1s'), {}),
  ],
  [
    'retracting panes',
    'STRAHL-2001',
    /retracting panes are not supported/,
    (p) => p.of([1]).trigger(every('1s'), { panes: 'retracting' }),
  ],
  [
    'TRG-4: a trigger that may finish',
    'STRAHL-1204',
    /Unsafe trigger 'afterCount\(3\)' may lose data, did you mean to wrap it in `Repeatedly.forever/,
    (p) => p.read(live).trigger(afterCount(3), { panes: 'discarding' }).count(),
  ],
  [
    'TRG-4: a trigger that finishes at the end while late elements may come',
    'STRAHL-1204',
    /afterWatermark\(\)\.early\(repeat\(afterCount\(1\)\)\)/,
    (p) =>
      p
        .of([1])
        .window(fixed('1m'), {
          trigger: afterWatermark().early(eachElement()),
          allowedLateness: '1m',
          panes: 'discarding',
        })
        .count(),
  ],
  [
    'TRG-5: the default trigger on an unbounded input in the global window',
    'STRAHL-1201',
    /can never fire/,
    (p) => p.read(live).trigger(defaultTrigger(), { panes: 'discarding' }).count(),
  ],
  ['a count below one', 'STRAHL-1203', /afterCount is given 0/, () => afterCount(0)],
  ['a delay below zero', 'STRAHL-1203', /delay of a trigger is -1 ms/, () => every(-1)],
  ['no trigger of several', 'STRAHL-1203', /anyOf is given no trigger/, () => anyOf()],
  [
    'an end that is no trigger',
    'STRAHL-1203',
    /a trigger is expected/,
    () => every(1).until(2 as Loose),
  ],
  [
    'a sequence by the clock that runs backwards',
    'STRAHL-9002',
    /from 2 and to 1/,
    (p) => p.generateSequence({ from: 2, to: 1, every: 1 }),
  ],
  ['a period of nothing', 'STRAHL-1203', /every/, (p) => p.periodicImpulse({ every: 0 })],
  [
    'a watch without a key',
    'STRAHL-9002',
    /no function by/,
    (p) => p.watch(() => [], { every: 1 }),
  ],
  [
    'a value instead of a function',
    'STRAHL-9002',
    /instead of a function/,
    (p) => p.of([1]).map(1),
  ],
  ['a value instead of a source', 'STRAHL-9002', /instead of a source/, (p) => p.read({})],
  [
    'a sequence without an end',
    'STRAHL-9002',
    /generateSequence/,
    (p) => p.generateSequence({ to: NaN }),
  ],
  ['no partitions', 'STRAHL-9002', /partition/, (p) => p.of([1]).partition(0, () => 0)],
];

describe('refused at the call', () => {
  it.each(CASES)('%s', async (_, code, text, build) => {
    await pipeline('earlier', (p) => (kept = p.of([1]))).run();
    const error = await failureOf(() => pipeline('bad', build).run());
    expect(error).toMatchObject({ code, title: expect.stringMatching(text) });
    expect(error.site).toMatch(/construction-errors\.test\.ts:\d+:\d+$/);
    expect(error.fix).toEqual(expect.any(String));
  });
});

describe('options of a pipeline', () => {
  const build = (): undefined => undefined;

  it('must list their fields', () => {
    expect(() => pipeline('x', s.string, build)).toThrow(
      expect.objectContaining({ code: 'STRAHL-9004' }),
    );
  });

  it("may not have names of the command line's own", () => {
    expect(() => pipeline('x', s.options({ appId: s.string }), build)).toThrow(
      expect.objectContaining({ code: 'STRAHL-9003' }),
    );
  });
});

async function failureOf(run: () => Promise<unknown>): Promise<StrahlError> {
  try {
    await run();
  } catch (error) {
    return error as StrahlError;
  }
  throw new TypeError('nothing was refused');
}

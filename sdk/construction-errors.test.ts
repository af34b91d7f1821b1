// What is wrong with a pipeline must be said at the call that is wrong, before anything runs. A bug here
// would look like a job that fails hours later, or an error that names no line.
/* eslint-disable @typescript-eslint/no-unsafe-call -- callers without a compiler are the subject */
import { describe, expect, it } from '@jest/globals';
import {
  itRefusesToBuild,
  type ConstructionCase,
  type Loose,
} from './construction-cases.fixture.js';
import { defineSource } from './connector.js';
import {
  combining,
  count,
  coGroupByKey,
  eventTimer,
  fixed,
  keyCoder,
  pipeline,
  s,
  sessions,
  setOf,
  value,
} from './index.js';

const live = defineSource({
  name: 'test.live',
  boundedness: 'unbounded',
  initial: () => ({ from: 0, to: 1 }),
  read: () => undefined,
});

const CASES: readonly ConstructionCase[] = [
  [
    'a text as the list of elements',
    'STRAHL-9002',
    /p\.of is given a text, which would be a list of its characters/,
    (p) => p.of('hello'),
  ],
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
    'a state that is not a declaration',
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
    'a misspelt option of a step',
    'STRAHL-9002',
    /map has no option "shema"/,
    (p) => p.of([1]).map(String, { shema: s.string }),
  ],
  [
    'dead letters of a step that has no second output',
    'STRAHL-2001',
    /flatMap cannot be given onError/,
    (p) => p.of([1]).flatMap(() => [], { onError: 'dead-letter' }),
  ],
  [
    'text in place of the options of a step',
    'STRAHL-9002',
    /map is given a value of type string instead of its options/,
    (p) => p.of([1]).map(String, 'name'),
  ],
  [
    'a misspelt option of a combine',
    'STRAHL-9002',
    /combineGlobally has no option "emptydefault"/,
    (p) => p.of([1]).combineGlobally({ n: count() }, { emptydefault: false }),
  ],
  [
    'a fanout of half a part',
    'STRAHL-9002',
    /fanout of combine is 0\.5/,
    (p) => p.of([1]).keyBy(String).combine({ n: count() }, { fanout: 0.5 }),
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
    (p, kept) => p.of([2]).flattenWith(kept),
  ],
  ['null as a collection', 'STRAHL-1002', /given null/, (p) => p.flatten(null)],
  [
    'a step after the pipeline was built',
    'STRAHL-1002',
    /already built/,
    (_, kept) => kept.map((x: Loose) => x),
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
  [
    // A step gives its output only once it is built with its side inputs: no call can name a later one.
    'a step that reads its own output as a side input',
    'STRAHL-1002',
    /with\(\{ self \}\) is given no side input/,
    (p) => {
      const sides: Loose = {};
      sides.self = p
        .of([1])
        .with({ self: sides.self })
        .map((x: Loose) => x);
      return sides.self;
    },
  ],
  ['an unbounded side input', 'STRAHL-1305', /asList/, (p) => p.read(live).asList()],
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
  itRefusesToBuild(CASES, /construction-errors\.test\.ts:\d+:\d+$/);
});

describe('options of a pipeline', () => {
  const build = (): undefined => undefined;

  it('must list their fields', () => {
    expect(() => pipeline('x', s.string, build)).toThrow(
      expect.objectContaining({ code: 'STRAHL-9004' }),
    );
  });

  it("may not have names of the command line's own", () => {
    for (const taken of ['appId', 'tokenFile', 'json'])
      expect(() => pipeline('x', s.options({ [taken]: s.string }), build)).toThrow(
        expect.objectContaining({ code: 'STRAHL-9003' }),
      );
  });
});

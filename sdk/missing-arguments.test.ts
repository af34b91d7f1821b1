// A caller without a compiler may leave out what a call needs, or give something else. A bug here would look like a
// TypeError from deep inside of the library.
/* eslint-disable @typescript-eslint/no-unsafe-call -- callers without a compiler are the subject */
import { describe, expect, it } from '@jest/globals';
import {
  itRefusesToBuild,
  type ConstructionCase,
  type Loose,
} from './construction-cases.fixture.js';
import { coGroupByKey, combineFn, eachElement, keyCoder, pipeline, regex } from './index.js';
import { assertThat, runTest, simulate, testStream } from './testing/index.js';

const loose = {
  assertThat,
  coGroupByKey,
  combineFn,
  keyCoder,
  pipeline,
  regex,
  runTest,
  simulate,
} as Loose;
const NO_SCHEMA = /a value of type (string|object|undefined|number) is given instead of a schema/;

class Words {
  element(x: unknown): unknown[] {
    return [x];
  }
}
const itself = (x: Loose): Loose => x;
const UNTYPED = { create() {}, add() {}, merge() {}, extract() {} };

const CASES: readonly ConstructionCase[] = [
  ['text for the schema of p.of', 'STRAHL-9002', NO_SCHEMA, (p) => p.of([1], 'int')],
  ['a schema of a step', 'STRAHL-9002', NO_SCHEMA, (p) => p.of([1]).map(String, { schema: 3 })],
  ['no schema for parseJson', 'STRAHL-9002', NO_SCHEMA, (p) => p.of(['1']).parseJson()],
  ['an empty schema', 'STRAHL-9002', NO_SCHEMA, (p) => p.of([1]).withSchema({})],
  [
    'outputs of split as a list of names',
    'STRAHL-9002',
    NO_SCHEMA,
    (p) => p.of([1]).split(['a', 'b'], () => []),
  ],
  ['no range', 'STRAHL-9002', /from 0 and to undefined/, (p) => p.generateSequence()],
  ['no period', 'STRAHL-1203', /every of periodicImpulse/, (p) => p.periodicImpulse()],
  ['no panes', 'STRAHL-1203', /without panes/, (p) => p.of([1]).trigger(eachElement())],
  ['no time to remember', 'STRAHL-1203', /for of deduplicate/, (p) => p.of([1]).deduplicate()],
  [
    'no limit of a batch',
    'STRAHL-9002',
    /groupIntoBatches is given no limit/,
    (p) => p.of([1]).keyBy(String).groupIntoBatches(),
  ],
  ['no side inputs', 'STRAHL-1002', /with is given no side inputs/, (p) => p.of([1]).with()],
  [
    'a test stream without an end',
    'STRAHL-9002',
    /a test stream that is not finished/,
    (p) => p.read(testStream().at(0, 'a')),
  ],
  ['nothing to group', 'STRAHL-1002', /given no collections/, () => loose.coGroupByKey()],
  [
    'two fields for a key',
    'STRAHL-1103',
    /keyBy takes one field, and is given "a" and "b"/,
    (p) => p.of([{ a: 1, b: 2 }]).keyBy('a', 'b'),
  ],
  [
    'no accumulator of a combiner',
    'STRAHL-9002',
    /combineFn is given no accumulator/,
    (p) => p.of([1]).combineGloballyWith(loose.combineFn(UNTYPED)),
  ],
  [
    'a class for a DoFn',
    'STRAHL-9002',
    /process is given the class Words instead of an instance/,
    (p) => p.of([1]).process(Words),
  ],
  [
    'a function for a label of log',
    'STRAHL-9002',
    /a value of type function cannot be the label of log/,
    (p) => p.of([1]).log(itself),
  ],
  [
    'a name for an assertion',
    'STRAHL-1002',
    /assertThat is given a value of type string instead of a collection/,
    () => loose.assertThat('out'),
  ],
  ['no composite', 'STRAHL-9002', /apply and pipe take a function/, (p) => p.of([1]).apply()],
  ['a name alone', 'STRAHL-9002', /apply and pipe take/, (p) => p.of([1]).apply('Name')],
  ['a composite that is none', 'STRAHL-9002', /apply and pipe/, (p) => p.of([1]).pipe(null)],
  ['a number for a name', 'STRAHL-9002', /type number cannot name/, (p) => p.of([1]).named(5)],
  ['a coder without functions', 'STRAHL-9002', /no coder/, (p) => p.of([1]).withCoder({})],
  [
    'text for a regular expression',
    'STRAHL-9002',
    /regex\.find is given a value of type string/,
    (p) => p.of(['a']).pipe(loose.regex.find('a')),
  ],
  [
    'a group that there is not',
    'STRAHL-9002',
    /\/\(a\)\/ has no group 2/,
    (p) => p.of(['a']).pipe(regex.find(/(a)/, 2)),
  ],
];

describe('refused at the call', () => {
  itRefusesToBuild(CASES, /missing-arguments\.test\.ts:\d+:\d+$/);
});

describe('refused without a pipeline', () => {
  it.each([
    ['an accumulator', () => loose.combineFn(UNTYPED)],
    ['a schema of options', () => loose.pipeline('x', { n: 5 }, () => undefined)],
    ['a schema of a key', () => loose.keyCoder()],
    ['a pipeline to simulate', () => loose.simulate()],
    ['a function to test', () => loose.runTest()],
    ['outputs of a test', () => loose.runTest(() => undefined)],
    ['names of the outputs', () => loose.runTest((p: Loose) => p.of([1]))],
  ])('%s that is not there', async (_, call) => {
    const work = (async () => call())();
    await expect(work).rejects.toMatchObject({ code: 'STRAHL-9002', fix: expect.any(String) });
  });

  it('tells an object for a schema from a missing build function', () => {
    expect(() => loose.pipeline('x', { n: 5 }, () => undefined)).toThrow(
      /the options of pipeline "x" are a value of type object instead of a schema[^]*s\.options\(/,
    );
  });
});

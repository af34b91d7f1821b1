import type { NeverCompiles } from './never-compiles.js';

const HEAD = `
import { combineFn, count, eachElement, every, fixed, pipeline, repeat, sessions, sliding, s, windowFn, type Root, type Sink, type Source } from 'strahl';
type Click = { readonly user: string; readonly at: number };
declare const live: Source<Click, 'unbounded'>;
declare const texts: Sink<string>;
declare const p: Root;
const clicks = p.read(live);
`;

const NO_KEY_CODER =
  'STRAHL-1103: this key has no deterministic coder; add one: .keyBy(f, keyCoder(schema))';
const NO_DURATION =
  "STRAHL-1203: a duration is milliseconds or a number and a unit of ms, s, m, h, d, as in '30s'";
const OTHER_SINK =
  'STRAHL-1104: the sink takes other elements; turn them into its type first with .map(...)';

const ROWS: NeverCompiles['rows'] = [
  ['sinkOfOtherType', `p.of([1]).write(texts);`, OTHER_SINK],
  ['dateAsKey', `clicks.keyBy((c) => new Date(c.at));`, NO_KEY_CODER],
  ['objectAsKey', `clicks.keyBy((c) => ({ user: c.user }));`, NO_KEY_CODER],
  ['durationInWords', `clicks.window(fixed('5 minutes'));`, NO_DURATION],
  ['durationOfSliding', `clicks.window(sliding('5m', '1 min'));`, NO_DURATION],
  ['durationOfSessions', `clicks.window(sessions('30'));`, NO_DURATION],
  [
    'latenessWithoutPanes',
    `clicks.window(fixed('1m'), { allowedLateness: '1h' });`,
    `Property 'panes' is missing in type '{ allowedLateness: "1h"; }'`,
  ],
  [
    'runWithoutRequiredOption',
    `pipeline('x', s.options({ input: s.string, size: s.int.default(1) }), () => 0).run({ size: 2 });`,
    `Property 'input' is missing in type '{ size: number; }'`,
  ],
  [
    'runWithoutOptions',
    `pipeline('x', s.options({ input: s.string }), () => 0).run();`,
    'Expected 1-2 arguments, but got 0.',
  ],
  [
    'defaultOfOtherType',
    `s.duration.default('5 minutes');`,
    `Argument of type '"5 minutes"' is not assignable to parameter of type 'DurationLike'.`,
  ],
  [
    'outputOfWrongShape',
    `p.of(['1']).split({ n: s.int64 }, function* (x, out) { yield out.n(x); });`,
    `Argument of type 'string' is not assignable to parameter of type 'number'.`,
  ],
  [
    'groupWithoutKeys',
    `p.of([1]).groupByKey();`,
    `Property 'groupByKey' does not exist on type 'PCollection<number, "bounded", "none">'.`,
  ],
  [
    'keyedNonPairs',
    `p.of([1]).keyed();`,
    `Type 'number' is not assignable to type 'KV<Key, unknown>'.`,
  ],
  [
    'jsonOfNumbers',
    `p.of([1]).parseJson(s.int64);`,
    `Type 'number' is not assignable to type 'string'.`,
  ],
  [
    'textAsElements',
    `p.of('hello');`,
    `Argument of type 'string' is not assignable to parameter of type 'Iterable<string> & object'.`,
  ],
  [
    'textAsOutputs',
    `clicks.flatMap((c) => c.user);`,
    `Type 'string' is not assignable to type 'Emits<string>'.`,
  ],
  [
    'promiseOfTextAsOutputs',
    `clicks.flatMap(async (c) => Promise.resolve(c.user));`,
    `Type 'Promise<string>' is not assignable to type 'Emits<string>'.`,
  ],
  [
    'textAsWindows',
    `windowFn({ window: s.string, assign: () => 'x', maxTimestamp: () => 0 });`,
    `Type 'string' is not assignable to type 'Iterable<string> & object'.`,
  ],
  [
    'promiseAsKey',
    `clicks.keyBy(async (c) => Promise.resolve(c.user));`,
    'STRAHL-1103: a promise is no key; ask for it first with .map(async ...)',
  ],
  ['sinkAsSource', `p.read(texts);`, `is missing in type 'Sink<string>'`],
  [
    'unstampedAtTheEndOfABundle',
    `clicks.process({ element: () => ['x'], finishBundle: () => ['x'] });`,
    `Type 'string' is not assignable to type 'Stamped<string>'.`,
  ],
  [
    'asynchronousBuild',
    `pipeline('x', async (p) => Promise.resolve(p.of([1])));`,
    'STRAHL-9002: the build function is asynchronous; wait for what it needs before the pipeline is made',
  ],
  [
    'asynchronousBuildWithOptions',
    `pipeline('x', s.options({ n: s.int }), async (p, o) => Promise.resolve(p.of([o.n])));`,
    'STRAHL-9002: the build function is asynchronous; wait for what it needs before the pipeline is made',
  ],
  [
    'runnerAmongOptions',
    `pipeline('x', (p) => p.of([1])).run({ runner: 'direct' });`,
    `Type 'string' is not assignable to type 'never'.`,
  ],
  ['noSuchField', `clicks.keyBy('nope');`, 'No overload matches this call.'],
  [
    'combinerOfOtherType',
    `p.of(['a']).combineGloballyWith(combineFn({ accumulator: s.int64, create: () => 0, add: (a, x: number) => a + x, merge: (a, b) => a + b, extract: (a) => a }));`,
    `Type 'string' is not assignable to type 'number'.`,
  ],
  [
    'triggerWithoutPanes',
    `clicks.trigger(every('10s'), {});`,
    `Property 'panes' is missing in type '{}'`,
  ],
  ['triggerWithoutOptions', `clicks.trigger(every('10s'));`, `Expected 2 arguments, but got 1.`],
  [
    'windowTriggerWithoutPanes',
    `clicks.window(fixed('1m'), { trigger: every('10s') });`,
    `Property 'panes' is missing in type '{ trigger: Trigger; }'`,
  ],
  [
    'retractingPanes',
    `clicks.trigger(every('10s'), { panes: 'retracting' });`,
    `Type '"retracting"' is not assignable to type 'Panes'.`,
  ],
  [
    'durationOfTrigger',
    `clicks.trigger(every('10 seconds'), { panes: 'discarding' });`,
    NO_DURATION,
  ],
  [
    'triggerThatIsNone',
    `repeat(10);`,
    `type 'number' is not assignable to parameter of type 'Trigger'`,
  ],
  [
    'lateOfOtherTriggers',
    `every('10s').late(eachElement());`,
    `Property 'late' does not exist on type 'Trigger'.`,
  ],
  [
    'statefulWithoutFunction',
    `clicks.keyBy('user').stateful();`,
    'Expected 1-2 arguments, but got 0.',
  ],
  [
    'mergeOfOtherWindows',
    `windowFn({ window: s.string, assign: () => ['x'], maxTimestamp: () => 0, merge: () => [{ into: 1, windows: [] }] });`,
    `Type 'number' is not assignable to type 'string'.`,
  ],
  [
    'sequenceWithoutEndOrPace',
    `p.generateSequence({ from: 1 });`,
    'No overload matches this call.',
  ],
  [
    'unboundedSequenceGrouped',
    `p.generateSequence({ every: '1s' }).count();`,
    `Property ''STRAHL-1201: unbounded input in the global window never closes`,
  ],
];

/** Calls of the methods that every pipeline has. */
export const ILLEGAL_CALLS: NeverCompiles = { head: HEAD, rows: ROWS };

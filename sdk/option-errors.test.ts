// What a bug here would look like: a misspelt option that is ignored, so that a job does something else than it says.
/* eslint-disable @typescript-eslint/no-unsafe-call -- callers without a compiler are the subject */
import { expect, it } from '@jest/globals';
import {
  itRefusesToBuild,
  type ConstructionCase,
  type Loose,
} from './construction-cases.fixture.js';
import * as strahl from './index.js';

/** Functions as somebody calls them who has no compiler. */
const { calendar, combineFn, combining, count, fixed, pipeline, s }: Loose = strahl;
const { sliding, source, value, windowFn }: Loose = strahl;
const itself = (x: Loose): Loose => x;
const keyed = (p: Loose): Loose => p.of([1]).keyBy(itself);

const CASES: readonly (readonly [string, RegExp, ConstructionCase[3]])[] = [
  ['generateSequence', /"evry"/, (p) => p.generateSequence({ from: 0, evry: '1s' })],
  ['periodicImpulse', /"till"/, (p) => p.periodicImpulse({ every: '1s', till: 5 })],
  ['watch', /"untl"/, (p) => p.watch(() => [], { every: '1s', by: itself, untl: '1m' })],
  [
    'the end of watch',
    /until of watch has no option "quiet"/,
    (p) => p.watch(() => [], { every: '1s', by: itself, until: { quiet: '1m' } }),
  ],
  ['withTimestamps', /"skew"/, (p) => p.of([1]).withTimestamps(itself, { skew: '1h' })],
  ['redistribute', /"key"/, (p) => p.of([1]).redistribute({ key: itself })],
  ['union', /"al"/, (p) => p.of([1]).union(p.of([1]), { al: true })],
  ['except', /"ALL"/, (p) => p.of([1]).except(p.of([1]), { ALL: true })],
  ['batchElements', /"size"/, (p) => p.of([1]).batchElements({ size: 3 })],
  ['groupIntoBatches', /"count"/, (p) => keyed(p).groupIntoBatches({ count: 3 })],
  ['deduplicate', /"within"/, (p) => p.of([1]).deduplicate({ for: '1m', within: '1m' })],
  [
    'a clock that deduplicate does not know',
    /domain of deduplicate is "events"/,
    (p) => p.of([1]).deduplicate({ for: '1m', domain: 'events' }),
  ],
  ['requestResponse', /"retry"/, (p) => p.of([1]).requestResponse(itself, { retry: 5 })],
  [
    'the cache of requestResponse',
    /cache of requestResponse has no option "ttl"/,
    (p) => p.of([1]).requestResponse(itself, { cache: { by: itself, ttl: '1m' } }),
  ],
  [
    'a cache that is not told what is alike',
    /cache of requestResponse is not told which elements are alike/,
    (p) => p.of([1]).requestResponse(itself, { cache: { for: '1m' } }),
  ],
  [
    'stateful',
    /"onWindowExpired"/,
    (p) => keyed(p).stateful({ element() {}, onWindowExpired() {} }),
  ],
  [
    'splittable',
    /"idle"/,
    (p) => p.of([1]).splittable({ initial: itself, element() {}, idle: '1m' }),
  ],
  [
    'source',
    /"idle"/,
    (p) => p.read(source({ bounded: 'bounded', initial: itself, read() {}, idle: '1m' })),
  ],
  ['fixed', /"ofset"/, (p) => p.of([1]).window(fixed('1m', { ofset: '1s' }))],
  ['sliding', /"gap"/, (p) => p.of([1]).window(sliding('1m', '1m', { gap: true }))],
  ['calendar.days', /"timeZone"/, (p) => p.of([1]).window(calendar.days(1, { timeZone: 'UTC' }))],
  [
    'a window function without a time',
    /windowFn is given no function maxTimestamp/,
    (p) => p.of([1]).window(windowFn({ assign: () => [] })),
  ],
  [
    'a combiner that cannot be merged',
    /combineFn is given no function merge/,
    (p) => p.of([1]).combineGloballyWith(combineFn({ create: () => 0, add: itself })),
  ],
];

itRefusesToBuild(
  [
    [
      'a value state that is to be loaded late',
      'STRAHL-2001',
      /value has no options/,
      (p) => keyed(p).stateful({ state: { n: value(s.int, 0, { load: 'lazy' }) }, element() {} }),
    ],
    [
      'a combining state that is to be loaded late',
      'STRAHL-2001',
      /combining has no options/,
      (p) =>
        keyed(p).stateful({ state: { n: combining(count(), { load: 'lazy' }) }, element() {} }),
    ],
  ],
  /option-errors\.test\.ts/,
);

itRefusesToBuild(
  CASES.map(([what, text, build]) => [
    what.startsWith('a ') ? what : `a misspelt option of ${what}`,
    'STRAHL-9002',
    text,
    build,
  ]),
  /option-errors\.test\.ts/,
);

it.each(['run', 'runAsync'])('a misspelt runner of %s is not the default one', async (method) => {
  const hello = pipeline('hello', (p: Loose) => p.of([1]));
  await expect(hello[method]({}, { runer: 'direct' })).rejects.toMatchObject({
    code: 'STRAHL-9002',
    title: `${method} has no option "runer"`,
  });
});

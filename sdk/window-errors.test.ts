// What is wrong with windows and triggers must be said at the call that is wrong. A bug here would look like a
// grouping that never fires, or that loses what comes after it has.
/* eslint-disable @typescript-eslint/no-unsafe-call -- callers without a compiler are the subject */
import { describe } from '@jest/globals';
import { defineSource } from './connector.js';
import {
  itRefusesToBuild,
  type ConstructionCase,
  type Loose,
} from './construction-cases.fixture.js';
import {
  afterCount,
  afterWatermark,
  anyOf,
  defaultTrigger,
  eachElement,
  every,
  fixed,
  globalWindow,
  sessions,
  sliding,
} from './index.js';

const live = defineSource({
  name: 'test.live',
  boundedness: 'unbounded',
  initial: () => ({ from: 0, to: 1 }),
  read: () => undefined,
});

const CASES: readonly ConstructionCase[] = [
  ['a window without a size', 'STRAHL-1203', /size of fixed windows is 0 ms/, () => fixed('0s')],
  ...(['timestampCombiner', 'closing', 'onTime'] as const).map((option): ConstructionCase => [
    `a ${option} that there is none`,
    'STRAHL-9002',
    new RegExp(`${option} of window is "nosuch"`),
    (p) => p.of([1]).window(fixed('1m'), { [option]: 'nosuch' }),
  ]),
  [
    'a misspelt option of a window',
    'STRAHL-9002',
    /window has no option "allowedLatness"/,
    (p) => p.of([1]).window(fixed('1m'), { allowedLatness: '1h' }),
  ],
  [
    'a misspelt option of a trigger',
    'STRAHL-9002',
    /trigger has no option "pane"/,
    (p) => p.of([1]).trigger(eachElement(), { panes: 'discarding', pane: 'x' }),
  ],
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
    'an end that is not a trigger',
    'STRAHL-1203',
    /a trigger is expected/,
    () => every(1).until(2 as Loose),
  ],
];

describe('windows and triggers refused at the call', () => {
  itRefusesToBuild(CASES, /window-errors\.test\.ts:\d+:\d+$/);
});

// Every rule of windows, panes and lateness with the least script that shows it. Events come one by one, so a
// script has one right answer, whatever the bundles are.
import { expect, it } from '@jest/globals';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { RefWindowFn } from '../simulation/script.js';
import {
  after,
  again,
  atEnd,
  DEFAULT,
  every,
  fixedOf,
  GLOBAL,
  NEVER,
  panesOf,
  sessionsOf,
  slidingOf,
  strategyOf,
  type Options,
} from './pane-script.js';
import { onEveryRunner } from './runners.js';

type Row = readonly [
  name: string,
  windowFn: RefWindowFn,
  trigger: TriggerSpec,
  options: Options,
  script: string,
  expected: readonly string[],
];

const ROWS: readonly Row[] = [
  [
    'WIN-1: the global window has all times',
    GLOBAL,
    every(1),
    {},
    'a1@-7 a2@50',
    [
      'a global early 0/-1 first @9223371950454776: 1',
      'a global early 1/-1 @9223371950454776: 2',
      'a global on-time 2/0 last @9223371950454776: ',
    ],
  ],
  [
    'WIN-2, pitfall 1: the end of a window is not in it',
    fixedOf(10),
    DEFAULT,
    {},
    'a1@9 a2@10 w9 w10 w20',
    ['a [0, 10) on-time 0/0 first last @9: 1', 'a [10, 20) on-time 0/0 first last @19: 2'],
  ],
  [
    'WIN-3, WIN-6, pitfall 21: windows before the epoch contain their elements',
    fixedOf(10),
    DEFAULT,
    {},
    'a1@-1 a2@-10 a4@-11 a8@-15 w20',
    ['a [-10, 0) on-time 0/0 first last @-1: 1,2', 'a [-20, -10) on-time 0/0 first last @-11: 4,8'],
  ],
  [
    'WIN-3: an offset moves the windows',
    fixedOf(10, 5),
    DEFAULT,
    {},
    'a1@1 a2@8 w30',
    ['a [-5, 5) on-time 0/0 first last @4: 1', 'a [5, 15) on-time 0/0 first last @14: 2'],
  ],
  [
    'WIN-4, WIN-9, WIN-13: an element in two sliding windows is two elements',
    slidingOf(20, 10),
    DEFAULT,
    {},
    'a1@-1 w40',
    ['a [-10, 10) on-time 0/0 first last @9: 1', 'a [-20, 0) on-time 0/0 first last @-1: 1'],
  ],
  [
    'WIN-5, MRG-2: sessions that touch stay apart, those that overlap merge',
    sessionsOf(5),
    DEFAULT,
    {},
    'a1@1 a2@6 w4 a4@11 a8@13 w40',
    [
      'a [1, 6) on-time 0/0 first last @5: 1',
      'a [11, 18) on-time 0/0 first last @17: 4,8',
      'a [6, 11) on-time 0/0 first last @10: 2',
    ],
  ],
  [
    'MRG-1, MRG-3, pitfall 14: all sessions merge before any is asked to fire',
    sessionsOf(5),
    every(1),
    { accumulating: true },
    'a1@0 a2@8 a4@4 w40',
    [
      'a [0, 13) early 0/-1 first @12: 1,2,4',
      'a [0, 13) on-time 1/0 last @12: 1,2,4',
      'a [0, 5) early 0/-1 first @4: 1',
      'a [8, 13) early 0/-1 first @12: 2',
    ],
  ],
  [
    'MRG-4, pitfall 15: a merge moves values and counts',
    sessionsOf(5),
    every(3),
    {},
    'a1@0 a2@8 a4@4 w40',
    ['a [0, 13) early 0/-1 first @12: 1,2,4', 'a [0, 13) on-time 1/0 last @12: '],
  ],
  [
    'MRG-5, pitfall 9: panes are counted anew in a window that a merge made',
    sessionsOf(5),
    atEnd(every(1), every(1)),
    { accumulating: true },
    'a1@0 a2@3 a4@2 w40',
    [
      'a [0, 5) early 0/-1 first @4: 1',
      'a [0, 8) early 0/-1 first @7: 1,2',
      'a [0, 8) early 1/-1 @7: 1,2,4',
      'a [0, 8) on-time 2/0 last @7: 1,2,4',
    ],
  ],
  [
    'MRG-6, pitfall 13: a merged window is held by its earliest element',
    sessionsOf(5),
    DEFAULT,
    { timestamps: 'earliest' },
    'a1@8 a2@0 a4@4 w40',
    ['a [0, 13) on-time 0/0 first last @0: 1,2,4'],
  ],
  [
    'MRG-6: or by its latest',
    sessionsOf(5),
    DEFAULT,
    { timestamps: 'latest' },
    'a1@0 a2@8 a4@4 w40',
    ['a [0, 13) on-time 0/0 first last @8: 1,2,4'],
  ],
  [
    'MRG-7: what comes behind a closed session opens another',
    sessionsOf(5),
    DEFAULT,
    {},
    'a1@0 w6 a2@4 w40',
    ['a [0, 5) on-time 0/0 first last @4: 1', 'a [4, 9) on-time 0/0 first last @8: 2'],
  ],
  [
    'TRG-2, pitfall 18: a count starts anew after each pane',
    fixedOf(10),
    atEnd(every(2), every(1)),
    {},
    'a1@1 a2@2 a4@3 a8@4 a16@5 w20',
    [
      'a [0, 10) early 0/-1 first @9: 1,2',
      'a [0, 10) early 1/-1 @9: 4,8',
      'a [0, 10) on-time 2/0 last @9: 16',
    ],
  ],
  [
    'pitfall 40: a delay counts from the first element of the pane',
    fixedOf(10),
    again(after(5)),
    {},
    'a1@1 p3 a2@2 p3 a4@3 p3 p3 w20',
    [
      'a [0, 10) early 0/-1 first @9: 1,2',
      'a [0, 10) early 1/-1 @9: 4',
      'a [0, 10) on-time 2/0 last @9: ',
    ],
  ],
  [
    'PAN-1, PAN-2, PAN-3, pitfall 10: early panes, one on time, late ones, numbered',
    fixedOf(10),
    atEnd(every(1), every(1)),
    { lateness: 20 },
    'a1@1 a2@2 w10 a4@3 a8@4 w40',
    [
      'a [0, 10) early 0/-1 first @9: 1',
      'a [0, 10) early 1/-1 @9: 2',
      'a [0, 10) late 3/1 @9: 4',
      'a [0, 10) late 4/2 @9: 8',
      'a [0, 10) on-time 2/0 @9: ',
    ],
  ],
  [
    'PAN-4, pitfall 5: end and expiry in one step make one pane, on time and last',
    fixedOf(10),
    DEFAULT,
    { lateness: 20 },
    'a1@1 w40',
    ['a [0, 10) on-time 0/0 first last @9: 1'],
  ],
  [
    'PAN-4, LATE-4: at the expiry nothing more comes if nothing is new',
    fixedOf(10),
    DEFAULT,
    { lateness: 20 },
    'a1@1 w10 w40',
    ['a [0, 10) on-time 0/0 first @9: 1'],
  ],
  [
    'ACC-1: discarding panes hold what is new, and',
    fixedOf(10),
    every(1),
    {},
    'a1@1 a2@2 w20',
    [
      'a [0, 10) early 0/-1 first @9: 1',
      'a [0, 10) early 1/-1 @9: 2',
      'a [0, 10) on-time 2/0 last @9: ',
    ],
  ],
  [
    'ACC-1: accumulating panes hold everything',
    fixedOf(10),
    every(1),
    { accumulating: true },
    'a1@1 a2@2 w20',
    [
      'a [0, 10) early 0/-1 first @9: 1',
      'a [0, 10) early 1/-1 @9: 1,2',
      'a [0, 10) on-time 2/0 last @9: 1,2',
    ],
  ],
  [
    'ACC-2, pitfall 4: a pane on time comes although it is empty',
    fixedOf(10),
    atEnd(every(1), every(1)),
    { timestamps: 'earliest' },
    'a1@1 w10 w20',
    ['a [0, 10) early 0/-1 first @1: 1', 'a [0, 10) on-time 1/0 last @9: '],
  ],
  [
    'ACC-2: unless it is told not to',
    fixedOf(10),
    atEnd(every(1), every(1)),
    { onTimeAlways: false },
    'a1@1 w10 w20',
    ['a [0, 10) early 0/-1 first @9: 1'],
  ],
  [
    'ACC-3: a last pane comes although it is empty if it is told to',
    fixedOf(10),
    DEFAULT,
    { lateness: 20, closingAlways: true },
    'a1@1 w10 w40',
    ['a [0, 10) late 1/1 last @9: ', 'a [0, 10) on-time 0/0 first @9: 1'],
  ],
  [
    'ACC-4: a pane is stamped with its earliest element',
    fixedOf(10),
    DEFAULT,
    { timestamps: 'earliest' },
    'a1@5 a2@3 w20',
    ['a [0, 10) on-time 0/0 first last @3: 1,2'],
  ],
  [
    'ACC-4: or with its latest',
    fixedOf(10),
    DEFAULT,
    { timestamps: 'latest' },
    'a1@5 a2@3 w20',
    ['a [0, 10) on-time 0/0 first last @5: 1,2'],
  ],
  [
    'pitfall 2: a late element fires in its bundle and never again',
    fixedOf(10),
    DEFAULT,
    { lateness: 20 },
    'a1@1 w12 a2@2 w40',
    ['a [0, 10) late 1/1 @9: 2', 'a [0, 10) on-time 0/0 first @9: 1'],
  ],
  [
    'pitfall 6, LATE-4: a window whose panes are out still takes late elements until it expires',
    fixedOf(10),
    atEnd(undefined, every(1)),
    { lateness: 20 },
    'a1@1 w10 a2@2 w29 a4@3 w40 a8@4',
    [
      'a [0, 10) late 1/1 @9: 2',
      'a [0, 10) late 2/2 @9: 4',
      'a [0, 10) on-time 0/0 first @9: 1',
      '1 too late',
    ],
  ],
  [
    'LATE-1, LATE-3, pitfall 7: an element is dropped by the expiry of its window, not by its own time',
    fixedOf(10),
    DEFAULT,
    {},
    'a1@1 w9 a2@2 w10 a4@3',
    ['a [0, 10) on-time 0/0 first last @9: 1,2', '1 too late'],
  ],
  [
    'LATE-2: of a session by its own window, before it merges',
    sessionsOf(5),
    DEFAULT,
    {},
    'a1@10 w8 a2@2 a4@6 w40',
    ['a [6, 15) on-time 0/0 first last @14: 1,4', '1 too late'],
  ],
  [
    'LATE-6: lateness is that of the strategy',
    fixedOf(10),
    DEFAULT,
    { lateness: 3 },
    'a1@1 w12 a2@2 w13 a4@3',
    ['a [0, 10) late 1/1 @9: 2', 'a [0, 10) on-time 0/0 first @9: 1', '1 too late'],
  ],
  [
    'pitfall 8: no expiry lies behind the end of the global window',
    GLOBAL,
    NEVER,
    { lateness: 20 },
    'a1@1 w50',
    ['a global on-time 0/0 first last @9223371950454776: 1'],
  ],
  [
    'WM-3: what is behind the watermark but in an open window is in time',
    fixedOf(10),
    DEFAULT,
    {},
    'w8 a1@2 w10',
    ['a [0, 10) on-time 0/0 first last @9: 1'],
  ],
  [
    'WM-6, pitfall 11: a late element never pulls the time of a pane back',
    fixedOf(10),
    DEFAULT,
    { timestamps: 'earliest', lateness: 20 },
    'a1@7 w6 a2@2 w10 w40',
    ['a [0, 10) on-time 0/0 first @7: 1,2'],
  ],
  [
    'WM-6, pitfall 12: a late element holds at the expiry of its window',
    fixedOf(10),
    DEFAULT,
    { timestamps: 'earliest', lateness: 20 },
    'w15 a1@2 w40',
    ['a [0, 10) late 0/0 first @9: 1'],
  ],
];

onEveryRunner('panes', (runner) => {
  it.each(ROWS)('%s', async (_, windowFn, trigger, options, script, expected) => {
    expect(await panesOf(runner(), strategyOf(windowFn, trigger, options), script)).toEqual(
      expected,
    );
  });

  it('TRG-1, pitfall 3: a trigger is asked once for all that a bundle brought', async () => {
    const strategy = strategyOf(fixedOf(10), every(2), {});
    const lines = await panesOf(runner(), strategy, 'a1@1+a2@2+a4@3 w20');
    const counts = lines
      .filter((line) => line.includes('early'))
      .map((line) => line.split(': ')[1]!.split(',').length);
    // One of 3, or one of 2 where bundles are smaller; never one of each.
    expect(counts).toEqual([counts[0]]);
    expect(counts[0]).toBeGreaterThanOrEqual(2);
  });
});

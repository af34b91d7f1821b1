import { NEVER_CLOSES, type NeverCompiles } from './never-compiles.js';

const HEAD = `
import { fixed, type Keyed, type PCollection, type Source } from 'strahl';
declare const live: Keyed<string, number, 'unbounded', 'none'>;
declare const ages: Keyed<string, number, 'bounded', 'none'>;
declare const numbers: PCollection<number, 'bounded', 'none'>;
declare const windowed: PCollection<number, 'bounded', 'windowed'>;
`;

const ROWS: NeverCompiles['rows'] = [
  ['join', `live.join(live);`, NEVER_CLOSES],
  ['leftJoin', `live.leftJoin(live);`, NEVER_CLOSES],
  ['rightJoin', `live.rightJoin(live);`, NEVER_CLOSES],
  ['fullJoin', `ages.fullJoin(live);`, NEVER_CLOSES],
  ['union', `numbers.union(live.values());`, NEVER_CLOSES],
  ['intersect', `live.values().intersect(numbers);`, NEVER_CLOSES],
  ['except', `live.values().except(numbers);`, NEVER_CLOSES],
  [
    'joinOfPlainElements',
    `numbers.join(ages);`,
    `Property 'join' does not exist on type 'PCollection<number, "bounded", "none">'.`,
  ],
  [
    'joinOfOtherKeys',
    `ages.join(ages.swap());`,
    `Type 'number' is not assignable to type 'string'.`,
  ],
  [
    'unionOfOtherElements',
    `numbers.union(ages.keys());`,
    `Type 'string' is not assignable to type 'number'.`,
  ],
  ['exceptInOtherWindows', `numbers.except(windowed);`, `"windowed"' is not assignable to`],
  [
    'batchesWithoutKeys',
    `numbers.groupIntoBatches({ size: 10 });`,
    `Property 'groupIntoBatches' does not exist on type 'PCollection<number, "bounded", "none">'.`,
  ],
  [
    'deduplicateWithoutTime',
    `numbers.deduplicate({ by: (n) => n });`,
    `Property 'for' is missing in type '{ by: (n: number) => number; }'`,
  ],
  [
    'deduplicateByObject',
    `numbers.deduplicate({ by: (n) => ({ n }), for: '1h' });`,
    `Type '{ n: number; }' is not assignable to type 'Key'.`,
  ],
  [
    'versionsOfOtherKeys',
    `ages.temporalJoin(ages.swap());`,
    `Type 'number' is not assignable to type 'string'.`,
  ],
  [
    'waitOnNothing',
    `numbers.waitOn('done');`,
    `is not assignable to parameter of type 'PCollection<unknown`,
  ],
];

/** Joins, sets and what surrounds them. */
export const ILLEGAL_TRANSFORMS: NeverCompiles = { head: HEAD, rows: ROWS };

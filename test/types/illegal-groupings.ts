import { NEVER_CLOSES, type NeverCompiles } from './never-compiles.js';

const HEAD = `
import { coGroupByKey, count, fixed, type PCollection } from 'strahl';
type Click = { readonly user: string; readonly at: number };
declare const clicks: PCollection<Click, 'unbounded', 'none'>;
declare const past: PCollection<Click, 'bounded', 'none'>;
`;

const NEVER_READY =
  'STRAHL-1305: an unbounded side input in the global window is never ready; add .window(...) or .trigger(...) first';

const ROWS: NeverCompiles['rows'] = [
  ['groupByKey', `clicks.keyBy('user').groupByKey();`, NEVER_CLOSES],
  ['combine', `clicks.keyBy('user').combine({ n: count() });`, NEVER_CLOSES],
  ['combineWith', `clicks.keyBy('user').combineWith(count());`, NEVER_CLOSES],
  ['combineGlobally', `clicks.combineGlobally({ n: count() });`, NEVER_CLOSES],
  ['combineGloballyWith', `clicks.combineGloballyWith(count());`, NEVER_CLOSES],
  ['count', `clicks.count();`, NEVER_CLOSES],
  ['countPerKey', `clicks.keyBy('user').countPerKey();`, NEVER_CLOSES],
  ['countPerElement', `clicks.countPerElement();`, NEVER_CLOSES],
  ['distinct', `clicks.distinct();`, NEVER_CLOSES],
  ['latest', `clicks.latest();`, NEVER_CLOSES],
  ['latestPerKey', `clicks.keyBy('user').latestPerKey();`, NEVER_CLOSES],
  [
    'coGroupByKey',
    `coGroupByKey({ a: clicks.keyBy('user'), b: clicks.keyBy('user') });`,
    NEVER_CLOSES,
  ],
  ['countOfBoundedAndUnbounded', `past.flattenWith(clicks).count();`, NEVER_CLOSES],
  [
    'coGroupByKeyOfBoundedAndUnbounded',
    `coGroupByKey({ a: past.keyBy('user'), b: clicks.keyBy('user') });`,
    NEVER_CLOSES,
  ],
  [
    'coGroupByKeyOfOtherKeys',
    `coGroupByKey({ a: past.keyBy('user'), b: past.keyBy('at') });`,
    'the inputs have keys of different types, which never meet; give them one type with .keyBy(...) first',
  ],
  [
    'coGroupByKeyOfOtherWindows',
    `const all = past.keyBy('user'); coGroupByKey({ all, daily: all.window(fixed('1d')) });`,
    'STRAHL-1202: one input has windows and another has none; give both the same .window(...) first',
  ],
  [
    'coGroupByKeyWithoutKeys',
    `coGroupByKey({ past });`,
    `Type 'PCollection<Click, "bounded", "none">' is missing the following properties from type 'Keyed`,
  ],
  ...['asList()', 'asIterable()', 'asSingleton()'].map(
    (view) => [`${view.slice(0, -2)}OfUnbounded`, `clicks.${view};`, NEVER_READY] as const,
  ),
  ['asMapOfUnbounded', `clicks.keyBy('user').asMap();`, NEVER_READY],
  ['asMultimapOfUnbounded', `clicks.keyBy('user').asMultimap();`, NEVER_READY],
];

/** What needs windows that close, and what needs the same keys and windows. */
export const ILLEGAL_GROUPINGS: NeverCompiles = { head: HEAD, rows: ROWS };

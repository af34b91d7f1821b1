// What must not compile, and what the compilers must say: a bug here would look like a pipeline that compiles and
// hangs or fails when it runs, or like a message that leaves the user to guess. And what it costs them.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileWithApi, compileWithCommand, type Messages } from './compile.js';
import { ILLEGAL_CALLS } from './illegal-calls.js';
import { ILLEGAL_GROUPINGS } from './illegal-groupings.js';
import { ILLEGAL_STATE } from './illegal-state.js';
import { ILLEGAL_TRANSFORMS } from './illegal-transforms.js';

const TABLES = [ILLEGAL_CALLS, ILLEGAL_GROUPINGS, ILLEGAL_STATE, ILLEGAL_TRANSFORMS];
const ROWS = TABLES.flatMap(({ rows }) => rows);
const ILLEGAL = Object.fromEntries(
  TABLES.flatMap(({ head, rows }) => rows.map(([name, code]) => [name, head + code])),
);

const START = `import { count, fixed, pipeline, sum, type Root } from 'strahl';
declare const p: Root;
const start = p.of<{ readonly user: string; readonly n: number }>([]);
`;
const CALLS = 40;
const CHAIN = Array.from(
  { length: CALLS / 4 },
  (_, i) => `
start.map((x) => ({ ...x, at: x.n + ${String(i)} })).window(fixed('1m')).keyBy('user').combine({ n: count(), total: sum((x) => x.at) });`,
).join('');

/** Of each compiler, by the name of the source. */
let bySix: ReturnType<typeof compileWithApi>;
let bySeven: Messages;

// A program is made once: to read the sources of Strahl takes longer than all that is checked here.
beforeAll(() => {
  bySeven = compileWithCommand(ILLEGAL);
  bySix = compileWithApi({ start: START, chain: START + CHAIN, ...ILLEGAL });
}, 240_000);

describe('a call that makes no sense', () => {
  it.each(ROWS)('is refused by TypeScript 7: %s', (name, _code, expected) => {
    expect(bySeven.get(name)?.join('\n') ?? 'compiles').toContain(expected);
  });

  it.each(ROWS)('is refused by TypeScript 6: %s', (name, _code, expected) => {
    expect(bySix.messages.get(name)?.join('\n') ?? 'compiles').toContain(expected);
  });
});

it('a call of the fluent interface costs the compiler at most 1,500 instantiations', () => {
  const { messages, instantiations } = bySix;
  expect([messages.get('start'), messages.get('chain')]).toEqual([undefined, undefined]);
  expect((instantiations.get('chain')! - instantiations.get('start')!) / CALLS).toBeLessThan(1500);
});

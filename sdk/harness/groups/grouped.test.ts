// What a bug here looks like: values of one key under another, groups that can be read once, sums that
// depend on how the elements were cut into bundles.
import { describe, expect, it } from '@jest/globals';
import { COUNTED_CODER_URN } from '#portability/coders/plain/plain-urns.js';
import { connectByBytes } from '#portability/fnapi/connect-by-bytes.js';
import type { Connection } from '#portability/fnapi/connection.js';
import type { Group } from '../../dofn/dofn.js';
import type { UserFunction } from '../../dofn/user-function.js';
import { InProcessConnection } from '../in-process.js';
import {
  calling,
  framesOf,
  runElements,
  StageCodec,
  StageDraft,
  type CoderText,
} from '../stage-draft.fixture.js';
import { STILL_CLOCK } from '../still-clock.fixture.js';

const clock = STILL_CLOCK;
const PAIR: CoderText = ['kv', 'string_utf8', 'varint'];
const GROUP: CoderText = ['kv', 'string_utf8', ['iterable', 'varint']];

const sum: UserFunction = {
  kind: 'combine',
  fn: {
    create: () => 0,
    add: (a, x) => (a as number) + (x as number),
    merge: (a, b) => (a as number) + (b as number),
    extract: (a) => (a as number) * 10,
  },
};

const MODES = ['generated', 'closures', 'bytes'] as const;

async function open(draft: StageDraft, mode: (typeof MODES)[number]) {
  const descriptor = draft.build();
  const { functions } = draft;
  const compile = mode === 'closures' ? 'closures' : 'generated';
  const inner = new InProcessConnection({ functions, clock, compile });
  const connection: Connection = mode === 'bytes' ? connectByBytes(inner) : inner;
  await connection.register([descriptor]);
  return { connection, codec: new StageCodec(descriptor, functions) };
}

function combining(kind: `combine-${string}`, input: CoderText, output: CoderText): StageDraft {
  const draft = new StageDraft();
  draft.pcollection('in', input);
  draft.pcollection('out', output);
  const combineFn = draft.ref('sum', sum);
  const spec = { kind, combineFn, accumulatorCoderId: draft.coder('varint') };
  return draft
    .source('in')
    .add('sum', spec as never, { in: 'in' }, { out: 'out' })
    .sink('sink', 'out');
}

describe.each(MODES)('a combine, %s', (mode) => {
  it.each([
    [
      'combine-precombine',
      PAIR,
      [
        ['a', 1],
        ['b', 2],
        ['a', 3],
      ],
      [
        ['a', 4],
        ['b', 2],
      ],
    ],
    [
      'combine-convert-to-accumulators',
      PAIR,
      [
        ['a', 1],
        ['a', 2],
      ],
      [
        ['a', 1],
        ['a', 2],
      ],
    ],
    [
      'combine-merge-accumulators',
      GROUP,
      [
        ['a', [1, 2, 3]],
        ['b', []],
      ],
      [
        ['a', 6],
        ['b', 0],
      ],
    ],
    ['combine-extract-outputs', PAIR, [['a', 4]], [['a', 40]]],
    [
      'combine-grouped-values',
      GROUP,
      [
        ['a', [1, 2]],
        ['b', []],
      ],
      [
        ['a', 30],
        ['b', 0],
      ],
    ],
  ] as const)('does its part %s', async (kind, input, elements, expected) => {
    const { connection, codec } = await open(combining(kind, input, PAIR), mode);
    const outcome = await runElements(
      connection,
      codec,
      elements.map((value) => ({ value })),
    );
    expect(codec.values('out', framesOf(outcome))).toEqual(expected);
  });

  it('merges accumulators of groups in the order of the groups', async () => {
    const draft = combining('combine-merge-accumulators', GROUP, PAIR);
    const { connection, codec } = await open(draft, mode);
    const groups = [
      ['b', [1, 2]],
      ['a', [4]],
    ].map((value) => ({ value }));
    const [frame] = codec.encode('in', groups);
    const merged = await connection.mergeAccumulators('stage' as never, frame!);
    expect(codec.values('out', [merged])).toEqual([
      ['b', 3],
      ['a', 4],
    ]);
  });

  it('LATE-3: says how many elements are in an accumulator, where its coder does', async () => {
    const counted: CoderText = ['kv', 'string_utf8', [COUNTED_CODER_URN, 'varint']];
    const { connection, codec } = await open(combining('combine-precombine', PAIR, counted), mode);
    const elements = [1, 3].map((n) => ({ value: ['a', n] }));
    const outcome = await runElements(connection, codec, elements);
    expect(codec.values('out', framesOf(outcome))).toEqual([['a', { count: 2, value: 4 }]]);
  });

  it('starts each bundle with an empty table', async () => {
    const { connection, codec } = await open(combining('combine-precombine', PAIR, PAIR), mode);
    for (let i = 0; i < 2; i++) {
      const outcome = await runElements(connection, codec, [{ value: ['a', 5] }]);
      expect(codec.values('out', framesOf(outcome))).toEqual([['a', 5]]);
    }
  });
});

describe.each(MODES)('a group, %s', (mode) => {
  it('can be gone through any number of times, later in the bundle too', async () => {
    const kept: Group<number>[] = [];
    const call = async ([, values]: [string, Group<number>]): Promise<number> => {
      kept.push(values);
      let n = 0;
      for (const group of kept) for await (const x of group) n += x;
      return n + (await values.toArray()).length;
    };
    const draft = new StageDraft();
    draft.pcollection('in', GROUP);
    draft.pcollection('out', 'varint');
    draft
      .source('in')
      .parDo('count', calling('map', call, { concurrency: 1 }), 'in', 'out')
      .sink('sink', 'out');
    const { connection, codec } = await open(draft, mode);
    const elements = [
      ['a', [1, 2]],
      ['b', [10]],
      ['c', []],
    ].map((value) => ({ value }));
    const outcome = await runElements(connection, codec, elements);
    expect(codec.values('out', framesOf(outcome))).toEqual([5, 14, 13]);
  });

  it('passes through a stage that does not look at it', async () => {
    const draft = new StageDraft();
    draft.pcollection('in', GROUP);
    draft.source('in').sink('sink', 'in');
    const { connection, codec } = await open(draft, mode);
    const outcome = await runElements(connection, codec, [{ value: ['a', [1, 2]] }]);
    expect(codec.values('in', framesOf(outcome))).toEqual([['a', [1, 2]]]);
  });
});

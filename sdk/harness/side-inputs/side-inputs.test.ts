// What a bug here looks like: the side input of another window or bundle, or a function that is called
// before its side inputs are there.
import { NO_STATE } from '#portability/fnapi/no-state.js';
import { describe, expect, it } from '@jest/globals';
import { connectByBytes } from '#portability/fnapi/connect-by-bytes.js';
import type { Connection, SideStateKey, StateReader } from '#portability/fnapi/connection.js';
import { functionSpec } from '#portability/model/function-spec.js';
import { duration, type EventTime } from '#portability/model/time.js';
import { intervalWindow } from '#portability/model/windows.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { Group } from '../../dofn/dofn.js';
import type { SideShape, UserFunction } from '../../dofn/user-function.js';
import { InProcessConnection } from '../in-process.js';
import {
  bundleOf,
  calling,
  framesOf,
  parDoOf,
  runElements,
  StageCodec,
  StageDraft,
  type CoderText,
} from '../stage-draft.fixture.js';
import { STILL_CLOCK } from '../still-clock.fixture.js';

const clock = STILL_CLOCK;
const PAIR: CoderText = ['kv', 'string_utf8', 'varint'];
const MODES = ['generated', 'closures', 'bytes'] as const;

async function open(draft: StageDraft, mode: (typeof MODES)[number], sideBytes = Infinity) {
  const descriptor = draft.build();
  const { functions } = draft;
  const compile = mode === 'closures' ? 'closures' : 'generated';
  const inner = new InProcessConnection({ functions, clock, compile, sideBytes });
  const connection: Connection = mode === 'bytes' ? connectByBytes(inner) : inner;
  await connection.register([descriptor]);
  return { connection, codec: new StageCodec(descriptor, functions) };
}

/** Pages of one element each, by side window end. */
function stateOf(
  cells: Readonly<Record<string, readonly unknown[]>>,
  encode: (x: unknown) => Uint8Array,
) {
  let reads = 0;
  const page = (window: Uint8Array, at: number) => {
    const end = window.length === 0 ? 'global' : String(new ByteReader(window).timestamp());
    const elements = cells[end] ?? [];
    const data = at < elements.length ? encode(elements[at]) : new Uint8Array(0);
    return at + 1 < elements.length ? { data, token: Uint8Array.of(at + 1) } : { data };
  };
  const read: StateReader['read'] = (all) => {
    reads++;
    return all.map(({ key, token }) => page((key as SideStateKey).window, token?.[0] ?? 0));
  };
  return { ...NO_STATE, read, reads: () => reads };
}

const encodePair = (x: unknown): Uint8Array => {
  const out = new ByteWriter();
  const [key, value] = x as [string, number];
  out.string(key);
  out.varint(value);
  return out.toBytes();
};

const encodeNumber = (x: unknown): Uint8Array => {
  const out = new ByteWriter();
  out.varint(x as number);
  return out.toBytes();
};

const minute = { kind: 'fixed', size: duration(60), offset: duration(0) } as const;

function reading(
  shape: SideShape,
  side: CoderText,
  call: (...args: never[]) => unknown,
  windowed = false,
  boundedness: 'bounded' | 'unbounded' = 'bounded',
) {
  const draft = new StageDraft();
  const windowFn = windowed ? minute : ({ kind: 'global' } as const);
  draft.pcollection('in', 'varint', windowFn);
  draft.pcollection('side', side, windowFn, boundedness);
  draft.pcollection('out', 'string_utf8', windowFn);
  const fn: UserFunction = { ...calling('map', call), sides: { rates: shape } } as never;
  const any = functionSpec('any');
  const sideInput = { accessPattern: any, viewFn: any, windowMappingFn: any };
  const spec = parDoOf(draft.ref('join', fn), { sideInputs: new Map([['rates', sideInput]]) });
  return draft
    .source('in')
    .add('join', spec, { in: 'in', rates: 'side' }, { out: 'out' })
    .sink('sink', 'out');
}

describe.each(MODES)('a side input, %s', (mode) => {
  const show =
    (shape: SideShape['kind']) =>
    async (x: number, { rates }: { rates: never }) => {
      switch (shape) {
        case 'map':
          return String((rates as ReadonlyMap<string, number>).get('b'));
        case 'multimap':
          return String((rates as ReadonlyMap<string, number[]>).get('a'));
        case 'iterable':
          return JSON.stringify(await (rates as Group<unknown>).toArray());
        default:
          return JSON.stringify(rates);
      }
    };
  const pairs = [
    ['a', 1],
    ['b', 2],
  ];

  it.each([
    ['list', pairs, '[["a",1],["b",2]]'],
    ['iterable', pairs, '[["a",1],["b",2]]'],
    ['map', pairs, '2'],
    ['multimap', [...pairs, ['a', 3]], '1,3'],
    ['singleton', [['a', 1]], '["a",1]'],
  ] as const)('is read as %s', async (kind, elements, expected) => {
    const { connection, codec } = await open(reading({ kind }, PAIR, show(kind)), mode);
    const state = stateOf({ global: elements }, encodePair);
    const outcome = await runElements(connection, codec, [{ value: 1 }, { value: 2 }], { state });
    expect(codec.values('out', framesOf(outcome))).toEqual([expected, expected]);
    // Once per page, however many elements read it.
    expect(state.reads()).toBe(elements.length);
  });

  it.each(['map', 'multimap', 'list', 'singleton'] as const)(
    'that is read as %s is bounded, and the error names what is not',
    async (kind) => {
      const { connection, codec } = await open(reading({ kind }, PAIR, show(kind)), mode, 4);
      const state = stateOf({ global: pairs }, encodePair);
      const run = runElements(connection, codec, [{ value: 1 }], { state });
      await expect(run).rejects.toMatchObject({
        code: 'STRAHL-5004',
        step: 'Steps/join',
        fix: expect.stringContaining('.asIterable()'),
      });
    },
  );

  it('of keys that a runner has to be asked for one by one is bounded, too', async () => {
    const draft = reading({ kind: 'map' }, PAIR, show('map'));
    const { connection, codec } = await open(draft, 'generated', 2);
    const state = { ...stateOf({ global: [['a', 1]] }, encodePair), wholeMaps: false };
    const run = runElements(connection, codec, [{ value: 1 }], { state });
    await expect(run).rejects.toMatchObject({ code: 'STRAHL-5004' });
  });

  it('that is larger than what it may hold is iterated page by page', async () => {
    const draft = reading({ kind: 'iterable' }, PAIR, show('iterable'));
    const { connection, codec } = await open(draft, mode, 4);
    const state = stateOf({ global: pairs }, encodePair);
    const outcome = await runElements(connection, codec, [{ value: 1 }, { value: 2 }], { state });
    const both = '[["a",1],["b",2]]';
    expect(codec.values('out', framesOf(outcome))).toEqual([both, both]);
  });

  it('of one element takes a default when it is empty, and fails without one', async () => {
    const text = (x: number, { rates }: { rates: unknown }): string => String(rates);
    const state = stateOf({}, encodeNumber);
    const run = async (shape: SideShape) => {
      const { connection, codec } = await open(reading(shape, 'varint', text), mode);
      const outcome = await runElements(connection, codec, [{ value: 1 }], { state });
      return codec.values('out', framesOf(outcome));
    };
    expect(await run({ kind: 'singleton', default: { value: 7 } })).toEqual(['7']);
    await expect(run({ kind: 'singleton' })).rejects.toMatchObject({
      code: 'STRAHL-4001',
      step: 'Steps/join',
    });
  });

  it('of pairs fails as a map when a key is there twice', async () => {
    const { connection, codec } = await open(reading({ kind: 'map' }, PAIR, show('map')), mode);
    const state = stateOf(
      {
        global: [
          ['a', 1],
          ['a', 2],
        ],
      },
      encodePair,
    );
    const run = runElements(connection, codec, [{ value: 1 }], { state });
    await expect(run).rejects.toMatchObject({ step: 'Steps/join' });
  });

  it('is that of the window of each element', async () => {
    const text = (x: number, { rates }: { rates: unknown }): string =>
      `${String(x)} ${String(rates)}`;
    const draft = reading({ kind: 'singleton' }, 'varint', text, true);
    const { connection, codec } = await open(draft, mode);
    const state = stateOf({ 60: [6], 120: [12] }, encodeNumber);
    const window = (from: number) => [intervalWindow(from as EventTime, (from + 60) as EventTime)];
    const elements = [0, 60, 0].map((from, i) => ({
      value: i,
      timestamp: from,
      windows: window(from),
    }));
    const outcome = await runElements(connection, codec, elements, { state });
    expect(codec.values('out', framesOf(outcome))).toEqual(['0 6', '1 12', '2 6']);
  });

  it('that may change is read anew by the next bundle', async () => {
    const text = (x: number, { rates }: { rates: unknown }): string => String(rates);
    const draft = reading({ kind: 'singleton' }, 'varint', text, false, 'unbounded');
    const { connection, codec } = await open(draft, mode);
    for (const [rate, expected] of [
      [1, '1'],
      [2, '2'],
    ] as const) {
      const state = stateOf({ global: [rate] }, encodeNumber);
      const request = bundleOf(codec.encode('in', [{ value: 1 }]), { state });
      const outcome = await connection.process(request);
      expect(codec.values('out', framesOf(outcome))).toEqual([expected]);
    }
  });
});

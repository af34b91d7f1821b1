// What a bug here looks like: positions read twice or never, or a source that no limit stops.

import { describe, expect, it } from '@jest/globals';
import type { BundleOutcome } from '#portability/fnapi/connection.js';
import { functionSpec } from '#portability/model/function-spec.js';
import { duration, TIMESTAMP_MIN } from '#portability/model/time.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { CREATE_URN } from '../dofn/function-ref.js';
import type { ReadContext } from '../dofn/source.js';
import { InProcessConnection } from './in-process.js';
import {
  range,
  reading,
  restriction,
  sourceOf,
  type Range,
  type Reading,
} from './reading.fixture.js';
import {
  calling,
  framesOf,
  parDoOf,
  runElements,
  StageCodec,
  StageDraft,
  type CoderText,
  type Windowed,
} from './stage-draft.fixture.js';
import { STILL_CLOCK } from './still-clock.fixture.js';

const PLAIN = 'strahl:coder:plain:v1';
const RESTRICTIONS: CoderText = ['kv', ['kv', 'bytes', PLAIN], 'double'];
const noLimits = { elements: Infinity, outputBytes: Infinity, time: duration(Infinity) };
const clock = STILL_CLOCK;

function counting({ from }: Range, { claim, emit }: ReadContext<unknown>): void {
  for (let i = from; claim(i); i++) emit(i);
}

async function countingSlowly(r: Range, c: ReadContext<unknown>): Promise<void> {
  for (let i = r.from; c.claim(i); i++) {
    c.emit(i, i * 10);
    c.watermark(i * 10);
    await Promise.resolve();
  }
}

/** Reads what residuals leave, until nothing is left. */
async function readAll({ connection, codec }: Reading, first: Windowed, elements: number) {
  const seen: unknown[] = [];
  const sizes: unknown[] = [];
  let todo = codec.encode('in', [first]);
  while (todo.length > 0) {
    const limits = { ...noLimits, elements };
    const decoded = codec.decode('in', todo);
    sizes.push(...decoded.map(({ value }) => (value as unknown[])[1]));
    const outcome = await runElements(connection, codec, decoded, { limits });
    seen.push(...codec.values('out', framesOf(outcome)));
    todo = outcome.residuals.map(({ element }) => element);
  }
  return { seen, sizes };
}

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

describe.each(['generated', 'closures', 'bytes'] as const)('a restriction, %s', (mode) => {
  it.each([
    ['a sequence', 'sequence'],
    ['a synchronous source', sourceOf(counting)],
    ['an asynchronous source', sourceOf(countingSlowly)],
  ] as const)('of %s is read exactly once over bundles that end by a limit', async (_, fn) => {
    const first = fn === 'sequence' ? range(0, 25) : restriction(0, 25);
    const { seen, sizes } = await readAll(await reading(fn, mode), first, 10);
    expect(seen).toEqual(upTo(25));
    expect(sizes).toEqual([25, 15, 5]);
  });

  it('goes back with the watermark that was reached', async () => {
    const { connection, codec } = await reading(sourceOf(countingSlowly), mode);
    const limits = { ...noLimits, elements: 3 };
    const outcome = await runElements(connection, codec, [restriction(0, 9)], { limits });
    expect(outcome.residuals).toMatchObject([
      { transform: 'read', input: 'in', watermark: 20, resumeAfter: 0 },
    ]);
    expect(codec.decode('out', framesOf(outcome)).map(({ timestamp }) => timestamp)).toEqual([
      0, 10, 20,
    ]);
    const [element] = codec.decode('in', [outcome.residuals[0]!.element]);
    expect(element).toMatchObject({
      timestamp: TIMESTAMP_MIN,
      value: [[{}, [{ from: 3, to: 9 }, [20, null, null, null]]], 6],
    });
  });

  it('goes back after the delay that its source asks for', async () => {
    const once = sourceOf(({ from }, c) => {
      if (c.claim(from)) c.emit(from);
      c.resumeAfter(duration(500));
    });
    const { connection, codec } = await reading(once, mode);
    const outcome = await runElements(connection, codec, [restriction(4, 100)]);
    expect(outcome.residuals).toMatchObject([{ resumeAfter: 500, watermark: TIMESTAMP_MIN }]);
    expect(codec.values('in', [outcome.residuals[0]!.element])).toMatchObject([
      [[{}, [{ from: 5, to: 100 }, [null, null, null, null]]], 95],
    ]);
  });
});

describe('a source', () => {
  it.each([
    [
      'emits without a claim',
      (_: Range, c: ReadContext<unknown>) => {
        c.emit(1);
      },
    ],
    [
      'claims backwards',
      (_: Range, c: ReadContext<unknown>) => {
        c.claim(5);
        c.claim(4);
      },
    ],
    [
      'claims before its restriction',
      (_: Range, c: ReadContext<unknown>) => {
        c.claim(-1);
      },
    ],
  ])('that %s is stopped', async (_, read) => {
    const { connection, codec } = await reading(sourceOf(read));
    const run = runElements(connection, codec, [restriction(0, 9)]);
    await expect(run).rejects.toMatchObject({ code: 'STRAHL-4005', step: 'Steps/read' });
  });

  it('cannot swallow the error of a later step', async () => {
    const hiding = sourceOf((r, { claim, emit }) => {
      try {
        if (claim(r.from)) emit('no number');
      } catch {
        // A careless source.
      }
    });
    const { connection, codec } = await reading(hiding);
    const run = runElements(connection, codec, [restriction(0, 9)]);
    await expect(run).rejects.toMatchObject({ class: 'CoderError' });
  });

  it('lets the event loop run while it reads synchronously, and ends when it is aborted', async () => {
    const controller = new AbortController();
    let now = 0;
    let breaths = 0;
    const slow = {
      ...STILL_CLOCK,
      monotonic: () => (now += 1),
      yield: () => {
        if (++breaths === 3) controller.abort();
        return Promise.resolve();
      },
    };
    for (const fn of ['sequence', sourceOf(counting)] as const) {
      breaths = 0;
      const { connection, codec } = await reading(fn, 'generated', slow);
      const { signal } = controller;
      const first = fn === 'sequence' ? range(0, 1e9) : restriction(0, 1e9);
      const run = runElements(connection, codec, [first], { signal });
      await expect(run).rejects.toMatchObject({ code: 'STRAHL-7102' });
    }
  });

  it('tells how far it is', async () => {
    let go: () => void = () => undefined;
    const waiting = sourceOf(async ({ from }, { claim }) => {
      for (let i = from; claim(i); i++) if (i === 25) await new Promise<void>((f) => (go = f));
    });
    const { connection, codec } = await reading(waiting, 'bytes');
    const run = runElements(connection, codec, [restriction(0, 100)]);
    for (let i = 0; i < 20; i++) await Promise.resolve();
    expect(await connection.progress('bundle' as never)).toEqual({
      metrics: [{ kind: 'element-count', pcollection: 'in', value: 1 }],
      fraction: 0.25,
    });
    go();
    await run;
    expect(await connection.progress('bundle' as never)).toBeUndefined();
  });
});

describe('the first steps of a source', () => {
  it('look the work up and split it, also asynchronously', async () => {
    const draft = new StageDraft();
    draft.pcollection('in', 'bytes');
    draft.pcollection('pairs', ['kv', 'bytes', PLAIN]);
    draft.pcollection('out', RESTRICTIONS);
    const fn = sourceOf(counting, {
      initial: () => Promise.resolve({ from: 0, to: 4 }),
      split: (r) => [
        { ...(r as Range), to: 1 },
        { ...(r as Range), from: 1 },
      ],
    });
    const parDo = parDoOf(draft.ref('read', fn), { restrictionCoderId: draft.coder(PLAIN) });
    draft
      .source('in')
      .add('pair', { kind: 'sdf-pair-with-restriction', parDo }, { in: 'in' }, { out: 'pairs' })
      .add('split', { kind: 'sdf-split-and-size', parDo }, { in: 'pairs' }, { out: 'out' })
      .sink('sink', 'out');
    const descriptor = draft.build();
    const { functions } = draft;
    const connection = new InProcessConnection({ functions, clock });
    connection.register([descriptor]);
    const codec = new StageCodec(descriptor, functions);
    const outcome = await runElements(connection, codec, [{ value: new Uint8Array(0) }]);
    expect(codec.values('out', framesOf(outcome))).toMatchObject([
      [[{}, [{ from: 0, to: 1 }, null]], 1],
      [[{}, [{ from: 1, to: 4 }, null]], 3],
    ]);
  });

  it('are one for elements that the graph itself holds', async () => {
    const draft = new StageDraft();
    draft.pcollection('in', 'bytes');
    draft.pcollection('made', 'string_utf8');
    draft.pcollection('out', 'string_utf8');
    const payload = new ByteWriter();
    payload.int32(5000);
    for (let i = 0; i < 5000; i++) payload.string(`s${String(i)}`);
    draft
      .source('in')
      .add(
        'create',
        parDoOf(functionSpec(CREATE_URN, payload.toBytes())),
        { in: 'in' },
        { out: 'made' },
      )
      .parDo(
        'last',
        calling('filter', (s: string) => s.endsWith('999')),
        'made',
        'out',
      )
      .sink('sink', 'out');
    const descriptor = draft.build();
    const { functions } = draft;
    const connection = new InProcessConnection({ functions, clock });
    connection.register([descriptor]);
    const codec = new StageCodec(descriptor, functions);
    const element = { value: new Uint8Array(0), timestamp: TIMESTAMP_MIN };
    const outcome: BundleOutcome = await runElements(connection, codec, [element]);
    expect(codec.values('out', framesOf(outcome))).toEqual([
      's999',
      's1999',
      's2999',
      's3999',
      's4999',
    ]);
  });
});

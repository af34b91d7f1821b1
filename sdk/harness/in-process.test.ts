// What a bug here looks like: elements lost, doubled, out of order or with the wrong time, errors that do
// not say where they come from, and functions that see a bundle which failed.
import { describe, expect, it } from '@jest/globals';
import { duration } from '#portability/model/time.js';
import { intervalWindow } from '#portability/model/windows.js';
import type { Context } from '../dofn/dofn.js';
import { stamp } from '../dofn/stamped.js';
import { chain, CONNECTIONS, failureOf, inProcess, open, values } from './connections.fixture.js';
import {
  bundleOf,
  calling,
  framesOf,
  parDoOf,
  runElements,
  StageDraft,
} from './stage-draft.fixture.js';
import { STILL_CLOCK } from './still-clock.fixture.js';

describe.each(CONNECTIONS)('a fused stage over %s', (_, make) => {
  it('passes each element through the chain of its functions', async () => {
    const draft = chain(
      ['map', (x: number) => x + 1],
      ['filter', (x: number) => x % 2 === 0],
      ['flat-map', (x: number) => [x, -x]],
    );
    const { connection, codec } = await open(make, draft);
    const outcome = await runElements(connection, codec, values(1, 2, 3));
    expect(codec.values('out', framesOf(outcome))).toEqual([2, -2, 4, -4]);
    expect(outcome.metrics).toEqual([
      { kind: 'element-count', pcollection: 'in', value: 3 },
      { kind: 'element-count', pcollection: 'out', value: 4 },
    ]);
  });

  it('keeps timestamp and windows of the input, and takes those of a stamped output', async () => {
    const draft = chain(['flat-map', (x: number) => [x, stamp(x, x * 1000)]]);
    const { connection, codec } = await open(make, draft);
    const outcome = await runElements(connection, codec, [{ value: 7, timestamp: 5 }]);
    expect(codec.decode('out', framesOf(outcome)).map(({ timestamp }) => timestamp)).toEqual([
      5, 7000,
    ]);
  });

  it('emits the results of asynchronous calls in the order of their elements', async () => {
    const settle: (() => void)[] = [];
    const slow = (x: number): Promise<number> | number =>
      x === 2 ? x : new Promise((resolve) => settle.push(() => resolve(x)));
    const draft = chain(['map', slow, { concurrency: 2 }]);
    const { connection, codec } = await open(make, draft);
    const running = runElements(connection, codec, values(1, 2, 3, 4));
    for (let i = 0; i < 200; i++) {
      settle.pop()?.();
      await Promise.resolve();
    }
    expect(codec.values('out', framesOf(await running))).toEqual([1, 2, 3, 4]);
  });

  it('lets no more calls overlap than the step allows', async () => {
    let running = 0;
    let most = 0;
    const call = async (x: number): Promise<number> => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      return x;
    };
    const { connection, codec } = await open(make, chain(['map', call, { concurrency: 3 }]));
    await runElements(connection, codec, values(...Array.from({ length: 50 }, (_unused, i) => i)));
    expect(most).toBe(3);
  });

  it('tells an asynchronous function the time of its own element, also after an await', async () => {
    const call = async (x: number, c: Context): Promise<number> => {
      await Promise.resolve();
      return x * 100 + c.timestamp;
    };
    const { connection, codec } = await open(make, chain(['map', call]));
    const elements = [1, 2, 3].map((value) => ({ value, timestamp: value * 10 }));
    const outcome = await runElements(connection, codec, elements);
    expect(codec.values('out', framesOf(outcome))).toEqual([110, 220, 330]);
  });

  it('spreads generators, asynchronous generators and promised arrays', async () => {
    const call = (x: number): unknown => {
      if (x === 1)
        return (function* () {
          yield* [10, 11];
        })();
      if (x === 2)
        return (async function* () {
          yield 20;
          await Promise.resolve();
          yield 21;
        })();
      return x === 3 ? Promise.resolve([30, 31]) : undefined;
    };
    const { connection, codec } = await open(make, chain(['flat-map', call]));
    const outcome = await runElements(connection, codec, values(1, 2, 3, 4, 1));
    expect(codec.values('out', framesOf(outcome))).toEqual([10, 11, 20, 21, 30, 31, 10, 11]);
  });

  it('refuses a bare string as the outputs of flatMap', async () => {
    const { connection, codec } = await open(make, chain(['flat-map', () => 'text']));
    const e = await failureOf(runElements(connection, codec, values(1)));
    expect(e).toMatchObject({ code: 'STRAHL-4001', step: 'Steps/step0', fix: 'return [text]' });
  });

  it('wraps what a function throws with step, site, element and cause', async () => {
    const draft = chain(
      ['map', (x: number) => x],
      [
        'map',
        () => {
          throw new RangeError('no such page');
        },
      ],
    );
    const { connection, codec } = await open(make, draft);
    const e = await failureOf(runElements(connection, codec, values(42)));
    expect(e).toMatchObject({
      code: 'STRAHL-4001',
      title: 'the function threw RangeError: no such page',
      step: 'Steps/step1',
      site: 'pipeline.ts:3:5',
      element: '42',
      cause: { name: 'RangeError', message: 'no such page' },
    });
    expect((e.cause as Error).stack).toContain('in-process.test.ts');
  });

  it('wraps a rejection, and something thrown that is not an Error', async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what is tested
    const { connection, codec } = await open(make, chain(['map', () => Promise.reject('nothing')]));
    const e = await failureOf(runElements(connection, codec, values(1)));
    expect(e).toMatchObject({ code: 'STRAHL-4001', element: '1' });
    expect(e.title).toContain('"nothing", which is not an Error');
  });

  it('names the step whose output cannot be encoded', async () => {
    const { connection, codec } = await open(make, chain(['map', () => 'text']));
    const e = await failureOf(runElements(connection, codec, values(1)));
    expect(e).toMatchObject({ class: 'CoderError', step: 'Steps/step0', element: '"text"' });
  });

  it('gives attempt a second output for what its function throws', async () => {
    const draft = new StageDraft();
    draft.pcollection('in', 'varint');
    draft.pcollection('ok', 'varint');
    draft.pcollection('failed', 'strahl:coder:plain:v1');
    const call = (x: number): number | Promise<number> => {
      if (x === 2) throw new RangeError('two');
      return x === 3 ? Promise.reject(new RangeError('three')) : x;
    };
    const doFn = draft.ref('attempt', calling('attempt', call));
    draft
      .source('in')
      .add('attempt', parDoOf(doFn), { in: 'in' }, { ok: 'ok', failed: 'failed' })
      .sink('ok', 'ok')
      .sink('failed', 'failed');
    const { connection, codec } = await open(make, draft);
    const outcome = await runElements(connection, codec, values(1, 2, 3, 4));
    expect(codec.values('ok', framesOf(outcome, 'ok'))).toEqual([1, 4]);
    expect(codec.values('failed', framesOf(outcome, 'failed'))).toMatchObject([
      { input: 2, error: { name: 'RangeError', message: 'two' } },
      { input: 3, error: { name: 'RangeError', message: 'three' } },
    ]);
  });

  it('takes an element apart by window only where the function can see its window', async () => {
    const sliding = {
      kind: 'sliding',
      size: duration(20),
      period: duration(10),
      offset: duration(0),
    } as const;
    const draft = new StageDraft();
    draft.pcollection('in', 'varint');
    for (const name of ['windowed', 'blind', 'out']) draft.pcollection(name, 'varint', sliding);
    let blind = 0;
    const see = (x: number, c: Context): number => x + c.window.maxTimestamp;
    draft
      .source('in')
      .add('window', { kind: 'window-into', windowFn: sliding }, { in: 'in' }, { out: 'windowed' })
      .parDo(
        'blind',
        calling('map', (x: number) => (blind++, x)),
        'windowed',
        'blind',
      )
      .parDo('see', calling('map', see), 'blind', 'out')
      .sink('sink', 'out');
    const { connection, codec } = await open(make, draft);
    const outcome = await runElements(connection, codec, [{ value: 1000, timestamp: 15 }]);
    expect(codec.decode('out', framesOf(outcome))).toEqual([
      { value: 1029, timestamp: 15, windows: [intervalWindow(10 as never, 30 as never)] },
      { value: 1019, timestamp: 15, windows: [intervalWindow(0 as never, 20 as never)] },
    ]);
    expect(blind).toBe(1);
  });

  it('ends a running bundle when it is aborted', async () => {
    const { connection, codec } = await open(make, chain(['map', () => new Promise(() => {})]));
    const controller = new AbortController();
    const running = failureOf(
      runElements(connection, codec, values(1), { signal: controller.signal }),
    );
    for (let i = 0; i < 20; i++) await Promise.resolve();
    controller.abort();
    expect((await running).code).toBe('STRAHL-7102');
  });

  it('refuses an output before its input, in the words of Beam', async () => {
    const draft = new StageDraft();
    draft.pcollection('in', 'varint');
    draft.pcollection('out', 'varint');
    const fn = { ...calling('map', () => 5), kind: 'with-timestamps', allowedSkew: duration(2) };
    draft
      .source('in')
      .parDo('step', fn as never, 'in', 'out')
      .sink('sink', 'out');
    const { connection, codec } = await open(make, draft);
    const ok = await runElements(connection, codec, [{ value: 1, timestamp: 7 }]);
    expect(codec.decode('out', framesOf(ok))[0]).toMatchObject({ timestamp: 5 });
    const e = await failureOf(runElements(connection, codec, [{ value: 1, timestamp: 8 }]));
    expect(e.code).toBe('STRAHL-4002');
    expect(e.title).toContain('minus the allowed skew (2 milliseconds)');
  });
});

describe('a bundle of synchronous functions', () => {
  it('is answered without a promise', async () => {
    const draft = chain(['map', (x: number) => x]);
    const { connection, codec } = await open(inProcess('generated'), draft);
    const outcome = connection.process(bundleOf(codec.encode('in', values(1))));
    expect(outcome).not.toBeInstanceOf(Promise);
  });

  it('lets the event loop run when it takes long', async () => {
    let now = 0;
    let breaths = 0;
    const slow = {
      ...STILL_CLOCK,
      monotonic: () => (now += 3),
      yield: () => {
        breaths++;
        return Promise.resolve();
      },
    };
    const draft = chain(['map', (x: number) => x]);
    const { connection, codec } = await open(inProcess('generated'), draft, { clock: slow });
    const many = values(...Array.from({ length: 40_000 }, (_, i) => i));
    const outcome = await runElements(connection, codec, many);
    expect(codec.values('out', framesOf(outcome))).toHaveLength(40_000);
    expect(breaths).toBeGreaterThan(2);
  });
});

// What a bug here looks like: metrics counted twice, callbacks that run for nothing, and instances of a
// function that outlive a failed bundle.
import { describe, expect, it } from '@jest/globals';
import type { Connection } from '#portability/fnapi/connection.js';
import { connectByBytes } from '#portability/fnapi/connect-by-bytes.js';
import { GLOBAL_WINDOW } from '#portability/model/windows.js';
import { isStrahlError, type StrahlError } from '#portability/errors.js';
import type { Context, DoFn } from '../dofn/dofn.js';
import { stamp } from '../dofn/stamped.js';
import { InProcessConnection, type InProcessOptions } from './in-process.js';
import {
  bundleOf,
  calling,
  framesOf,
  runElements,
  StageCodec,
  StageDraft,
  type Windowed,
} from './stage-draft.fixture.js';
import { STILL_CLOCK } from './still-clock.fixture.js';

const clock = STILL_CLOCK;

type Make = (draft: StageDraft, more?: Partial<InProcessOptions>) => Connection;

const inProcess =
  (compile: 'generated' | 'closures'): Make =>
  ({ functions }, more) =>
    new InProcessConnection({ functions, clock, compile, ...more });

const CONNECTIONS: readonly (readonly [string, Make])[] = [
  ['generated code', inProcess('generated')],
  ['closures', inProcess('closures')],
  ['Fn API bytes', (draft, more) => connectByBytes(inProcess('generated')(draft, more))],
];

async function open(make: Make, draft: StageDraft, more?: Partial<InProcessOptions>) {
  const descriptor = draft.build();
  const connection = make(draft, more);
  await connection.register([descriptor]);
  return { connection, codec: new StageCodec(descriptor, draft.functions) };
}

const values = (...xs: unknown[]): readonly Windowed[] => xs.map((value) => ({ value }));

async function failureOf(work: Promise<unknown>): Promise<StrahlError> {
  const e: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isStrahlError(e)) throw new Error(`expected a Strahl error, found ${String(e)}`);
  return e;
}

/** in → step → out → sink, all varints. */
function chain(...fns: Parameters<typeof calling>[]): StageDraft {
  const draft = new StageDraft();
  const names = ['in', ...fns.map((_, i) => (i === fns.length - 1 ? 'out' : `mid${String(i)}`))];
  for (const name of names) draft.pcollection(name, 'varint');
  draft.source('in');
  fns.forEach((fn, i) => draft.parDo(`step${String(i)}`, calling(...fn), names[i]!, names[i + 1]!));
  return draft.sink('sink', 'out');
}

describe.each(CONNECTIONS)('a bundle over %s', (_, make) => {
  it('adds up what a bundle did to its metrics', async () => {
    const call = (x: number, c: Context): number => {
      c.metrics.counter('seen').inc();
      c.metrics.distribution('size').update(x);
      c.metrics.gauge('last').set(x);
      c.metrics.stringSet('names').add(`n${String(x)}`);
      return x;
    };
    const { connection, codec } = await open(make, chain(['map', call]));
    for (let run = 0; run < 2; run++) {
      const { metrics } = await runElements(connection, codec, values(3, 5));
      const name = { transform: 'step0', namespace: 'user' };
      expect(metrics.filter(({ kind }) => kind !== 'element-count')).toEqual([
        { ...name, name: 'seen', kind: 'counter', value: 2 },
        {
          ...name,
          name: 'size',
          kind: 'distribution',
          value: { count: 2, sum: 8, min: 3, max: 5 },
        },
        { ...name, name: 'last', kind: 'gauge', value: 5, at: 0 },
        { ...name, name: 'names', kind: 'string-set', value: ['n3', 'n5'] },
      ]);
    }
  });

  it('calls commit callbacks once, when the bundle is finalized', async () => {
    let calls = 0;
    const call = (x: number, c: Context): number => {
      c.onBundleCommitted(() => {
        calls++;
      });
      return x;
    };
    const { connection, codec } = await open(make, chain(['map', call]));
    const outcome = await runElements(connection, codec, values(1));
    expect([outcome.finalize, calls]).toEqual([true, 0]);
    await connection.finalize(bundleOf([]).bundle);
    await connection.finalize(bundleOf([]).bundle);
    expect(calls).toBe(1);
  });

  it('runs a DoFn through its life cycle, and a failed bundle is repeated on a fresh one', async () => {
    const log: string[] = [];
    let made = 0;
    const create = (): DoFn<unknown, unknown> => {
      const id = String(made++);
      return {
        setup: () => void log.push(`setup ${id}`),
        startBundle: () => void log.push(`start ${id}`),
        element(x) {
          log.push(`element ${id}`);
          if (x === 13) throw new RangeError('13');
          return [x];
        },
        *finishBundle() {
          log.push(`finish ${id}`);
          yield stamp(99, 1, GLOBAL_WINDOW);
        },
        teardown: () => void log.push(`teardown ${id}`),
      };
    };
    const draft = new StageDraft();
    draft.pcollection('in', 'varint');
    draft.pcollection('out', 'varint');
    const fn = { kind: 'do-fn', create, sides: {}, concurrency: 1, ordered: true } as const;
    draft.source('in').parDo('step', fn, 'in', 'out').sink('sink', 'out');
    const { connection, codec } = await open(make, draft);
    const run = (x: number) => runElements(connection, codec, values(x));
    expect(codec.values('out', framesOf(await run(1)))).toEqual([1, 99]);
    await run(2);
    await failureOf(run(13));
    await run(3);
    await connection.close();
    expect(log).toEqual([
      ...['setup 0', 'start 0', 'element 0', 'finish 0', 'start 0', 'element 0', 'finish 0'],
      ...['start 0', 'element 0', 'teardown 0'],
      ...['setup 1', 'start 1', 'element 1', 'finish 1', 'teardown 1'],
    ]);
  });
});

/** Its methods need the object itself, because of the private field. */
class Changing implements DoFn<{ n: number }, number> {
  #bundles = 0;
  startBundle(): void {
    this.#bundles++;
  }
  *element(x: { n: number }): Iterable<number> {
    yield (x.n += this.#bundles);
  }
}

describe.each(CONNECTIONS)('with checks over %s', (_name, make) => {
  it.each([
    ['a function', calling('map', (x: { n: number }) => x.n++)],
    ['an asynchronous one', calling('map', async (x: { n: number }) => Promise.resolve(x.n++))],
    [
      'one that changes what lies deeper',
      calling('map', (x: { list: number[] }) => x.list.push(1)),
    ],
    [
      'a generator',
      calling('flat-map', function* (x: { n: number }) {
        yield x.n++;
      }),
    ],
    [
      'an asynchronous generator',
      calling('flat-map', async function* (x: { n: number }) {
        yield await Promise.resolve(x.n++);
      }),
    ],
    ['a function that may fail', calling('attempt', (x: { n: number }) => x.n++)],
    [
      'an object',
      {
        kind: 'do-fn',
        create: () => new Changing(),
        sides: {},
        concurrency: 1,
        ordered: true,
      } as const,
    ],
  ])('%s that changes its input fails', async (_, fn) => {
    const draft = new StageDraft();
    draft.pcollection('in', 'strahl:coder:plain:v1');
    draft.pcollection('out', 'varint');
    draft.source('in').parDo('step', fn, 'in', 'out').sink('sink', 'out');
    const { connection, codec } = await open(make, draft, { checks: true });
    const e = await failureOf(runElements(connection, codec, values({ n: 1, list: [] })));
    expect(e).toMatchObject({ code: 'STRAHL-4003', step: 'Steps/step' });
  });
});

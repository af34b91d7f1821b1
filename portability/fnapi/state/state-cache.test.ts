// What a bug here looks like: a step that reads what is no longer true, or asks its runner for the same thing for ever.
import { describe, expect, it } from '@jest/globals';
import { chain, values } from '#sdk/harness/connections.fixture.js';
import { StageCodec } from '#sdk/harness/stage-draft.fixture.js';
import { bundleId, transformId } from '../../model/ids.js';
import { duration } from '../../model/time.js';
import { readTransformSpec, writeTransformSpec } from '../../proto/transform-spec.js';
import type {
  BundleRequest,
  Connection,
  StateAccess,
  StatePage,
  UserStateKey,
} from '../connection.js';
import { BundleHarness } from '../harness/bundle-harness.js';
import { Link } from '../link.js';
import { NO_TIMES } from '../no-state.js';
import { BytesConnection } from '../runner/bytes-connection.js';
import { StateCache } from './state-cache.js';

const page = (...bytes: readonly number[]): StatePage => ({ data: Uint8Array.from(bytes) });
const never = (): never => {
  throw new Error('it was asked for');
};

describe('a cache of state', () => {
  it('C2: shows what was written, without asking', async () => {
    const cache = new StateCache();
    await cache.read('a', 'bag', () => Promise.resolve(page(1)));
    cache.append('a', Uint8Array.of(2));
    expect([...(await cache.read('a', 'bag', never)).data]).toEqual([1, 2]);
    cache.clear('a');
    cache.append('a', Uint8Array.of(3));
    expect([...(await cache.read('a', 'bag', never)).data]).toEqual([3]);
  });

  it('C2: asks again where something was written while it waited', async () => {
    const cache = new StateCache();
    let arrive: (page: StatePage) => void = never;
    const reading = cache.read('a', 'bag', () => new Promise((resolve) => (arrive = resolve)));
    cache.append('a', Uint8Array.of(2));
    arrive(page(1));
    expect([...(await reading).data]).toEqual([1]);
    const again = await cache.read('a', 'bag', () => Promise.resolve(page(1, 2)));
    expect([...again.data]).toEqual([1, 2]);
  });

  it('asks once for what two wait for', async () => {
    const cache = new StateCache();
    let asked = 0;
    const ask = (): Promise<StatePage> => Promise.resolve(page(++asked));
    await Promise.all([cache.read('a', 'bag', ask), cache.read('a', 'bag', ask)]);
    expect(asked).toBe(1);
  });

  it('keeps nothing of a failure', async () => {
    const cache = new StateCache();
    const failing = cache.read('a', 'bag', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect((await cache.read('a', 'bag', () => Promise.resolve(page(1)))).data).toHaveLength(1);
  });

  it('C3: does not keep a bag of several pages, because more may be written behind them', async () => {
    const cache = new StateCache();
    const more = { ...page(1), token: Uint8Array.of(9) };
    await cache.read('a', 'bag', () => Promise.resolve(more));
    expect(cache.entries).toBe(0);
    await cache.read('side', 'iterable-side-input', () => Promise.resolve(more));
    expect(cache.entries).toBe(1);
  });

  it('C4: forgets what was not used for longest, and holds no more than its bytes', async () => {
    const cache = new StateCache(10_000);
    const of = (name: string): Promise<StatePage> | StatePage =>
      cache.read(name, 'bag', () => Promise.resolve({ data: new Uint8Array(1000) }));
    for (let i = 0; i < 8; i++) await of(`k${String(i)}`);
    await cache.read('k0', 'bag', never);
    await of('k8');
    expect(cache.bytes).toBeLessThanOrEqual(10_000);
    await cache.read('k0', 'bag', never);
    await expect(cache.read('k1', 'bag', never)).rejects.toThrow('it was asked for');
  });

  it('C4: keeps no page that would drive out all others', async () => {
    const cache = new StateCache(10_000);
    await cache.read('a', 'bag', () => Promise.resolve({ data: new Uint8Array(5000) }));
    expect(cache.entries).toBe(0);
  });
});

/** A runner and a harness whose one step reads a bag and adds a byte to it. */
class CountingStage {
  asked = 0;
  fails = false;
  readonly seen: number[] = [];
  readonly #connection: BytesConnection;
  readonly #kept: number[] = [];
  #bundles = 0;

  constructor(keepsState?: boolean) {
    const link = new Link();
    const harness = new BundleHarness(link, this.#step());
    const peer = keepsState === undefined ? {} : { keepsState };
    this.#connection = new BytesConnection(link, { close: () => undefined, ...peer });
    link.connect(this.#connection, harness);
  }

  #step(): Connection {
    const key: UserStateKey = {
      ...{ kind: 'bag', transform: transformId('t'), state: 's' },
      ...{ window: new Uint8Array(0), key: Uint8Array.of(7) },
    };
    const process = async ({ state }: BundleRequest) => {
      const [read] = await state.read([{ key }]);
      this.seen.push(read!.data.length);
      await state.append(key, Uint8Array.of(1));
      if (this.fails) throw new Error('it failed');
      return { outputs: [], residuals: [], timers: [], metrics: [], finalize: false };
    };
    // Only what a bundle needs is asked of it here.
    return { register: () => undefined, process } as unknown as Connection;
  }

  async run(): Promise<void> {
    const draft = chain(['map', (n: number) => n]);
    const stage = draft.build();
    if (this.#bundles === 0) await this.#connection.register([withState(stage)]);
    const frames = new StageCodec(stage, draft.functions).encode('in', values(1));
    const written: number[] = [];
    const state: StateAccess = {
      read: () => {
        this.asked++;
        return [{ data: Uint8Array.from(this.#kept) }];
      },
      append: (_, data) => void written.push(...data),
      clear: () => undefined,
    };
    await this.#connection.process({
      ...{ bundle: bundleId(`b${String(this.#bundles++)}`), stage: stage.id, timers: [], state },
      ...{ inputs: [{ transform: stage.transforms[0]!.id, frames }], times: NO_TIMES },
      limits: { elements: Infinity, outputBytes: Infinity, time: duration(Infinity) },
      signal: new AbortController().signal,
    });
    this.#kept.push(...written);
  }
}

function withState(stage: ReturnType<ReturnType<typeof chain>['build']>) {
  const transforms = stage.transforms.map((transform) => {
    const spec = readTransformSpec(transform);
    if (spec.kind !== 'par-do') return transform;
    const [id] = stage.components.coders.keys();
    const stateSpecs = new Map([['s', { kind: 'bag', coderId: id! } as const]]);
    return { ...transform, spec: writeTransformSpec({ ...spec, stateSpecs }) };
  });
  return { ...stage, transforms };
}

describe('state from bundle to bundle', () => {
  it('is asked for once, and then known', async () => {
    const stage = new CountingStage();
    for (let i = 0; i < 4; i++) await stage.run();
    expect(stage.seen).toEqual([0, 1, 2, 3]);
    expect(stage.asked).toBe(1);
  });

  it('T1: is asked for again after a bundle that failed', async () => {
    const stage = new CountingStage();
    await stage.run();
    stage.fails = true;
    await expect(stage.run()).rejects.toMatchObject({ code: 'STRAHL-4001' });
    stage.fails = false;
    await stage.run();
    expect(stage.seen).toEqual([0, 1, 1]);
    expect(stage.asked).toBe(2);
  });

  it('is asked for each time by a harness that keeps nothing', async () => {
    const stage = new CountingStage(false);
    for (let i = 0; i < 3; i++) await stage.run();
    expect(stage.seen).toEqual([0, 1, 2]);
    expect(stage.asked).toBe(3);
  });
});

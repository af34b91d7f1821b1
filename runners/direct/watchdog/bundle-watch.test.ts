import { expect, it } from '@jest/globals';
import type { BundleProgress, Connection } from '#portability/fnapi/connection.js';
import type { RunningStage } from '#runners/core/stages/running-stage.js';
import { BundleWatch } from './bundle-watch.js';

const stage = {
  running: 'bundle-1',
  planned: { name: 'enrich', steps: [{ transform: 't', name: 'enrich', site: 'jobs.ts:4:2' }] },
} as unknown as RunningStage;

function watched() {
  let count = 0;
  const progress = (): BundleProgress => ({
    metrics: [{ kind: 'element-count', pcollection: 'p', value: count }],
  });
  const watch = new BundleWatch({ progress } as unknown as Connection, 1_000);
  return { look: (now: number) => watch.look([stage], now), move: () => count++ };
}

it('names the step of a bundle that does not move, once', () => {
  const { look } = watched();
  expect(look(0)).toEqual([]);
  expect(look(999)).toEqual([]);
  expect(look(1_000)).toMatchObject([
    {
      code: 'STRAHL-4004',
      step: 'enrich',
      site: 'jobs.ts:4:2',
      title: expect.stringContaining('1 s'),
    },
  ]);
  expect(look(2_000)).toEqual([]);
});

it('names the step that the bundle waits for among those that are fused, and none that it does not know', () => {
  const steps = ['read', 'enrich'].map((name) => ({
    transform: name,
    name,
    site: `${name}.ts:1:1`,
  }));
  const fused = { running: 'bundle-1', planned: { name: 'read, enrich', steps } } as never;
  const after = (waiting: readonly string[]) => {
    const progress = (): unknown => ({ metrics: [], waiting });
    const watch = new BundleWatch({ progress } as unknown as Connection, 1);
    watch.look([fused], 0);
    return watch.look([fused], 1);
  };
  expect(after(['enrich'])).toMatchObject([{ step: 'enrich', site: 'enrich.ts:1:1' }]);
  const [unknown] = after([]);
  expect(unknown).toMatchObject({ step: 'read, enrich' });
  expect(unknown).not.toHaveProperty('site', expect.any(String));
});

it('says nothing of a bundle that takes long but moves', () => {
  const { look, move } = watched();
  for (let now = 0; now < 10_000; now += 500) {
    move();
    expect(look(now)).toEqual([]);
  }
});

it('takes from a peer that must be asked what it answered to the look before', async () => {
  let count = 0;
  const metrics = () => [{ kind: 'element-count', pcollection: 'p', value: count }];
  const progress = (): unknown => Promise.resolve({ metrics: metrics(), waiting: ['t'] });
  const watch = new BundleWatch({ progress } as unknown as Connection, 1_000);
  const look = async (now: number) => {
    const errors = watch.look([stage], now);
    await Promise.resolve();
    return errors;
  };
  for (let now = 0; now < 5_000; now += 500) {
    count++;
    expect(await look(now)).toEqual([]);
  }
  expect(await look(5_000)).toEqual([]);
  expect(await look(6_000)).toMatchObject([{ step: 'enrich', site: 'jobs.ts:4:2' }]);
});

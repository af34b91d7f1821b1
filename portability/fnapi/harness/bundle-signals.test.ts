// What a bug here would look like: a request of a function that goes on for a job that has failed, or a worker that
// needs a little more memory with each bundle.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { BundleSignals } from './bundle-signals.js';

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Collects garbage until `size` says that enough is gone; weak references that were looked at last for a turn. */
async function collectUntil(size: () => number, enough: number): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 10 && size() > enough; turn++) {
    await nextTurn();
    collect();
    await nextTurn();
  }
}

describe('the signals of the bundles of a job', () => {
  it('are aborted alone', () => {
    const signals = new BundleSignals();
    const [one, other] = [signals.open(), signals.open()];
    one.abort('given up');
    expect([one.signal.reason, other.signal.aborted]).toEqual(['given up', false]);
  });

  it('are all aborted with the job, also those of bundles that are over or come later', () => {
    const signals = new BundleSignals();
    const [running, over] = [signals.open(), signals.open()];
    signals.close(over);
    signals.abortAll('the job failed');
    const all = [running, over, signals.open()];
    expect(all.map(({ signal }) => signal.reason as unknown)).toEqual(
      Array(3).fill('the job failed'),
    );
  });

  it('take no memory once their bundles are over and nobody holds them (A1)', async () => {
    const signals = new BundleSignals();
    for (let i = 0; i < 1000; i++) signals.close(signals.open());
    await collectUntil(() => signals.size, 0);
    expect(signals.size).toBeLessThan(10);
  });

  it('reach whoever listens, though nobody holds them (A2)', async () => {
    const signals = new BundleSignals();
    let heard = 0;
    for (let i = 0; i < 100; i++) {
      const controller = signals.open();
      controller.signal.addEventListener('abort', () => heard++);
      signals.close(controller);
    }
    for (let i = 0; i < 100; i++) signals.close(signals.open());
    await collectUntil(() => signals.size, 100);
    signals.abortAll('over');
    expect([heard, signals.size]).toEqual([100, 0]);
  });

  it('are let go when nobody listens any more (A1)', async () => {
    const signals = new BundleSignals();
    for (let i = 0; i < 1000; i++) {
      const controller = signals.open();
      const { signal } = controller;
      const ignore = (): void => undefined;
      signal.addEventListener('abort', ignore);
      signals.close(controller);
      signal.removeEventListener('abort', ignore);
    }
    await collectUntil(() => signals.size, 100);
    expect(signals.size).toBeLessThan(100);
  });
});

// What a bug here looks like: a runner that sees nothing of a long bundle until its end, or elements of one bundle in
// the stream of another.
import { describe, expect, it } from '@jest/globals';
import type { FrameOutlet } from '#portability/fnapi/connection.js';
import { duration } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { chain, inProcess, open, values } from '../connections.fixture.js';
import { framesOf, runElements } from '../stage-draft.fixture.js';
import { STILL_CLOCK } from '../still-clock.fixture.js';

/** Time passes by `tick` alone. */
function steppedClock() {
  const sleepers: (() => void)[] = [];
  const waits: number[] = [];
  const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      waits.push(ms);
      sleepers.push(resolve);
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
  const tick = async (): Promise<void> => {
    for (const wake of sleepers.splice(0)) wake();
    await turns();
  };
  return { clock: { ...STILL_CLOCK, sleep }, waits, tick };
}

async function turns(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

/** A stage that passes elements on, but 3 only when it is released. */
async function held(linger: number | undefined) {
  const { clock, waits, tick } = steppedClock();
  let release = (): void => undefined;
  const answer = (x: number): number | Promise<number> =>
    x === 3 ? new Promise((resolve) => (release = () => resolve(x))) : x;
  const { connection, codec } = await open(inProcess('generated'), chain(['map', answer]), {
    clock,
  });
  const sent: Frame[] = [];
  let flushed = 0;
  const outlet: FrameOutlet = {
    send: (_sink, frames) => {
      sent.push(...frames);
    },
    flush: () => {
      flushed++;
    },
    ...(linger === undefined ? {} : { linger: duration(linger) }),
  };
  const running = runElements(connection, codec, values(1, 2, 3), { outlet });
  await turns();
  return {
    ...{ running, tick, waits, codec, connection },
    release: () => release(),
    sent: () => codec.values('out', sent),
    flushed: () => flushed,
  };
}

describe('what leaves a bundle while it runs', () => {
  it('F1: leaves when it has waited for as long as it may, and the rest with the outcome', async () => {
    const { running, release, tick, waits, codec, sent, flushed } = await held(100);
    expect([sent(), flushed()]).toEqual([[], 0]);
    await tick();
    expect([sent(), flushed(), waits]).toEqual([[1, 2], 1, [100, 100]]);
    release();
    expect(codec.values('out', framesOf(await running))).toEqual([3]);
  });

  it('counts with the bundle, also what has left', async () => {
    const { running, release, tick } = await held(100);
    await tick();
    release();
    expect((await running).metrics).toContainEqual({
      kind: 'element-count',
      pcollection: 'out',
      value: 3,
    });
  });

  it('is none of the bundle that comes behind on the same instance', async () => {
    const { running, release, tick, connection, codec, sent, waits } = await held(100);
    release();
    await running;
    const next = await runElements(connection, codec, values(7, 8));
    await tick();
    expect([sent(), waits]).toEqual([[], [100]]);
    expect(codec.values('out', framesOf(next))).toEqual([7, 8]);
  });

  it('waits for its end where nobody minds', async () => {
    const { running, release, tick, codec, sent, waits } = await held(undefined);
    await tick();
    expect([sent(), waits]).toEqual([[], []]);
    release();
    expect(codec.values('out', framesOf(await running))).toEqual([1, 2, 3]);
  });
});

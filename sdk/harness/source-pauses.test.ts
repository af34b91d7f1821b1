// What a bug here looks like: a source that is called again for every few elements, or that lets nothing
// else run.
import { describe, expect, it } from '@jest/globals';
import { duration } from '#portability/model/time.js';
import { reading, restriction, sourceOf } from './reading.fixture.js';
import { framesOf, runElements } from './stage-draft.fixture.js';

/** Whoever looks finds that the slice is over. */
class Hasty {
  breaths = 0;
  #now = 0;

  monotonic(): number {
    return (this.#now += 20);
  }

  now(): number {
    return 0;
  }

  random(): number {
    return 0;
  }

  sleep(): Promise<void> {
    return Promise.resolve();
  }

  yield(): Promise<void> {
    this.breaths++;
    return Promise.resolve();
  }
}

describe('a source', () => {
  it('that goes on after no delay ends the bundle', async () => {
    const pieces = sourceOf(({ from }, c) => {
      if (c.claim(from)) c.emit(from);
      c.resumeAfter(duration(0));
    });
    const { connection, codec } = await reading(pieces);
    const outcome = await runElements(connection, codec, [restriction(0, 9), restriction(50, 60)]);
    expect(codec.values('out', framesOf(outcome))).toEqual([0]);
    const rest = outcome.residuals.map(({ element }) => codec.values('in', [element])[0]);
    expect(rest).toMatchObject([
      [[{}, [{ from: 1, to: 9 }, [null, null, null, null]]], 8],
      [[{}, [{ from: 50, to: 60 }, null]], 10],
    ]);
  });

  it('that pauses by itself is called once, however little time a slice has', async () => {
    let calls = 0;
    const clock = new Hasty();
    const inPieces = sourceOf(async ({ from }, c) => {
      calls++;
      for (let i = from; c.claim(i); i++) {
        c.emit(i);
        if (i % 1000 === 0) await c.ready();
      }
    });
    const { connection, codec } = await reading(inPieces, 'generated', clock);
    const outcome = await runElements(connection, codec, [restriction(0, 20_000)]);
    expect(codec.values('out', framesOf(outcome))).toHaveLength(20_000);
    expect(calls).toBe(1);
    expect(clock.breaths).toBeGreaterThanOrEqual(20);
  });

  it('that never pauses is made to, once for each call that was ended for it', async () => {
    let calls = 0;
    const clock = new Hasty();
    const restless = sourceOf(async ({ from }, c) => {
      calls++;
      await Promise.resolve();
      for (let i = from; c.claim(i); i++) c.emit(i);
    });
    const { connection, codec } = await reading(restless, 'generated', clock);
    const outcome = await runElements(connection, codec, [restriction(0, 5000)]);
    expect(codec.values('out', framesOf(outcome))).toEqual(
      Array.from({ length: 5000 }, (_, i) => i),
    );
    expect(calls).toBeGreaterThan(5);
    expect(clock.breaths).toBeGreaterThanOrEqual(calls - 1);
  });
});

// What a bug here looks like: an element that overtakes what it waits for, or a branch that eats elements.
import { describe, expect, it } from '@jest/globals';
import {
  afterWatermark,
  eachElement,
  eventTime,
  fixed,
  s,
  type PCollection,
  type Root,
  type WindowOptions,
} from '../index.js';
import { runTest, testStream } from '../testing/index.js';

describe('tee', () => {
  it('gives the elements to the branch and goes on with all of them', async () => {
    let branch: PCollection<number> | undefined;
    const r = await runTest((p) => {
      const main = p
        .of([1, 2, 3])
        .tee((xs) => (branch = xs.map((x) => x * 10)))
        .map((x) => x + 1);
      return { main, branch: branch! };
    });
    expect(r.main.values).toEqual([2, 3, 4]);
    expect(r.branch.values).toEqual([10, 20, 30]);
  });

  it('puts the steps of the branch in a scope of their own', async () => {
    const r = await runTest((p) => ({
      out: p.of([1]).tee((xs) => xs.map((x, c) => (c.metrics.counter('seen').inc(), x))),
    }));
    expect(r.metrics.counter('seen', { step: 'tee/map' })).toBe(1);
  });
});

describe('reify', () => {
  it('shows the time, the window and the pane of each element', async () => {
    const r = await runTest((p) => ({
      out: p
        .of(['a'])
        .withTimestamps(() => 61_000)
        .window(fixed('1m'))
        .reify(),
    }));
    expect(r.out.values).toEqual([
      expect.objectContaining({
        value: 'a',
        timestamp: 61_000,
        window: { kind: 'interval', start: 60_000, end: 120_000, maxTimestamp: 119_999 },
        pane: expect.objectContaining({ timing: 'unknown', index: 0 }),
      }),
    ]);
  });
});

describe('waitOn', () => {
  it('holds elements back until the signal is complete', async () => {
    const order: string[] = [];
    await runTest((p) => {
      const signal = p.generateSequence({ to: 1000 }).map((n) => (order.push('signal'), n));
      const waiting = p.of([1, 2]).waitOn(signal);
      return { out: waiting.map((n) => (order.push('waiting'), n)) };
    });
    expect(order.lastIndexOf('signal')).toBeLessThan(order.indexOf('waiting'));
    expect(order).toHaveLength(1002);
  });

  it('holds back only the window of the signal that is not complete (SID-3)', async () => {
    const seen: string[] = [];
    await runTest((p) => {
      const at = (time: number) => eventTime(time);
      const signal = p
        .read(
          testStream(s.string)
            .at(at(1_000), 'first')
            .watermark(at(60_000))
            .at(at(61_000), 'second')
            .finish(),
        )
        .window(fixed('1m'))
        .map((x) => (seen.push(`signal ${x}`), x));
      const out = p
        .of([2_000, 62_000])
        .withTimestamps((x) => x)
        .window(fixed('1m'))
        .waitOn(signal)
        .map((x) => (seen.push(`out ${String(x)}`), x));
      return { out };
    });
    expect(seen).toEqual(['signal first', 'out 2000', 'signal second', 'out 62000']);
  });

  /** The order of what a signal with a late element and what waits for it come in. */
  async function orderWith(windowing: WindowOptions): Promise<readonly string[]> {
    const seen: string[] = [];
    await runTest((p) => {
      const signal = p
        .read(
          testStream(s.string)
            .at(eventTime(1_000), 'in time')
            .watermark(eventTime(60_000))
            .at(eventTime(2_000), 'late')
            .watermark(eventTime(120_000))
            .at(eventTime(121_000), 'next')
            .finish(),
        )
        .window(fixed('1m'), windowing)
        .map((x) => (seen.push(x), x));
      const out = p
        .of([3_000])
        .withTimestamps((x) => x)
        .window(fixed('1m'))
        .waitOn(signal)
        .map((x) => (seen.push('out'), x));
      return { out };
    });
    return seen;
  }

  it('waits for late elements of the signal as long as those are allowed', async () => {
    const allowed = { allowedLateness: '1m', panes: 'discarding' } as const;
    expect(await orderWith(allowed)).toEqual(['in time', 'late', 'out', 'next']);
  });

  it('waits for the end of the window alone where nothing late is allowed', async () => {
    expect(await orderWith({})).toEqual(['in time', 'out', 'late', 'next']);
  });

  it.each([
    ['early panes', afterWatermark().early(eachElement()).late(eachElement())],
    ['panes for each element', eachElement()],
  ])('does not take %s of the signal for its end', async (_, trigger) => {
    const allowed = { allowedLateness: '1m', panes: 'accumulating', trigger } as const;
    expect(await orderWith(allowed)).toEqual(['in time', 'late', 'out', 'next']);
    expect(await orderWith({ panes: 'accumulating', trigger })).toEqual([
      'in time',
      'out',
      'late',
      'next',
    ]);
  });

  it('keeps keys, times and windows', async () => {
    const r = await runTest((p) => ({
      out: p
        .of([['k', 1]] as const)
        .keyed()
        .withTimestamps(() => 5_000)
        .waitOn(p.of([]))
        .reify(),
      grouped: p
        .of([['k', 1]] as const)
        .keyed()
        .waitOn(p.of([0]))
        .groupByKey()
        .keys(),
    }));
    expect(r.out.values[0]).toMatchObject({ value: ['k', 1], timestamp: 5_000 });
    expect(r.grouped.values).toEqual(['k']);
  });

  it('refuses a signal that is never complete, whatever its trigger', async () => {
    const endless = (p: Root) => p.read(testStream(s.int64).finish());
    const signals = [
      endless,
      (p: Root) => endless(p).trigger(eachElement(), { panes: 'discarding' }),
    ];
    for (const signal of signals) {
      await expect(runTest((p) => ({ out: p.of([1]).waitOn(signal(p)) }))).rejects.toMatchObject({
        code: 'STRAHL-1201',
        fix: expect.stringContaining('.window('),
      });
    }
  });

  it('refuses what is no collection', async () => {
    await expect(
      runTest((p) => ({ out: p.of([1]).waitOn('done' as never) })),
    ).rejects.toMatchObject({ code: 'STRAHL-1002' });
  });
});

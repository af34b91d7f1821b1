import { expect, it } from '@jest/globals';
import {
  afterCount,
  afterProcessingTime,
  afterSynchronizedProcessingTime,
  afterWatermark,
  allOf,
  always,
  anyOf,
  calendar,
  count,
  eachElement,
  every,
  fixed,
  inOrder,
  never,
  repeat,
  s,
  sessions,
  toList,
  type PCollection,
  type Trigger,
} from 'strahl';
import { runTest, testStream, type TestStream } from 'strahl/testing';
import { onEveryRunner, type MakeRunner } from './runners.js';

const MINUTES = { allowedLateness: '5m', panes: 'accumulating' } as const;

/** `timing index: values` of all panes, in order. */
async function panesOf(
  script: TestStream<number>,
  build: (numbers: PCollection<number, 'unbounded'>) => PCollection<readonly number[]>,
  runner: MakeRunner,
): Promise<readonly string[]> {
  const r = await runTest((p) => ({ out: build(p.read(script.finish())) }), { runner: runner() });
  return r.out
    .panes()
    .map(({ timing, index, last, values }) => {
      const lists = values.map((list) => [...list].sort((a, b) => a - b).join(','));
      return `${timing} ${String(index)}: ${lists.join(' ')}${last ? ' last' : ''}`;
    })
    .sort((a, b) => Number(/\d+/.exec(a)![0]) - Number(/\d+/.exec(b)![0]));
}

const numbers = (): TestStream<number> => testStream(s.int64);

/** All numbers of a minute, under a trigger. */
const listed =
  (trigger: Trigger, panes: 'accumulating' | 'discarding' = 'accumulating') =>
  (p: PCollection<number>): PCollection<readonly number[]> =>
    p
      .window(fixed('1m'), { ...MINUTES, panes, trigger })
      .combineGloballyWith(toList(), { emptyDefault: false });

onEveryRunner('triggers', (runner) => {
  it('PAN-1, PAN-2: early, on time and late panes of a window, counted', async () => {
    const script = numbers()
      .at('1s', 1)
      .at('2s', 2)
      .watermark('1m')
      .at('3s', 3)
      .watermark('10m')
      .at('4s', 4);
    const trigger = afterWatermark().early(eachElement()).late(eachElement());
    expect(await panesOf(script, listed(trigger), runner)).toEqual([
      'early 0: 1',
      'early 1: 1,2',
      'on-time 2: 1,2',
      'late 3: 1,2,3',
    ]);
  });

  it('ACC-1: discarding panes hold what is new', async () => {
    const script = numbers().at('1s', 1).at('2s', 2).watermark('1m').at('3s', 3);
    const trigger = afterWatermark().early(eachElement()).late(eachElement());
    expect(await panesOf(script, listed(trigger, 'discarding'), runner)).toEqual([
      'early 0: 1',
      'early 1: 2',
      'on-time 2: ',
      'late 3: 3',
    ]);
  });

  it('fire on the clock, counted from the first element of the pane', async () => {
    const script = numbers()
      .at('1s', 1)
      .processingTime('6s')
      .at('2s', 2)
      .processingTime('5s')
      .at('3s', 3)
      .watermark('2m');
    expect(await panesOf(script, listed(repeat(afterProcessingTime('10s'))), runner)).toEqual([
      'early 0: 1,2',
      'on-time 1: 1,2,3 last',
    ]);
  });

  it('in the global window of an unbounded input make its grouping emit', async () => {
    const script = numbers().at('1s', 1, 2).processingTime('11s').at('2s', 3).processingTime('11s');
    const running = (p: PCollection<number, 'unbounded'>): PCollection<readonly number[]> =>
      p
        .trigger(every('10s'), { panes: 'accumulating' })
        .combineGloballyWith(toList(), { emptyDefault: false });
    const panes = await panesOf(script, running, runner);
    expect(panes.slice(0, 2)).toEqual(['early 0: 1,2', 'early 1: 1,2,3']);
  });

  it('of several conditions: any, all, in order, until', async () => {
    const script = numbers().at('1s', 1).at('2s', 2).at('3s', 3).at('4s', 4).watermark('2m');
    const two = afterCount(2);
    const long = afterProcessingTime('1h');
    const safe = async (trigger: Trigger): Promise<readonly string[]> =>
      panesOf(
        script,
        listed(afterWatermark().early(trigger).late(eachElement()), 'discarding'),
        runner,
      );
    expect(await safe(repeat(anyOf(two, long)))).toEqual([
      'early 0: 1,2',
      'early 1: 3,4',
      'on-time 2: ',
    ]);
    expect(await safe(repeat(allOf(two, afterCount(3))))).toEqual([
      'early 0: 1,2,3',
      'on-time 1: 4',
    ]);
    expect(await safe(inOrder(afterCount(3), eachElement()))).toEqual([
      'early 0: 1,2,3',
      'on-time 1: 4',
    ]);
    expect(await safe(repeat(eachElement().until(two)))).toEqual([
      'early 0: 1',
      'early 1: 2',
      'early 2: 3',
      'early 3: 4',
      'on-time 4: ',
    ]);
  });

  it('`never` leaves everything to the final pane, `always` fires with every element', async () => {
    const script = numbers().at('1s', 1).at('2s', 2).watermark('1m').watermark('10m');
    expect(await panesOf(script, listed(never()), runner)).toEqual(['on-time 0: 1,2 last']);
    // It has no notion of an end: nothing new, no pane.
    expect(await panesOf(script, listed(always()), runner)).toEqual(['early 0: 1', 'early 1: 1,2']);
  });

  it('TRG-2: a grouping behind a grouping fires pane by pane', async () => {
    const script = numbers().at('1s', 1).at('2s', 2).watermark('1m').at('3s', 3);
    const twice = (p: PCollection<number, 'unbounded'>): PCollection<readonly number[]> =>
      listed(afterWatermark().early(eachElement()).late(eachElement()))(p)
        .map((list) => list.length)
        .combineGloballyWith(toList(), { emptyDefault: false });
    // The second grouping accumulates the sizes of the panes of the first.
    expect(await panesOf(script, twice, runner)).toEqual([
      'early 0: 1',
      'early 1: 1,2',
      'on-time 2: 1,2,2',
      'late 3: 1,2,2,3',
    ]);
  });

  it('on synchronized time fire when the clock moves on', async () => {
    const script = numbers().at('1s', 1, 2).processingTime('1s').at('2s', 3).watermark('2m');
    const panes = await panesOf(
      script,
      listed(repeat(afterSynchronizedProcessingTime()), 'discarding'),
      runner,
    );
    expect(panes).toEqual(['early 0: 1,2', 'on-time 1: 3 last']);
  });

  it('pitfall 34: on synchronized time wait for a pane that was due upstream at their own time', async () => {
    // 1 is due upstream when the clock is beyond 11, which is the time at which 10 arrives behind that.
    const script = numbers()
      .processingTime(1)
      .at('1s', 1)
      .processingTime(10)
      .at('2s', 10)
      .processingTime(1)
      .processingTime('1s')
      .watermark('2m');
    const under = (trigger: Trigger) => ({ ...MINUTES, panes: 'discarding' as const, trigger });
    const twice = (p: PCollection<number>): PCollection<readonly number[]> =>
      p
        .filter((n) => n < 10)
        .window(fixed('1m'), under(repeat(afterProcessingTime(10))))
        .combineGloballyWith(toList(), { emptyDefault: false })
        .flatMap((list) => list)
        .flattenWith(
          p
            .filter((n) => n >= 10)
            .window(fixed('1m'), under(repeat(afterSynchronizedProcessingTime()))),
        )
        .combineGloballyWith(toList(), { emptyDefault: false });
    expect(await panesOf(script, twice, runner)).toEqual(['early 0: 1,10']);
  });

  it('MRG-5: early panes of a session that grows are those of other windows', async () => {
    const script = numbers().at('1s', 1).at('5s', 2).watermark('1h');
    const early = (p: PCollection<number, 'unbounded'>): PCollection<readonly number[]> =>
      p
        .window(sessions('10s'), {
          trigger: afterWatermark().early(eachElement()),
          panes: 'accumulating',
        })
        .combineGloballyWith(toList(), { emptyDefault: false });
    const panes = await panesOf(script, early, runner);
    expect([...panes].sort()).toEqual(['early 0: 1', 'early 0: 1,2', 'on-time 1: 1,2 last']);
  });

  it('LATE-3: what comes when a trigger has finished for good is counted as dropped', async () => {
    const script = numbers().at('1s', 1).watermark('1m').at('2s', 2).watermark('20m').at('3s', 3);
    const r = await runTest(
      (p) => ({
        out: p
          .read(script.finish())
          .window(fixed('1m'), { panes: 'discarding', trigger: afterWatermark() })
          .combineGloballyWith(count(), { emptyDefault: false }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([1]);
    expect(r.metrics.counter('droppedDueToLateness')).toBe(2);
  });

  it('LATE-3: a combine drops as many elements as came too late, however they were combined', async () => {
    const late = numbers().at('1s', 1).watermark('2m').at('2s', 2, 3, 4, 5);
    const r = await runTest(
      (p) => ({
        out: p
          .read(late.at('61s', 6).finish())
          .window(fixed('1m'), { panes: 'discarding' })
          .combineGloballyWith(count(), { emptyDefault: false }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([1]);
    expect(r.metrics.counter('droppedDueToLateness')).toBe(5);
  });

  it('windows of the calendar follow the clocks of their zone', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of(['2024-03-30T22:59:59Z', '2024-03-30T23:00:00Z', '2024-03-31T21:59:59Z'])
          .withTimestamps((text) => Date.parse(text))
          .window(calendar.days(1, { zone: 'Europe/Berlin' }))
          .combineGloballyWith(count(), { emptyDefault: false })
          .map((n, c) => [
            n,
            c.window.kind === 'interval' && (c.window.end - c.window.start) / 3_600_000,
          ]),
      }),
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([
      [1, 24],
      [2, 23],
    ]);
  });

  it('WM-8: that wait for a clock do not keep a job whose windows are all over', async () => {
    const trigger = afterWatermark().early(every('24h')).late(eachElement());
    const r = await runTest(
      (p) => ({
        fixed: listed(trigger)(p.of([1, 2], s.int64).withTimestamps((n) => n)),
        sessions: p
          .of([3, 4], s.int64)
          .withTimestamps((n) => n)
          .window(sessions('1m'), { ...MINUTES, trigger })
          .combineGloballyWith(toList(), { emptyDefault: false }),
      }),
      { runner: runner() },
    );
    const listsOf = (lists: readonly (readonly number[])[]): readonly number[][] =>
      lists.map((list) => [...list].sort((a, b) => a - b));
    expect(listsOf(r.fixed.values)).toEqual([[1, 2]]);
    expect(listsOf(r.sessions.values)).toEqual([[3, 4]]);
  });
});

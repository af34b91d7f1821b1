import { describe, expect, it } from '@jest/globals';
import {
  afterWatermark,
  bag,
  combining,
  count,
  every,
  fixed,
  mapOf,
  multimapOf,
  orderedList,
  s,
  setOf,
  sum,
  value,
  type PCollection,
} from '../index.js';
import { matchers, pane, testDriver } from './index.js';

expect.extend(matchers);

const perMinute = (users: PCollection<string, 'unbounded', 'none'>) =>
  users
    .keyBy((user) => user)
    .window(fixed('1m'), {
      trigger: afterWatermark().early(every('10s')),
      panes: 'accumulating',
    })
    .combineWith(count());

describe('a driver', () => {
  it('shows what follows from each step', async () => {
    const d = testDriver(perMinute);
    await d.add('alice', '00:00:10');
    await d.add('alice', '20s');
    expect(d.panes()).toEqual([]);
    await d.advanceProcessingTime('11s');
    expect(d.panes()).toEqual([pane('alice', 2, { timing: 'early', index: 0 })]);
    await d.add('alice', '30s');
    await d.advanceWatermarkTo('1m');
    expect(d.panes()).toMatchObject([pane('alice', 3, { timing: 'on-time', last: true })]);
    expect(d.panes()).toEqual([]);
    await d.add('bob', '59s');
    expect([d.panes(), d.dropped()]).toEqual([[], 1]);
    await d.finish();
  });

  it('compares of a pane what is said of it, and nothing else', async () => {
    const d = testDriver(perMinute);
    await d.add('alice', '10s');
    await d.advanceWatermarkTo('1m');
    const panes = d.panes();
    expect(panes).toEqual([pane('alice', expect.any(Number), { window: { start: 0 } as never })]);
    expect(panes).not.toEqual([pane('alice', 2)]);
    expect(panes).not.toEqual([pane('bob', 1)]);
    expect(panes).not.toEqual([pane('alice', 1, { timing: 'late' })]);
    expect(panes).not.toEqual([pane('alice', 1, { window: { start: 1 } as never })]);
    expect([{ value: ['alice', { n: 1, m: 2 }] }]).not.toEqual([pane('alice', { n: 1 })]);
    await d.finish();
  });

  it('shows what is kept for a key, until its window is over', async () => {
    const d = testDriver((words: PCollection<string, 'unbounded', 'none'>) =>
      words
        .keyBy((word) => word[0]!)
        .window(fixed('1m'))
        .stateful({
          state: {
            last: value(s.string, ''),
            total: combining(sum((n: number) => n)),
            all: bag(s.string),
            lengths: setOf(s.int),
            byLength: mapOf(s.int, s.string),
            lists: multimapOf(s.int, s.string),
            inOrder: orderedList(s.string),
          },
          async element(word, { state, timestamp }) {
            state.last.write(word);
            state.total.add(word.length);
            state.all.add(word);
            state.lengths.add(word.length);
            state.byLength.set(word.length, word);
            state.lists.put(word.length, word);
            state.inOrder.add(word, timestamp);
            await Promise.resolve();
          },
        })
        .named('words'),
    );
    expect(await d.state('a')).toEqual([]);
    await d.add('ab', '20s');
    await d.add('ac', '10s');
    await d.add('b', '70s');
    expect(await d.state('a')).toMatchObject([
      {
        step: 'words',
        window: { start: 0, end: 60_000 },
        state: {
          last: 'ac',
          total: 4,
          all: ['ab', 'ac'],
          lengths: [2],
          byLength: new Map([[2, 'ac']]),
          lists: new Map([[2, ['ab', 'ac']]]),
          inOrder: [{ value: 'ac' }, { value: 'ab' }],
        },
      },
    ]);
    expect(await d.state('c')).toEqual([]);
    expect(await d.state(7)).toEqual([]);
    await d.advanceWatermarkTo('1m');
    expect([await d.state('a'), (await d.state('b')).length]).toEqual([[], 1]);
    await d.finish();
  });

  it('ends with what is left', async () => {
    const d = testDriver(perMinute);
    await d.add('alice', 0);
    await d.finish();
    expect(d.panes()).toMatchObject([pane('alice', 1)]);
  });

  it('fails in the step that a function fails in', async () => {
    const d = testDriver((words: PCollection<string, 'unbounded', 'none'>) =>
      words.map((word) => {
        if (word === 'bad') throw new RangeError('no');
        return word;
      }),
    );
    await d.add('good', 0);
    await expect(d.add('bad', 0)).rejects.toMatchObject({ code: 'STRAHL-4001' });
    expect(d.panes()).toMatchObject([{ value: 'good' }]);
  });

  it('refuses a watermark that goes back', async () => {
    const d = testDriver(perMinute);
    await d.advanceWatermarkTo('1m');
    await expect(d.advanceWatermarkTo('59s')).rejects.toMatchObject({ code: 'STRAHL-9002' });
    await d.finish();
  });
});

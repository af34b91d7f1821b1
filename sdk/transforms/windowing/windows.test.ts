// Window functions of users. A bug here would look like windows that never merge, or an error about our own code.
import { describe, expect, it } from '@jest/globals';
import { s, windowFn, type MergedWindow, type WindowFnDescription } from '../../index.js';
import { runTest, type TestOutput } from '../../testing/index.js';

interface Span {
  readonly start: number;
  readonly end: number;
}

async function counts(
  more: Partial<WindowFnDescription<Span>>,
): Promise<TestOutput<number>['values']> {
  const spans = windowFn<Span>({
    window: s.row({ start: s.int64, end: s.int64 }),
    assign: (t) => [{ start: t, end: t + 10 }],
    maxTimestamp: ({ end }) => end - 1,
    ...more,
  });
  const times = [0, 5, 100];
  const r = await runTest((p) => ({
    out: p
      .of(times)
      .withTimestamps((t) => t)
      .window(spans)
      .count(),
  }));
  return [...r.out.values].sort();
}

function overlapping(windows: readonly Span[]): readonly Span[] {
  return windows.filter(({ start }) => start < 50);
}

describe('a window function of the user', () => {
  it.each<[string, (parts: readonly Span[], into: Span) => MergedWindow<Span>]>([
    ['from', (from, into) => ({ from, into })],
    ['windows', (windows, into) => ({ windows, into })],
  ])('says under %s which windows become one', async (_, merged) => {
    const merge = (windows: readonly Span[]): readonly MergedWindow<Span>[] => {
      const parts = overlapping(windows);
      return parts.length < 2 ? [] : [merged(parts, { start: 0, end: 15 })];
    };
    expect(await counts({ merge })).toEqual([1, 2]);
  });

  it.each<[string, Partial<Record<'assign' | 'merge', () => unknown>>, RegExp]>([
    ['merges into nothing', { merge: () => [{ from: [] }] }, /merge of a window function gives/],
    ['merges nothing', { merge: () => [{ into: 1 }] }, /merge of a window function gives/],
    ['forgets what it merged', { merge: () => undefined }, /merge .* iterable of windows/],
    [
      'assigns no list',
      { assign: () => undefined },
      /assign .* iterable of windows, not undefined/,
    ],
    ['assigns a text', { assign: () => 'xy' }, /assign .* iterable of windows, not string/],
  ])('is told what to give if it %s', async (_, fn, title) => {
    await expect(counts(fn as Partial<WindowFnDescription<Span>>)).rejects.toMatchObject({
      code: 'STRAHL-4001',
      title: expect.stringMatching(title),
    });
  });
});

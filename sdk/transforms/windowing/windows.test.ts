// Window functions of users. A bug here would look like windows that never merge, or an error about our own code.
import { describe, expect, it } from '@jest/globals';
import {
  sessions,
  source,
  s,
  windowFn,
  type MergedWindow,
  type Source,
  type WindowFn,
  type WindowFnDescription,
} from '../../index.js';
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

  it.each([1, 40, 400])(
    'agree: merges %i elements in a bundle as the engine would',
    async (size) => {
      const own = await sessionsBy(windowFn({ ...SPANS, merge: connected }), size);
      expect(own).toEqual(await sessionsBy(sessions(GAP), size));
      expect(own.length).toBeGreaterThan(100);
    },
  );
});

const GAP = 10;
const EVENTS = 400;
const SPANS = {
  window: s.row({ start: s.int64, end: s.int64 }),
  assign: (t: number) => [{ start: t, end: t + GAP }],
  maxTimestamp: ({ end }: Span) => end - 1,
};

/** Windows that overlap, as sessions do. */
function connected(windows: readonly Span[]): readonly MergedWindow<Span>[] {
  const merged: { from: Span[]; into: Span }[] = [];
  for (const window of [...windows].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || last.into.end <= window.start)
      merged.push({ from: [window], into: window });
    else {
      last.from.push(window);
      last.into = { start: last.into.start, end: Math.max(last.into.end, window.end) };
    }
  }
  return merged.filter(({ from }) => from.length > 1);
}

/** Sessions of two keys, of which one has many at a time; elements are far out of order. */
async function sessionsBy(fn: WindowFn, size: number): Promise<readonly string[]> {
  const timeOf = (n: number): number => (n * 977) % (n % 5 === 0 ? 400 : 3_989);
  const events: Source<number, 'bounded'> = source({
    name: 'events',
    bounded: 'bounded',
    initial: () => ({ from: 0, to: EVENTS }),
    read(range, { claim, emit, watermark, resumeAfter }) {
      const end = Math.min(range.to, range.from + size);
      for (let n = range.from; n < end; n++) {
        if (!claim(n)) return;
        emit(n, timeOf(n));
      }
      watermark(end < EVENTS ? 0 : 5_000);
      if (end < range.to) resumeAfter(0);
      else claim(end);
    },
  });
  const r = await runTest((p) => ({
    out: p
      .read(events)
      .keyBy((n) => (n % 5 === 0 ? 'few' : 'many'))
      .window(fn)
      .groupByKey()
      .map(async ([key, group]) => {
        const values = await group.toArray();
        return `${key} ${[...values].sort((a, b) => a - b).join(' ')}`;
      }),
  }));
  return [...r.out.values].sort();
}

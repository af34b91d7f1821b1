import { expect, it } from '@jest/globals';
import {
  fixed,
  growableRange,
  offsetRange,
  s,
  source,
  sum,
  tracker,
  type Root,
  type Source,
} from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { runTest } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

const byNumber = (a: number, b: number): number => a - b;
const sorted = (values: Iterable<number>): number[] => [...values].sort(byNumber);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Rows in pages of ten, fetched asynchronously. */
const pages = (rows: number): Source<number, 'bounded'> =>
  source({
    element: s.int64,
    bounded: 'bounded',
    initial: () => ({ from: 0, to: rows }),
    split: (r) => [
      { from: r.from, to: 30 },
      { from: 30, to: r.to },
    ],
    async read(r, { claim, emit }) {
      for (let i = r.from; claim(i); i += 10) {
        for (let k = i; k < Math.min(i + 10, rows); k++) emit(await Promise.resolve(k));
      }
    },
  });

interface Letters {
  readonly todo: string;
}
const letters = tracker<Letters, number>({
  claim: ({ todo }, at) => at < todo.length,
  split: ({ todo }, fraction, last = -1) => {
    const at = last + 1 + Math.floor((todo.length - last - 1) * fraction);
    return at < todo.length ? [{ todo: todo.slice(0, at) }, { todo: todo.slice(at) }] : undefined;
  },
  done: ({ todo }, last = -1) => last >= todo.length - 1,
});

onEveryRunner('splittable functions', (runner) => {
  it('SDF-1, pitfall 27: a source of the user gives each row once', async () => {
    const r = await runTest((p) => ({ rows: p.read(pages(95)) }), { runner: runner() });
    expect(sorted(r.rows.values)).toEqual(upTo(95));
  });

  it('SDF-2: a tracker of the user is claimed to its end', async () => {
    const spell = (p: Root) =>
      p.of(['to', 'be', '']).splittable({
        output: s.string,
        restriction: s.row({ todo: s.string }),
        tracker: letters,
        initial: (text) => ({ todo: text }),
        element: (_text, r, { claim, emit }) => {
          for (let i = 0; claim(i); i++) emit(r.todo[i]!);
        },
      });
    const r = await runTest((p) => ({ out: spell(p) }), { runner: runner() });
    expect([...r.out.values].sort().join('')).toBe('beot');
  });

  it('SDF-8: restrictions are per element and window, and read side inputs of theirs', async () => {
    const r = await runTest(
      (p) => {
        const rates = p
          .of([timed('1', 5), timed('2', 15)])
          .withTimestamps((x) => x.at)
          .window(fixed(10))
          .map((x) => Number(x.text))
          .asSingleton();
        return {
          out: p
            .of([timed('ab', 3), timed('c', 12)])
            .withTimestamps((x) => x.at)
            .window(fixed(10))
            .with({ rate: rates })
            .splittable({
              output: s.string,
              initial: (x) => ({ from: 0, to: x.text.length }),
              element: (x, range, { rate }, { claim, emit, timestamp, window }) => {
                for (let i = range.from; claim(i); i++) {
                  emit(
                    `${x.text[i]!}${String(rate)} ${String(timestamp)} ${String(window.maxTimestamp)}`,
                  );
                }
              },
            }),
        };
      },
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual(['a1 3 9', 'b1 3 9', 'c2 12 19']);
  });

  it('SDF-6: one that resumes gives each element once, with the times that it says', async () => {
    const growing = source({
      element: s.int64,
      bounded: 'unbounded',
      tracker: growableRange({ end: () => 12 }),
      initial: () => ({ from: 0, to: Infinity }),
      read(r, { claim, emit, watermark, resumeAfter }) {
        for (let i = r.from; i < Math.min(r.from + 5, 12); i++) {
          if (!claim(i)) return;
          emit(i, i * 10);
          watermark(i * 10);
        }
        if (r.from + 5 < 12) resumeAfter(1);
        else claim(Infinity);
      },
    });
    const r = await runTest(
      (p) => ({
        sums: p
          .read(growing)
          .window(fixed(40))
          .combineGloballyWith(
            sum((n) => n),
            { emptyDefault: false },
          ),
      }),
      { runner: runner() },
    );
    expect(sorted(r.sums.values)).toEqual([6, 22, 38]);
  });

  it('SDF-7: callbacks run once for each bundle that is committed', async () => {
    let committed = 0;
    const r = await runTest(
      (p) => ({
        out: p.of(['abc', 'd']).splittable({
          output: s.string,
          tracker: offsetRange(),
          initial: (text) => ({ from: 0, to: text.length }),
          element: (text, range, { claim, emit, onBundleCommitted }) => {
            for (let i = range.from; claim(i); i++) {
              onBundleCommitted(() => {
                committed++;
              });
              emit(text[i]!);
            }
          },
        }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toHaveLength(4);
    expect(committed).toBe(4);
  });

  it('SDF-4: what failed is read again, and what was given away is not', async () => {
    let failures = 2;
    const flaky = source({
      element: s.int64,
      bounded: 'bounded',
      initial: () => ({ from: 0, to: 40 }),
      async read(range, { claim, emit }) {
        for (let i = range.from; claim(i); i++) {
          await Promise.resolve();
          if (i % 13 === 12 && failures-- > 0) throw new Error('not yet');
          emit(i);
        }
      },
    });
    const r = await runTest((p) => ({ out: p.read(flaky) }), {
      runner: runner({ maxBundleAttempts: 4 }),
    });
    expect(sorted(r.out.values)).toEqual(upTo(40));
  });
});

function timed(text: string, at: number): { readonly text: string; readonly at: number } {
  return { text, at };
}

it.each(upTo(30))(
  'pitfall 27: splits drawn from seed %s neither lose nor double a row',
  async (seed) => {
    const r = await runTest((p) => ({ rows: p.read(pages(95)), n: p.read(pages(50)).count() }), {
      runner: directRunner({ seed, connection: seed % 2 === 0 ? 'in-process' : 'bytes' }),
    });
    expect(sorted(r.rows.values)).toEqual(upTo(95));
    expect(r.n.values).toEqual([50]);
  },
);

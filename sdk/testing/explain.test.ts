import { describe, expect, it } from '@jest/globals';
import { count, fixed, s } from '../index.js';
import { matchers, runTest, testStream, type TestResult } from './index.js';

expect.extend(matchers);

const clicks = testStream(s.string)
  .at('10s', 'ann')
  .watermark('2m')
  .at('20s', 'bob')
  .at('3m', 'ann')
  .finish();

const perMinute = (): Promise<TestResult<Record<string, never>>> =>
  runTest((p) => ({
    out: p
      .read(clicks)
      .keyBy((user) => user)
      .window(fixed('1m'))
      .combine({ n: count() }),
  })) as never;

function messageOf(check: () => void): string {
  try {
    check();
  } catch (e) {
    return (e as Error).message;
  }
  return 'nothing failed';
}

describe('a test that misses an output', () => {
  it('LATE-1: is told what was dropped as late, by key and window, and what would keep it', async () => {
    const result = await perMinute();
    expect(result.dropped).toBe(1);
    const { text, fix } = result.explain({ step: 'combine', key: 'bob' });
    expect(text).toContain('1 element came too late for its window and was dropped');
    expect(text).toMatch(/key "bob" at .* for \[.*00:00:00, .*00:01:00\)/);
    expect(fix).toMatchObject({ text: ".window(…, { allowedLateness: '2m', panes: … })" });
    expect(fix!.site).toContain('explain.test.ts');
  });

  it('prints the same chain when its matcher fails', async () => {
    const { out } = await perMinute();
    const message = messageOf(() => {
      // The matchers are merged into the types of a user's own test runner.
      (expect(out) as unknown as { toEmit(x: unknown): void }).toEmit(['bob', { n: 1 }]);
    });
    expect(message).toContain('"collect out" has nothing more to emit');
    expect(message).toContain('1 element came too late');
    expect(message).toContain('fix  .window(…');
  });

  it('is refused an output whose name the result needs itself', async () => {
    await expect(runTest((p) => ({ explain: p.of([1]) }))).rejects.toThrow(
      'dropped, metrics, explain, seed are taken',
    );
  });
});

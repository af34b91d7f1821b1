// What this folder must speak of: every rule and every pitfall of `docs/model-rules.md`, every row of Beam's capability matrix.
// A name that nobody tests any more is missing here at once.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const FOLDER = 'test/validates-runner';
const names = readdirSync(FOLDER)
  .filter((file) => /(?:\.test|-rows)\.ts$/.test(file) && file !== 'coverage.test.ts')
  .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
  .join('\n');

/** The codes of the rules as `docs/model-rules.md` lists them. */
const RULES = [
  ...readFileSync('docs/model-rules.md', 'utf8').matchAll(/^\| ([A-Z]+-\d+) \|/gm),
].map(([, rule]) => rule!);

/** Rules that no pipeline can show, and the test below the public interface that does. */
const BELOW: Readonly<Record<string, string>> = {
  // A wire form that only newer Java harnesses send.
  'TIME-4': 'portability/coders/timers.test.ts',
  // Where a split comes too late is a matter of one call against another.
  'SDF-3': 'runners/core/splits-in-task.test.ts',
  // A job that is stuck is a bug of the engine.
  'WM-11': 'runners/core/task.test.ts',
};

it('the model has its rules', () => {
  expect(RULES.length).toBe(112);
  expect(new Set(RULES).size).toBe(RULES.length);
});

it.each(RULES)('%s has a test', (rule) => {
  const below = BELOW[rule];
  const text = below === undefined ? names : readFileSync(below, 'utf8');
  expect(new RegExp(`\\b${rule}\\b`).test(text)).toBe(true);
});

it.each(Array.from({ length: 40 }, (_, i) => i + 1))('pitfall %d has a test', (n) => {
  expect(new RegExp(`pitfall ${String(n)}\\b`).test(names)).toBe(true);
});

/**
 * A row of the matrix, and the name of a test that shows it. `checkpoint` is left out: a runner in one process
 * keeps nothing beyond it, and nothing in its interface asks for that.
 */
const CAPABILITIES: readonly (readonly [row: string, test: string])[] = [
  ['ParDo', 'maps, filters and flattens element by element'],
  ['GroupByKey', 'GBK-1'],
  ['Flatten', 'gives every element of every input'],
  ['Combine', 'combines per key, several combiners at once'],
  ['composite transforms', 'every-method'],
  ['side inputs', 'are read as singleton, list, iterable, map and multimap'],
  ['source API', 'SDF-1'],
  ['metrics', 'counts user metrics'],
  ['stateful processing', 'STA-1'],
  ['bounded splittable DoFn: base', 'a source of the user gives each row once'],
  ['bounded splittable DoFn: side inputs', 'SDF-8'],
  ['bounded splittable DoFn: initiated checkpoint', 'SDF-2'],
  ['bounded splittable DoFn: dynamic splitting', 'SDF-4'],
  ['bounded splittable DoFn: bundle finalization', 'SDF-7'],
  ['unbounded splittable DoFn: base', 'one that resumes gives each element once'],
  ['unbounded splittable DoFn: side inputs', 'SDF-8'],
  ['unbounded splittable DoFn: initiated checkpoint', 'SDF-6'],
  ['unbounded splittable DoFn: dynamic splitting', 'SDF-4'],
  ['unbounded splittable DoFn: bundle finalization', 'SDF-7'],
  ['global windows', 'WIN-1'],
  ['fixed windows', 'WIN-3'],
  ['sliding windows', 'WIN-4'],
  ['session windows', 'WIN-5'],
  ['custom windows', 'WIN-8'],
  ['custom merging windows', 'MRG-9'],
  ['timestamp control', 'WIN-12'],
  ['configurable triggering', 'TRG-2'],
  ['event-time triggers', 'PAN-1'],
  ['processing-time triggers', 'a delay counts from the first element'],
  ['count triggers', 'TRG-1'],
  ['composite triggers', 'PAN-2'],
  ['allowed lateness', 'LATE-6'],
  ['timers', 'TMR-1'],
  ['discarding', 'discarding panes'],
  ['accumulating', 'accumulating panes'],
  ['drain', 'DRN-1'],
  ['key-ordered delivery', 'STA-4'],
];

it('NOT_SUPPORTED: retracting panes are refused by name', async () => {
  const { fixed, pipeline } = await import('strahl');
  const retracting = pipeline('retracting', (p) =>
    p.of([1]).window(fixed('1m'), { panes: 'retracting' as never, allowedLateness: '1m' }),
  );
  await expect(retracting.run()).rejects.toMatchObject({
    code: 'STRAHL-2001',
    title: 'retracting panes are not supported',
  });
});

it.each(CAPABILITIES)('the capability "%s" has a test', (_, test) => {
  const files = readdirSync(FOLDER).join('\n');
  expect(names.includes(test) || files.includes(test)).toBe(true);
});

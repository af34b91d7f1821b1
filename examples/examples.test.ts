import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory } from 'strahl/io/memory';
import { arrow } from 'strahl/io/arrow';
import { pipeline } from 'strahl';
import wordCount from './01-word-count.js';
import sessions from './02-sessions.js';
import sideInputJoin from './03-side-input-join.js';
import deadLetters from './04-dead-letters.js';
import arrowTotals, { write as arrowWrite } from './05-arrow.js';
import rxjs, { counts$ } from './06-rxjs.js';
import lateData, { report } from './07-late-data.js';
import deduplication from './08-stateful-deduplication.js';
import timers from './09-timers.js';
import splittableSource from './10-splittable-source.js';
import changingSide, { converted } from './11-slowly-changing-side-input.js';
import explain, { questions } from './12-explain.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'examples-'));
const linesOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8').split('\n').slice(0, -1).sort();

/** Asks again, once the event loop has turned, until the answer is there. */
async function until<T>(ask: () => T | undefined): Promise<T> {
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the examples', () => {
  it('01 counts words', async () => {
    const output = join(folder(), 'words.txt');
    await wordCount.run({ input: 'examples/data/poem.txt', output });
    const lines = linesOf(output);
    expect(lines).toContain('the: 6');
    expect(lines).toContain('wave: 3');
    expect(lines).toContain('s: 1');
    expect(lines).toHaveLength(21);
  });

  it('02 finds visits', async () => {
    const output = join(folder(), 'sessions.jsonl');
    await sessions.run({ input: 'examples/data/clicks.jsonl', output });
    expect(linesOf(output)).toEqual([
      '{"user":"ann","clicks":2,"seconds":120}',
      '{"user":"ann","clicks":2,"seconds":60}',
      '{"user":"bob","clicks":2,"seconds":60}',
    ]);
  });

  it('03 joins with a table of rates', async () => {
    const output = join(folder(), 'euro.jsonl');
    await sideInputJoin.run({ input: 'examples/data/orders.jsonl', output });
    expect(linesOf(output)).toEqual([
      '{"id":"o-1","euro":90}',
      '{"id":"o-2","euro":20.5}',
      '{"id":"o-4","euro":12}',
    ]);
  });

  it('04 puts bad records aside', async () => {
    const output = folder();
    await deadLetters.run({ input: 'examples/data/mixed.jsonl', output });
    expect(linesOf(join(output, 'good.txt'))).toEqual(['2', '8']);
    expect(linesOf(join(output, 'bad.jsonl'))).toEqual([
      '{"line":"not json","why":"SyntaxError"}',
      '{"line":"{\\"n\\":2","why":"SyntaxError"}',
    ]);
  });

  it('05 writes and reads Arrow files', async () => {
    const readings = join(folder(), 'readings.arrow');
    const output = join(folder(), 'totals.arrow');
    await arrowWrite.run({ readings });
    await arrowTotals.run({ readings, output });
    const rows: unknown[] = [];
    await pipeline('check', (p) => {
      p.read(arrow.files(output, { as: 'rows' })).write(memory.collect(rows));
    }).run();
    const total = (sensor: number): number =>
      Array.from({ length: 250 }, (_, i) => (4 * i + sensor) / 2).reduce((a, b) => a + b);
    expect(rows).toHaveLength(4);
    for (const sensor of [0, 1, 2, 3]) {
      expect(rows).toContainEqual({ sensor: `s${String(sensor)}`, total: total(sensor) });
    }
  });

  it('06 goes from Observable to Observable', async () => {
    const counts: number[] = [];
    counts$.subscribe((n) => counts.push(n));
    await rxjs.run();
    expect(counts).toEqual([10, 10, 10, 10, 10]);
  });

  it('07 reports early, on time and late, and drops what is beyond', async () => {
    await lateData.run();
    expect(report.filter(({ minute }) => minute === '12:00')).toEqual([
      { minute: '12:00', readings: 3, timing: 'early' },
      { minute: '12:00', readings: 3, timing: 'on-time' },
      { minute: '12:00', readings: 4, timing: 'late' },
    ]);
    expect(report.map(({ minute }) => minute)).toEqual(
      expect.arrayContaining(['12:01', '12:04', '12:09']),
    );
  });

  it('08 lets the first click of a visit through', async () => {
    const output = join(folder(), 'first-clicks.jsonl');
    await deduplication.run({ input: 'examples/data/clicks.jsonl', output });
    expect(linesOf(output)).toEqual([
      '{"user":"ann","url":"/","at":1700000000000}',
      '{"user":"ann","url":"/","at":1700001000000}',
      '{"user":"bob","url":"/","at":1700000030000}',
    ]);
  });

  it('09 writes down the path of a user who is quiet for five minutes', async () => {
    const output = join(folder(), 'paths.jsonl');
    await timers.run({ input: 'examples/data/clicks.jsonl', output });
    expect(linesOf(output)).toEqual([
      '{"user":"ann","path":["/","/buy"]}',
      '{"user":"ann","path":["/","/prices"]}',
      '{"user":"bob","path":["/","/docs"]}',
    ]);
  });

  it('10 reads pages with a source of its own', async () => {
    const output = join(folder(), 'means.jsonl');
    const result = await splittableSource.run({ output });
    expect(linesOf(output)).toEqual([
      '{"sensor":"s0","celsius":22}',
      '{"sensor":"s1","celsius":23}',
      '{"sensor":"s2","celsius":24}',
      '{"sensor":"s3","celsius":25}',
    ]);
    expect(result.metrics.counter('pages')).toBe(10);
  });

  it('11 converts with the rate that was loaded last', async () => {
    const job = await changingSide.runAsync();
    const rates = await until(() => {
      const seen = new Set(converted.map(({ euro }) => euro));
      return seen.size > 1 ? [...seen] : undefined;
    });
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect(converted.map(({ order }) => order)).toEqual(converted.map((_, i) => i + 1));
    await job.drain();
    expect(job.state).toBe('DRAINED');
  });

  it('12 explains what a window waits for, and what was dropped', async () => {
    const job = await explain.runAsync();
    const { bob, ann } = await until(() => {
      const answers = questions(job);
      return answers.ann.includes('too late') ? answers : undefined;
    });
    expect(bob).toMatch(/^no pane yet for \[.*12:04:00, .*12:05:00\) key "bob"/);
    expect(bob).toContain(
      'waits for input watermark ≥ 2026-01-01 12:05:00, now 2026-01-01 12:04:50',
    );
    expect(ann).toContain('1 element came too late for its window and was dropped');
    expect(ann).toContain("fix  .window(…, { allowedLateness: '4m', panes: … })");
    await job.drain();
    expect(job.state).toBe('DRAINED');
  });
});

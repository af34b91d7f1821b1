import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { sum, TIMESTAMP_MIN } from 'strahl';
import { csv } from 'strahl/io/csv';
import { memory } from 'strahl/io/memory';
import { text } from 'strahl/io/text';
import { runTest } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strahl-sources-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const byNumber = (a: number, b: number): number => a - b;

onEveryRunner('sources', (runner) => {
  it('SDF-1: a sequence gives each of its numbers once', async () => {
    const r = await runTest(
      (p) => ({
        some: p.generateSequence({ from: -3, to: 4 }),
        none: p.generateSequence({ from: 5, to: 5 }),
        total: p.generateSequence({ to: 200 }).combineGloballyWith(sum((n) => n)),
        times: p.generateSequence({ to: 2 }).map((_, c) => c.timestamp),
      }),
      { runner: runner() },
    );
    expect([...r.some.values].sort(byNumber)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    expect(r.none.values).toEqual([]);
    expect(r.total.values).toEqual([19_900]);
    expect(r.times.values).toEqual([TIMESTAMP_MIN, TIMESTAMP_MIN]);
  });

  it('SDF-1: files give each line once, with the place where it begins, wherever they are split', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${'ä'.repeat(i % 7)}${String(i)}`);
    writeFileSync(join(folder, 'a.txt'), lines.map((line) => `${line}\n`).join(''));
    writeFileSync(join(folder, 'b.txt'), 'last line without an end');
    writeFileSync(join(folder, 'c.txt'), '');
    const r = await runTest(
      (p) => ({
        lines: p.read(text.files(join(folder, '*.txt'))),
        places: p
          .read(text.files(join(folder, 'a.txt'), { withPosition: true }))
          .map((line) => line.offset),
      }),
      { runner: runner() },
    );
    expect([...r.lines.values].sort()).toEqual([...lines, 'last line without an end'].sort());
    const offsets = lines.map(
      (_, i) => Buffer.byteLength(lines.slice(0, i).join('\n')) + (i > 0 ? 1 : 0),
    );
    expect([...r.places.values].map(Number).sort(byNumber)).toEqual(offsets);
  });

  it('SDF-1: iterables and records that span lines are read once', async () => {
    writeFileSync(join(folder, 'a.csv'), 'n,text\n1,"two\nlines"\n2,one\n');
    const r = await runTest(
      (p) => ({
        rows: p.read(csv.files(join(folder, 'a.csv'))),
        values: p.read(memory.iterable(['a', 'b', 'c'])),
      }),
      { runner: runner() },
    );
    expect([...r.rows.values].map((row) => JSON.stringify(row)).sort()).toEqual([
      '{"n":"1","text":"two\\nlines"}',
      '{"n":"2","text":"one"}',
    ]);
    expect([...r.values.values].sort()).toEqual(['a', 'b', 'c']);
  });
});

// What a bug here looks like: a file that is read twice, or never, or a job that does not end.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { fixed, pipeline, stamp } from '#sdk/index.js';
import { SimulatedEnv } from '#runners/core/simulated-env.js';
import { directRunner } from '#runners/direct/index.js';
import { memory } from '../memory/index.js';
import { text } from '../text/index.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strahl-watch-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, content: string): void => {
  mkdirSync(join(folder, 'in'), { recursive: true });
  writeFileSync(join(folder, 'in', name), content);
};

it('reads files that are there and files that appear, each once, in windows of their finding', async () => {
  const lines: string[] = [];
  const env = new SimulatedEnv({ now: 1_000 });
  const found = pipeline('watch', (p) => {
    p.read(
      text.files(join(folder, 'in', '*.txt'), {
        watch: { every: '10s', until: { elapsed: '35s' } },
      }),
    )
      .flatMap((line, c) => {
        // The next look comes ten seconds later.
        if (line === 'a1') write('b.txt', 'b1\nb2\n');
        return [stamp(`${line} ${String(c.timestamp)}`, c.timestamp)];
      })
      .window(fixed('10s'))
      .distinct()
      .write(memory.collect(lines));
  });
  write('a.txt', 'a1\n');
  await found.run({}, { runner: directRunner({ env }) });
  expect(lines.sort()).toEqual(['a1 1000', 'b1 11000', 'b2 11000']);
  expect(env.now()).toBe(41_000);
});

it('waits for a folder that is not there', async () => {
  const lines: string[] = [];
  const env = new SimulatedEnv();
  await pipeline('nothing', (p) => {
    p.read(
      text.files(join(folder, 'no', '*'), { watch: { every: '1s', until: { silent: '3s' } } }),
    ).write(memory.collect(lines));
  }).run({}, { runner: directRunner({ env }) });
  expect(lines).toEqual([]);
  expect(env.now()).toBe(3_000);
});

it('refuses to watch standard input', () => {
  expect(() => text.files('-', { watch: '1s' })).toThrow(/STRAHL-9002/);
});

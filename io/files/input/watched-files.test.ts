// What a bug here looks like: a file that is read twice, or never, or a job that does not end.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromJSON, tableToIPC } from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fixed, pipeline, s, stamp, type Source } from '#sdk/index.js';
import { SimulatedEnv } from '#runners/core/simulated-env.js';
import { directRunner } from '#runners/direct/index.js';
import { arrow } from '../../arrow/index.js';
import { csv } from '../../csv/index.js';
import { jsonl } from '../../jsonl/index.js';
import { memory } from '../../memory/index.js';
import { text } from '../../text/index.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strahl-watch-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, content: string | Uint8Array): void => {
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

describe('each format has files that are watched', () => {
  const Row = s.row({ n: s.int });
  const watch = { every: '1s', until: { elapsed: '30s' } } as const;
  const any = (): string => join(folder, 'in', '*');
  type Rows = Source<{ readonly n: number | string }, 'unbounded'>;

  const formats: readonly (readonly [string, (n: number) => string | Uint8Array, () => Rows])[] = [
    ['jsonl', (n) => `{"n":${String(n)}}\n`, () => jsonl.files(any(), { watch })],
    [
      'jsonl with a schema',
      (n) => `{"n":${String(n)}}\n`,
      () => jsonl.files(any(), Row, { watch }),
    ],
    ['csv', (n) => `n\n${String(n)}\n`, () => csv.files(any(), { watch }) as Rows],
    [
      'arrow',
      (n) => tableToIPC(tableFromJSON([{ n }])),
      () => arrow.files(any(), { as: 'rows', schema: s.row({ n: s.double }), watch }),
    ],
  ];

  it.each(formats)('%s', async (_, content, files) => {
    const env = new SimulatedEnv();
    const seen: string[] = [];
    write('a', content(1));
    await pipeline('watch', (p) => {
      p.read(files())
        .map(({ n }, c) => {
          if (Number(n) === 1) write('b', content(2));
          // How long it takes to read does not count on the clock of the job, but looks do.
          return `${String(n)} ${c.timestamp > 0 ? 'later' : 'at first'}`;
        })
        .write(memory.collect(seen));
    }).run({}, { runner: directRunner({ env }) });
    expect(seen).toEqual(['1 at first', '2 later']);
  });

  it('arrow, by batches', async () => {
    const seen: number[] = [];
    write('a', tableToIPC(tableFromJSON([{ n: 1 }, { n: 2 }])));
    await pipeline('watch', (p) => {
      p.read(arrow.files(any(), { as: 'batches', watch }))
        .map((batch) => batch.numRows)
        .write(memory.collect(seen));
    }).run({}, { runner: directRunner({ env: new SimulatedEnv() }) });
    expect(seen).toEqual([2]);
  });
});

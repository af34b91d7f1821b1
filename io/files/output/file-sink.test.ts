import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { fixed, pipeline } from '#sdk/index.js';
import type { Failed } from '#sdk/collections/split-outputs.js';
import { csv } from '../../csv/index.js';
import { jsonl } from '../../jsonl/index.js';
import { memory } from '../../memory/index.js';
import { text, type TextSinkOptions } from '../../text/index.js';
import { TempFolder } from '../temp-folder.fixture.js';

const folder = new TempFolder();
afterAll(() => {
  folder.remove();
});

const numbers = (n: number): string[] => Array.from({ length: n }, (_, i) => String(i));
const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);

async function write(
  values: readonly string[],
  path: string,
  options?: TextSinkOptions,
): Promise<unknown[]> {
  const done: unknown[] = [];
  await pipeline('write', (p) => {
    p.of(values).write(text.sink(path, options)).done.write(memory.collect(done));
  }).run({});
  return done;
}

describe('a sink of lines', () => {
  it('writes one file of exactly the given name, makes its directory and says when it is done', async () => {
    const file = folder.of('one/deep/out.txt');
    expect(await write(['a', 'é', ''], file)).toEqual([file]);
    expect(readFileSync(file, 'utf8')).toBe('a\né\n\n');
    expect(readdirSync(folder.of('one/deep'))).toEqual(['out.txt']);
  });

  it('is refused where another one writes the same files: what that wrote would be gone', () => {
    const twice = (one: TextSinkOptions, other: TextSinkOptions) => () =>
      pipeline('twice', (p) => {
        p.of(['a']).write(text.sink(folder.of('twice/out'), one));
        p.of(['b']).write(text.sink(folder.of('twice/../twice/out'), other));
      }).run({});
    return Promise.all([
      expect(twice({}, {})()).rejects.toThrow(
        /STRAHL-1106 {2}\S*twice\/out is written twice[\s\S]*built at[\s\S]*file-sink\.test\.ts/,
      ),
      expect(twice({ shards: 2 }, { shards: 2 })()).rejects.toThrow(/STRAHL-1106/),
      expect(twice({ shards: 2 }, { suffix: '.txt' })()).resolves.toBeDefined(),
    ]);
  });

  it('spreads elements over shards', async () => {
    await write(numbers(10), folder.of('shards/part'), { shards: 3, suffix: '.txt' });
    const files = readdirSync(folder.of('shards'));
    expect(files).toEqual([0, 1, 2].map((i) => `part-0000${String(i)}-of-00003.txt`));
    const all = files.flatMap((name) => linesOf(folder.of(`shards/${name}`)));
    expect(all.sort()).toEqual(numbers(10).sort());
  });

  it('writes empty files for an empty input', async () => {
    await write([], folder.of('empty/none.txt'));
    await write([], folder.of('empty/packed.gz'), { compression: 'gzip' });
    expect(readFileSync(folder.of('empty/none.txt'), 'utf8')).toBe('');
    expect(gunzipSync(readFileSync(folder.of('empty/packed.gz'))).length).toBe(0);
  });

  it('packs what it writes', async () => {
    await write(numbers(1000), folder.of('packed.txt.gz'), { compression: 'gzip' });
    const unpacked = gunzipSync(readFileSync(folder.of('packed.txt.gz'))).toString();
    expect(unpacked).toBe(`${numbers(1000).join('\n')}\n`);
  });

  it('replaces a file that is there', async () => {
    const file = folder.write('there.txt', 'old content that is longer\n');
    await write(['new'], file);
    expect(readFileSync(file, 'utf8')).toBe('new\n');
  });

  it('joins the parts of many bundles in their order', async () => {
    const input = folder.write('input.txt', `${numbers(50_000).join('\n')}\n`);
    await pipeline('copy', (p) => {
      p.read(text.files(input)).write(text.sink(folder.of('copy.txt')));
    }).run({});
    expect(linesOf(folder.of('copy.txt'))).toEqual(numbers(50_000));
  });

  it('writes a file per window', async () => {
    await pipeline('windows', (p) => {
      p.of([0, 500, 1500])
        .withTimestamps((t) => t)
        .window(fixed('1s'))
        .map(String)
        .write(text.sink(folder.of('windows/log'), { windowTemplate: '{start}', suffix: '.txt' }));
    }).run({});
    const files = readdirSync(folder.of('windows'));
    expect(files).toEqual(['log-1970-01-01T00-00-00Z.txt', 'log-1970-01-01T00-00-01Z.txt']);
    expect(linesOf(folder.of(`windows/${files[0] ?? ''}`)).sort()).toEqual(['0', '500']);
  });

  it.each([
    ['', {}, /cannot name an output file/],
    ['out/', {}, /cannot name an output file/],
    ['a\0', {}, /cannot name an output file/],
    ['a', { shards: 0 }, /shards must be/],
    ['a', { shards: 1.5 }, /shards must be/],
    ['a', { suffix: '/../../etc' }, /leaves the directory/],
    ['a', { windowTemplate: '{pane}' }, /needs \{start\} or \{end\}/],
    ['a', { windowTemplate: '{begin}' }, /not \{begin\}/],
    ['a', { windowTemplate: '../{start}' }, /cannot leave the directory/],
  ])('refuses %j with %j at the call', (path, options, message) => {
    expect(() => text.sink(path, options)).toThrow(message);
    expect(() => text.sink(path, options)).toThrow(/STRAHL-9002/);
  });
});

describe('a job that fails', () => {
  it('leaves no file and no directory behind', async () => {
    const target = folder.of('failing/out.txt');
    const input = folder.write('failing.txt', `${numbers(20_000).join('\n')}\nbad\n`);
    const job = pipeline('fails', (p) => {
      p.read(text.files(input))
        .map((line) => {
          if (line === 'bad') throw new Error('on purpose');
          return line;
        })
        .write(text.sink(target));
    });
    await expect(job.run({})).rejects.toMatchObject({ code: 'STRAHL-4001' });
    expect(existsSync(folder.of('failing'))).toBe(false);
  });

  it('leaves the file that was there', async () => {
    const target = folder.write('kept.jsonl', 'old\n');
    const job = pipeline('fails', (p) => {
      p.of([1, NaN]).write(jsonl.sink(target));
    });
    await expect(job.run({})).rejects.toMatchObject({ code: 'STRAHL-5001' });
    expect(readFileSync(target, 'utf8')).toBe('old\n');
    expect(readdirSync(folder.path).filter((name) => name.startsWith('.strahl'))).toEqual([]);
  });

  it('names a directory that stands where the file should be', async () => {
    mkdirSync(folder.of('is-directory'));
    await expect(write(['a'], folder.of('is-directory'))).rejects.toMatchObject({
      code: 'STRAHL-6002',
    });
    expect(readdirSync(folder.of('is-directory'))).toEqual([]);
  });

  it('names a file that stands where a directory should be', async () => {
    writeFileSync(folder.of('is-file'), '');
    await expect(write(['a'], folder.of('is-file/out.txt'))).rejects.toMatchObject({
      code: 'STRAHL-6002',
    });
  });
});

describe('an element that a format cannot say', () => {
  it('goes to `failed` if asked for', async () => {
    const failed: Failed<unknown>[] = [];
    const target = folder.of('good.jsonl');
    await pipeline('dead', (p) => {
      const written = p.of([1, NaN, 2]).write(jsonl.sink(target, { badRecords: 'dead-letter' }));
      written.failed.write(memory.collect(failed));
    }).run({});
    expect(linesOf(target)).toEqual(['1', '2']);
    expect(failed).toMatchObject([
      { input: NaN, error: { message: expect.stringMatching(/NaN/) } },
    ]);
  });

  it('fails the job by default: half of a surrogate pair', async () => {
    await expect(write(['\ud800'], folder.of('half.txt'))).rejects.toThrow(/surrogate/);
  });
});

describe('CSV', () => {
  it('comes back as it was written', async () => {
    const file = folder.of('table.csv');
    const table = [
      { id: 1, name: 'a "quoted", name', note: 'two\nlines' },
      { id: 2, name: ' blank ', note: '' },
      { id: 3, name: 'é', note: null },
    ];
    await pipeline('csv', (p) => {
      p.of(table).write(csv.sink(file, { columns: ['id', 'name', 'note'] }));
    }).run({});
    expect(
      readFileSync(file, 'utf8').startsWith('id,name,note\n1,"a ""quoted"", name","two\nlines"\n'),
    ).toBe(true);
    const read: unknown[] = [];
    await pipeline('back', (p) => {
      p.read(csv.files(file)).write(memory.collect(read));
    }).run({});
    expect(read).toEqual(
      table.map((row) => ({ id: String(row.id), name: row.name, note: row.note ?? '' })),
    );
  });

  it('of no rows is its header', async () => {
    await pipeline('csv', (p) => {
      p.of<object>([]).write(
        csv.sink(folder.of('header.csv'), { columns: ['a', 'b'], delimiter: ';' }),
      );
    }).run({});
    expect(readFileSync(folder.of('header.csv'), 'utf8')).toBe('a;b\n');
  });

  it('refuses columns and dialects that cannot be told apart', () => {
    expect(() => csv.sink('a', { columns: ['a', 'a'] })).toThrow(/given twice/);
    expect(() => csv.sink('a', { columns: [] })).toThrow(/at least one/);
    expect(() => csv.files('a', { delimiter: '"' })).toThrow(/must differ/);
    expect(() => csv.files('a', { delimiter: '' })).toThrow(/cannot separate/);
    expect(() => csv.files('a', { quote: 'ab' })).toThrow(/one visible/);
  });
});

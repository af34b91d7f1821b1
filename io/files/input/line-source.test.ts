import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { plainLines } from '../../text/text-lines.js';
import type { ReadOutcome } from '../bad-records.js';
import { TempFolder } from '../temp-folder.fixture.js';
import type { FileRestriction } from './file-restriction.js';
import { readByHand, type HandRead } from './hand-reader.fixture.js';
import { lineSource, type LineOptions } from './line-source.js';
import { RecordTarget } from './record-target.js';

const folder = new TempFolder();
afterAll(() => {
  folder.remove();
});

const lines = Array.from(
  { length: 2000 },
  (_, i) => `line ${String(i)} ${i % 7 === 0 ? 'é' : 'e'}`,
);
const plain = folder.write('lines.txt', `${lines.join('\n')}\n`);
const packed = folder.write('lines.txt.gz', gzipSync(lines.join('\r\n')));

type Read = HandRead<string | ReadOutcome<string>>;
const read = (pattern: string, options: LineOptions = {}, rangeBytes?: number): Promise<Read> =>
  readByHand(plainLines({ pattern, options, badRecords: 'fail' }, rangeBytes));

describe('a source of lines', () => {
  it('reads every line of plain and packed files', async () => {
    expect((await read(plain)).elements).toEqual(lines);
    expect((await read(packed)).elements).toEqual(lines);
    expect((await read(folder.of('lines.txt*'))).elements).toEqual([...lines, ...lines]);
  });

  it('reads what has no size as far as it goes, and nothing of an empty file', async () => {
    const limits = '/proc/self/limits';
    const isLinux = existsSync(limits);
    const first = isLinux ? readFileSync(limits, 'utf8').split('\n')[0] : undefined;
    expect((await read(isLinux ? limits : folder.write('none', ''))).elements[0]).toBe(first);
    expect((await read(folder.write('empty', ''))).elements).toEqual([]);
  });

  it('reads every line exactly once in small ranges', async () => {
    for (const rangeBytes of [97, 1000, 100_000]) {
      const elements = (await read(plain, {}, rangeBytes)).elements;
      expect(elements).toEqual(lines);
    }
  });

  it('goes on with the rest after each refused claim, and repeats a failed bundle', async () => {
    for (const pattern of [plain, packed]) {
      const source = plainLines({ pattern, options: {}, badRecords: 'fail' });
      const done = await readByHand(source, { claimsPerBundle: 137, failing: new Set([0, 3, 4]) });
      expect(done.elements).toEqual(lines);
      expect(done.rests).toBe(Math.floor(2000 / 137));
    }
  });

  it('ends a bundle that keeps too much of a packed file, and goes on behind it', async () => {
    const long = 'x'.repeat(100_000);
    const text = Array.from({ length: 1000 }, (_, i) => `${String(i)} ${long}`);
    const file = folder.write('long.gz', gzipSync(text.join('\n'), { level: 1 }));
    const { elements, rests } = await read(file);
    expect(elements.length).toBe(1000);
    expect(elements.every((line, i) => line === text[i])).toBe(true);
    expect(rests).toBe(2);
  });

  it('counts the bytes it reads from disk', async () => {
    const bytes = (r: Read): number | undefined => r.counters.get('bytes_read');
    expect(bytes(await read(plain))).toBe(Buffer.byteLength(`${lines.join('\n')}\n`));
    expect(bytes(await read(packed))).toBe(gzipSync(lines.join('\r\n')).length);
  });

  it('knows how many bytes are left', async () => {
    const source = plainLines({ pattern: plain, options: {}, badRecords: 'fail' }, 100);
    const first = await source.initial({ now: () => 0 });
    const parts = [...((await source.split?.(first)) ?? [])];
    const total = source.size?.(first);
    expect(parts.reduce((sum, part) => sum + (source.size?.(part) ?? 0), 0)).toBe(total);
  });

  it('reads unsplit files for a runner that does not split', async () => {
    const source = plainLines({
      pattern: folder.of('lines.txt*'),
      options: {},
      badRecords: 'fail',
    });
    const unsplit: typeof source = {
      name: source.name,
      boundedness: source.boundedness,
      initial: () => source.initial({ now: () => 0 }),
      read: (range, c) => source.read(range, c),
    };
    expect((await readByHand(unsplit)).elements).toEqual([...lines, ...lines]);
  });

  it('reads what several gzip members hold one after the other', async () => {
    const file = folder.write('members.gz', Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]));
    expect((await read(file)).elements).toEqual(['a', 'b']);
  });

  it('takes a file as packed or plain if told so', async () => {
    const odd = folder.write('odd.bin', gzipSync('a\nb'));
    expect((await read(odd, { compression: 'gzip' })).elements).toEqual(['a', 'b']);
    const named = folder.write('named.gz', 'a\nb');
    expect((await read(named, { compression: 'none' })).elements).toEqual(['a', 'b']);
  });
});

describe('standard input', () => {
  const source = (input: Readable): ReturnType<typeof lineSource<string | ReadOutcome<string>>> =>
    lineSource<string | ReadOutcome<string>>({
      name: 'text.files',
      pattern: '-',
      options: {},
      target: (c, file) => new RecordTarget(c, file, { parse: (line) => line }, 'fail'),
      stdin: () => input,
    });

  it.each([
    ['plain', [Buffer.from('a\nb'), Buffer.from('c\nd')]],
    ['packed', [gzipSync('a\nbc\nd')]],
  ])('is read once, also if bundles fail: %s', async (_, chunks) => {
    const done = await readByHand(source(Readable.from(chunks)), {
      claimsPerBundle: 1,
      failing: new Set([0, 2]),
    });
    expect(done.elements).toEqual(['a', 'bc', 'd']);
  });

  it('may be empty', async () => {
    expect((await readByHand(source(Readable.from([])))).elements).toEqual([]);
  });
});

describe('a file that changes', () => {
  it('fails the read if it became shorter', async () => {
    const file = folder.write('shrinking.txt', 'a\n'.repeat(1000));
    const source = plainLines({ pattern: file, options: {}, badRecords: 'fail' });
    const first: FileRestriction = await source.initial({ now: () => 0 });
    truncateSync(file, 10);
    await expect(readByHand({ ...source, initial: () => first })).rejects.toMatchObject({
      code: 'STRAHL-6004',
    });
  });

  it('is read as it was when the job started if it grew', async () => {
    const file = folder.write('growing.txt', 'a\nb\n');
    const source = plainLines({ pattern: file, options: {}, badRecords: 'fail' });
    const first = await source.initial({ now: () => 0 });
    appendFileSync(file, 'c\n');
    expect((await readByHand({ ...source, initial: () => first })).elements).toEqual(['a', 'b']);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LineCutter, type LineTarget } from './line-cutter.js';

interface Cut {
  readonly text: string;
  readonly offset: number;
}

/** Cuts `bytes` in pieces of `step` bytes, the range [from, to) only. */
function cut(bytes: Buffer, step: number, from = 0, to = bytes.length, max = 1e6): Cut[] {
  const lines: Cut[] = [];
  const target: LineTarget = {
    line: (text, offset) => lines.push({ text, offset }) > 0,
    badLine: (raw, offset, why) => lines.push({ text: `${why} ${String(raw.length)}`, offset }) > 0,
  };
  const cutter = new LineCutter(target, from, to, max);
  for (let at = LineCutter.startsAt(from); at < bytes.length; at += step) {
    if (!cutter.feed(bytes.subarray(at, at + step))) return lines;
  }
  cutter.end();
  return lines;
}

const texts = (lines: readonly Cut[]): string[] => lines.map((line) => line.text);

describe('a line', () => {
  it.each([
    ['', []],
    ['\n', ['']],
    ['a', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\rb\n', ['a\rb']],
    ['\r\n\r', ['', '']],
    ['\ufeffa\n\ufeffb\n', ['a', '\ufeffb']],
    ['é\n日本\n', ['é', '日本']],
  ])('of %j is what stands before each line end', (text, lines) => {
    const bytes = Buffer.from(text);
    for (const step of [1, 2, 3, 100]) expect(texts(cut(bytes, step))).toEqual(lines);
  });

  it('that is not UTF-8 is reported alone', () => {
    const bytes = Buffer.concat([
      Buffer.from('good\n'),
      Buffer.from([0xff, 0x41, 10]),
      Buffer.from('é\n'),
    ]);
    expect(texts(cut(bytes, 64))).toEqual(['good', 'not-utf8 2', 'é']);
  });

  it('that is too long is reported with its beginning and costs no more memory than the limit', () => {
    const bytes = Buffer.from(`a\n${'x'.repeat(100_000)}\nb\n`);
    for (const step of [512, 1e6]) {
      expect(texts(cut(bytes, step, 0, bytes.length, 5000))).toEqual(['a', 'too-long 4096', 'b']);
    }
  });

  it('longer than a block of lines is whole', () => {
    const long = 'y'.repeat(10_000);
    expect(texts(cut(Buffer.from(`a\n${long}\nb`), 1e6))).toEqual(['a', long, 'b']);
  });
});

describe('ranges', () => {
  it('cover every line exactly once, wherever they are cut', () => {
    const line = fc.string({
      unit: fc.constantFrom('a', 'b', '\r', 'é', '日', ' '),
      maxLength: 12,
    });
    const content = fc.tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('', '\n'));
    fc.assert(
      fc.property(
        content,
        fc.array(fc.nat(300)),
        fc.integer({ min: 1, max: 40 }),
        (parts, cuts, step) => {
          const bytes = Buffer.from(parts[0].join('\n') + parts[1]);
          const ends = [
            ...new Set([0, ...cuts.filter((at) => at < bytes.length), bytes.length]),
          ].sort((a, b) => a - b);
          const pieces = ends.slice(1).flatMap((to, i) => cut(bytes, step, ends[i], to));
          expect(pieces).toEqual(cut(bytes, 1e6));
        },
      ),
    );
  });

  it('know the first byte of each line in the text', () => {
    const bytes = Buffer.from('é\r\nb\n\nc');
    expect(cut(bytes, 4).map((line) => line.offset)).toEqual([0, 4, 6, 7]);
  });
});

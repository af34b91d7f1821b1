// What a bug here looks like: whoever reads an error looks for its element in the wrong place of a file.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pipeline } from '#sdk/index.js';
import { text } from '../../text/index.js';
import { positionIn, STDIN } from './file-restriction.js';

const file = { path: 'a.txt', bytes: 99 };

describe('a place in a file', () => {
  it.each([
    [{ kind: 'range', file, counts: 'bytes', from: 10, to: 99 }, 5, 'a.txt, byte 15'],
    [{ kind: 'range', file, counts: 'records', from: 0, to: 9 }, 2, 'a.txt, record 2'],
    [{ kind: 'range', file, counts: 'batches', from: 3, to: 9 }, 0, 'a.txt, batch 3'],
    [{ kind: 'range', file, counts: 'records', from: 0, to: 9 }, undefined, 'a.txt'],
    [{ kind: 'files', files: [file, { path: 'b.txt', bytes: 1 }], from: 0, to: 2 }, 1, 'b.txt'],
  ] as const)('%j, of which %p is read, is %s', (restriction, done, said) => {
    expect(positionIn(restriction, done)).toBe(said);
  });

  it('has no path where it is read from standard input', () => {
    const range = { kind: 'range', counts: 'records', from: 0, to: 9 } as const;
    expect(positionIn({ ...range, file: { path: STDIN, bytes: 0 } }, 3)).toBe(
      'standard input, record 3',
    );
  });

  it('is told with the error of a function behind its source (BND-2)', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'place-')), 'words.txt');
    writeFileSync(path, 'one\ntwo\nthree\n');
    const failing = pipeline('failing', (p) =>
      p.read(text.files(path)).map((word) => {
        if (word === 'three') throw new Error('no more than two');
        return word;
      }),
    );
    await expect(failing.run({})).rejects.toMatchObject({
      code: 'STRAHL-4001',
      position: `${path}, byte 8`,
    });
  });
});

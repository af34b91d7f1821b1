// What a bug here looks like: an error about a file that names a line of this package and not of the user.
import { describe, expect, it } from '@jest/globals';
import { pipeline, type Root } from '#sdk/index.js';
import { arrow } from './arrow/index.js';
import { csv } from './csv/index.js';
import { jsonl } from './jsonl/index.js';
import { text } from './text/index.js';

const READS: readonly (readonly [string, (p: Root) => unknown])[] = [
  ['text', (p) => text.read(p, '/nowhere/in.txt')],
  ['text with positions', (p) => text.read(p, '/nowhere/in.txt', { withPosition: true })],
  ['JSON lines', (p) => jsonl.read(p, '/nowhere/in.jsonl')],
  ['CSV', (p) => csv.read(p, '/nowhere/in.csv')],
  ['Arrow', (p) => arrow.read(p, '/nowhere/in.arrow')],
];

describe('what reads records and dead letters', () => {
  it.each(READS)('is built where the user calls it: %s', async (_, read) => {
    const job = pipeline('read', (p) => {
      read(p);
    });
    await expect(job.run({})).rejects.toThrow(/built at io\/read-sites\.test\.ts:/);
  });
});

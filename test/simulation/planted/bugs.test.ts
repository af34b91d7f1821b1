import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { BUGS } from './bugs.js';

// `npm run test:planted` takes minutes; that its bugs still have a place to be planted is told at once.
it.each(BUGS)('there is one place for the bug that $name', async ({ file, right, wrong }) => {
  const parts = (await readFile(file, 'utf8')).split(right);
  expect(parts).toHaveLength(2);
  expect(wrong).not.toBe(right);
});

// What a build function does. A bug here would look like a job that ends well and has done nothing.
/* eslint-disable @typescript-eslint/no-unsafe-call -- callers without a compiler are the subject */
import { describe, expect, it } from '@jest/globals';
import type { Loose } from './construction-cases.fixture.js';
import { pipeline } from './index.js';
import { runTest } from './testing/index.js';

describe('a build function that is not over when it returns', () => {
  // What it adds after an await would be missing, and the job would end well.
  const later = async (p: Loose): Promise<Loose> => {
    await Promise.resolve();
    return { out: p.of([1]) };
  };

  it('is refused with its place', async () => {
    const refusal = {
      code: 'STRAHL-9002',
      title: expect.stringContaining('"late" is asynchronous'),
    };
    await expect((pipeline as Loose)('late', later).run()).rejects.toMatchObject({
      ...refusal,
      site: expect.stringMatching(/build-function\.test\.ts:\d+:\d+$/),
      fix: expect.any(String),
    });
  });

  it('is refused in a test', async () => {
    await expect((runTest as Loose)(later)).rejects.toMatchObject({
      code: 'STRAHL-9002',
      title: 'the build function of runTest is asynchronous',
    });
  });
});

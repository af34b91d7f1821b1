// What a bug here looks like: Strahl does not start where policy forbids code from strings.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

// A Jest context ignores the flag, so the stage runs in a plain process.
it('runs a stage as closures where new Function is refused', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--disallow-code-generation-from-strings',
    '--conditions=strahl-source',
    '--import',
    'tsx',
    'sdk/harness/no-code-generation.fixture.ts',
  ]);
  expect(JSON.parse(stdout)).toEqual({ refused: true, values: [2, 4] });
}, 30_000);

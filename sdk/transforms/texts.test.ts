import { expect, it } from '@jest/globals';
import { pipeline, type Logger } from '../index.js';
import { directRunner } from '#runners/direct/index.js';

it('logs each element with its time as people read it', async () => {
  const lines: unknown[] = [];
  const info = (message: string, fields?: object): void => {
    lines.push({ message, ...fields });
  };
  const log: Logger = { debug: info, info, warn: info, error: info };
  await pipeline('said', (p) =>
    p
      .of([1_431_857_103_000])
      .log()
      .withTimestamps((t) => t)
      .log('timed'),
  ).run({}, { runner: directRunner({ log }) });
  expect(lines).toMatchObject([
    { message: 'element', value: 1_431_857_103_000, timestamp: 'TIMESTAMP_MIN' },
    { message: 'timed', value: 1_431_857_103_000, timestamp: '2015-05-17T10:05:03.000Z' },
  ]);
});

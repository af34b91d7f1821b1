import { describe, expect, it } from '@jest/globals';
import { pipeline } from '../../index.js';
import { directRunner } from '#runners/direct/index.js';
import type { Logger } from '../../dofn/dofn.js';
import { logLine, logText } from './step-log.js';

describe('a line of the log', () => {
  it('names the step that logged and where it was built', async () => {
    const lines: (readonly [string, string, object | undefined])[] = [];
    const say = (level: string) => (message: string, fields?: object) => {
      lines.push([level, message, fields]);
    };
    const log: Logger = {
      debug: say('debug'),
      info: say('info'),
      warn: say('warn'),
      error: say('error'),
    };
    const job = pipeline('logs', (p) =>
      p
        .of([1])
        .map((n, c) => {
          c.log.warn('odd', { n });
          return n;
        })
        .named('look'),
    );
    await job.run({}, { runner: directRunner({ log }) });
    const site: unknown = expect.stringMatching(/step-log\.test\.ts:\d+:\d+$/);
    expect(lines).toEqual([['warn', 'odd', { n: 1, step: 'look', site }]]);
  });

  it('shows message, fields and place, in one line', () => {
    const line = logLine('two\nlines', { n: 1, step: 'look', site: 'a.ts:1:2' });
    expect(logText(line)).toBe('two\\nlines {"n": 1} (look at a.ts:1:2)');
    expect(logText(logLine('just this'))).toBe('just this');
  });
});

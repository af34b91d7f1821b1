// What a bug here looks like: a flag that means both the command and an option of the pipeline.
import { describe, expect, it } from '@jest/globals';
import { pipeline, s } from '#sdk/index.js';
import { COMMON_FLAGS } from '../flags/command-flags.js';
import { COMMANDS } from './commands.js';

const camel = (flag: string): string =>
  flag.replaceAll(/-./g, ([, letter]) => letter!.toUpperCase());

const flags = COMMANDS.filter(({ subject }) => subject === 'pipeline').flatMap((c) => c.flags);

describe('flags of commands that take the options of a pipeline', () => {
  it.each([...new Set([...COMMON_FLAGS, ...flags].map(({ name }) => name))])(
    'keep --%s for themselves',
    (flag) => {
      const Options = s.options({ [camel(flag)]: s.string });
      expect(() => pipeline('taken', Options, () => undefined)).toThrow(
        expect.objectContaining({ code: 'STRAHL-9003', fix: expect.stringContaining('rename') }),
      );
    },
  );
});

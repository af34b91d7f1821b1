// What a bug here looks like: help that fails, or that says nothing of what a flag takes.
import { describe, expect, it } from '@jest/globals';
import { type } from 'arktype';
import * as z from 'zod';
import { s } from '#sdk/index.js';
import { flagsOf } from './option-flags.js';

describe('the flags of options', () => {
  it('say what they take, and their defaults', () => {
    const Options = s.options({
      input: s.string.describe('what to read'),
      gap: s.duration.default('1m'),
      size: s.int.optional(),
    });
    expect(flagsOf(Options)).toEqual([
      { name: 'input', value: 'TEXT', about: 'what to read  (required)' },
      { name: 'gap', value: 'DURATION', about: '(default 1m)' },
      { name: 'size', value: 'INTEGER', about: '' },
    ]);
  });

  it('do not say a default that a function makes', () => {
    const Options = type({ tags: type('string[]').default(() => []) });
    expect(flagsOf(Options)).toEqual([
      { name: 'tags', value: 'TEXT', many: true, about: '(has a default, may be repeated)' },
    ]);
  });

  it('say defaults that are no JSON', () => {
    const Options = z.object({
      big: z.bigint().default(5n),
      all: z.array(z.bigint()).default([1n]),
    });
    expect(flagsOf(Options)).toEqual([
      { name: 'big', value: 'INTEGER', about: '(default 5)' },
      { name: 'all', value: 'INTEGER', many: true, about: '(default ["1"], may be repeated)' },
    ]);
  });
});

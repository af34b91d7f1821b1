import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { optionFields, parseOptions } from './options.js';
import { s } from './schema/s.js';

const Options = s.options({
  inputFile: s.string.describe('what to read'),
  count: s.int.default(3),
  ratio: s.double.optional(),
  dryRun: s.boolean.default(false),
  gap: s.duration.default(60_000 as never),
  tags: s.array(s.string).default([]),
  password: s.secret.optional(),
});

describe('optionFields', () => {
  it('lists name, flag, type, default and description in order', () => {
    const [input, count, , dryRun, , tags, password] = optionFields(Options);
    expect(input).toEqual({
      name: 'inputFile',
      flag: 'input-file',
      type: 'string',
      description: 'what to read',
      optional: false,
      secret: false,
    });
    expect(count).toMatchObject({ type: 'integer', default: { value: 3 }, optional: true });
    expect(dryRun).toMatchObject({ flag: 'dry-run', type: 'boolean' });
    expect(tags).toMatchObject({ type: 'list', itemType: 'string' });
    expect(password).toMatchObject({ secret: true, optional: true });
  });
});

it('takes s.secret and s.secret() alike', () => {
  const [a, b, c] = optionFields(
    s.options({ a: s.secret, b: s.secret(), c: s.secret().optional() }),
  );
  for (const field of [a, b, c]) expect(field).toMatchObject({ type: 'string', secret: true });
  expect(parseOptions(s.options({ token: s.secret }), { token: 'x' })).toEqual({ token: 'x' });
});

describe('parseOptions', () => {
  it('turns texts into the types of their fields and fills in defaults', () => {
    const raw = {
      inputFile: 'x',
      count: '7',
      ratio: '0.5',
      dryRun: 'true',
      gap: '2m',
      tags: ['a'],
    };
    expect(parseOptions(Options, raw)).toEqual({
      inputFile: 'x',
      count: 7,
      ratio: 0.5,
      dryRun: true,
      gap: 120_000,
      tags: ['a'],
    });
  });

  it('lists every wrong and every missing value at once, and no secret', () => {
    const Strict = s.options({ a: s.string, n: s.int, key: s.literal('x') });
    let message = '';
    try {
      void parseOptions(Strict, { n: '1.5', key: 'hunter2' });
    } catch (error) {
      message = (error as { readonly message: string }).message;
    }
    expect(message).toContain('STRAHL-9002');
    expect(message).toContain('--a is missing');
    expect(message).toContain('--n: expected an integer');
  });

  it('works with schemas of other libraries', () => {
    const Zod = z.object({ port: z.int(), host: z.string().default('localhost') });
    expect(parseOptions(Zod, { port: '80' })).toEqual({ port: 80, host: 'localhost' });
  });
});

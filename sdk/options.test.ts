import { describe, expect, it } from '@jest/globals';
import { type } from 'arktype';
import * as v from 'valibot';
import * as z from 'zod';
import { optionFields, parseOptions } from './options.js';
import { pipeline } from './pipeline.js';
import { s } from './schema/s.js';
import type { Schema } from './schema/schema.js';

const Options = s.options({
  inputFile: s.string.describe('what to read'),
  count: s.int.default(3),
  ratio: s.double.optional(),
  dryRun: s.boolean.default(false),
  gap: s.duration.default('1m'),
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

  it('reads bigints, and leaves what is none to the schema', () => {
    const Big = z.object({ n: z.bigint(), more: z.array(z.bigint()).default([]) });
    const read = parseOptions(Big, { n: '-12345678901234567890', more: ['1', '2'] });
    expect(read).toEqual({ n: -12345678901234567890n, more: [1n, 2n] });
    expect(() => parseOptions(Big, { n: '1.5' })).toThrow(/--n: .*expected bigint/);
  });
});

describe('options of a run', () => {
  const pipelineOf = (Given: typeof Options): Promise<unknown> =>
    pipeline('greedy', Given, (p) => p.of([1])).run({ n: '1', mode: 'y' } as never);

  it('lists every wrong and every missing value', async () => {
    const Three = s.options({ n: s.int, mode: s.literal('x'), input: s.string });
    await expect(pipelineOf(Three as never)).rejects.toThrow(
      /9002[^]*n expected an integer[^]*mode [^]*; input is missing/,
    );
  });

  it('fills in defaults', async () => {
    let seen: unknown;
    const one = pipeline('one', s.options({ n: s.int.default(3) }), (_, o) => (seen = o));
    await one.run({});
    expect(seen).toEqual({ n: 3 });
    await one.run();
    expect(seen).toEqual({ n: 3 });
  });

  it('reads durations and times, given or by default, as they may be written', async () => {
    let seen: unknown;
    const Both = s.options({
      gap: s.duration.default('1m'),
      every: s.duration,
      since: s.instant.nullable().default(new Date(5)),
    });
    await pipeline('both', Both, (_, o) => (seen = o)).run({ every: '2s' });
    expect(seen).toEqual({ gap: 60_000, every: 2_000, since: 5 });
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ['that the pipeline has not', { m: 1 }, undefined, /no option m: its options are n/],
    ['that belong behind them', { n: 1, runner: {} }, undefined, /no option runner/],
    ['that are none', 5, undefined, /an object, not 5/],
    ['and a runner that is none', { n: 1 }, 'direct', /given "direct" for its runner/],
  ])('refuses those %s', async (_, given, runner, text) => {
    const one = pipeline('one', s.options({ n: s.int }), (p) => p.of([1]));
    await expect(one.run(given as never, { runner } as never)).rejects.toThrow(text);
  });

  it('refuses all for a pipeline without any', async () => {
    const none = pipeline('none', (p) => p.of([1]));
    await expect(none.run({ runner: {} } as never)).rejects.toThrow(/it has no options/);
  });

  it.each<[string, Schema<unknown>]>([
    [
      'Zod',
      z.object({ port: z.string().transform(Number), host: z.string().default('localhost') }),
    ],
    [
      'Valibot',
      v.object({
        port: v.pipe(v.string(), v.transform(Number)),
        host: v.optional(v.string(), 'localhost'),
      }),
    ],
    ['ArkType', type({ port: 'string.numeric.parse', host: "string = 'localhost'" })],
  ])('go through a schema of %s: it fills in defaults and reads values', async (_, Other) => {
    let seen: unknown;
    const one = pipeline('other', Other, (_root, o) => (seen = o));
    await one.run({ port: '80' });
    expect(seen).toEqual({ port: 80, host: 'localhost' });
    await expect(one.run({ port: 80 })).rejects.toThrow(/9002[^]*port /);
    await expect(one.run({ host: 'a' })).rejects.toThrow(/9002[^]*port /);
  });

  it('wait for a schema that is asynchronous', async () => {
    let seen: unknown;
    const Later = z.object({ n: z.int().refine((n) => Promise.resolve(n > 0)) });
    const one = pipeline('later', Later, (_, o) => (seen = o));
    await one.run({ n: 1 });
    expect(seen).toEqual({ n: 1 });
    await expect(one.run({ n: 0 })).rejects.toThrow(/9002/);
  });

  it('do not go through it twice, once the command line has read them', async () => {
    let seen: unknown;
    const Zod = z.object({ port: z.string().transform(Number) });
    const one = pipeline('zod', Zod, (_, o) => (seen = o));
    await one.run((await parseOptions(Zod, { port: '80' })) as never);
    expect(seen).toEqual({ port: 80 });
  });
});

it('a pipeline needs a name', () => {
  expect(() => pipeline('', (p) => p.of([1]))).toThrow(/no name/);
});

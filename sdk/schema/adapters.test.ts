import { describe, expect, it } from '@jest/globals';
import { type } from 'arktype';
import * as v from 'valibot';
import * as z from 'zod';
import { viewOfSchema } from './adapters.js';
import { choiceOf } from './choice.js';
import type { Schema } from './schema.js';
import { s } from './s.js';

/** The same record in each library. */
const RECORDS: Readonly<Record<string, Schema<unknown>>> = {
  s: s.row({
    id: s.int64,
    name: s.string,
    ok: s.boolean,
    x: s.double.nullable(),
    tags: s.array(s.string),
  }),
  zod: z.object({
    id: z.int(),
    name: z.string(),
    ok: z.boolean(),
    x: z.number().nullable(),
    tags: z.array(z.string()),
  }),
  valibot: v.object({
    id: v.pipe(v.number(), v.integer()),
    name: v.string(),
    ok: v.boolean(),
    x: v.nullable(v.number()),
    tags: v.array(v.string()),
  }),
  arktype: type({
    id: 'number.integer',
    name: 'string',
    ok: 'boolean',
    x: 'number | null',
    tags: 'string[]',
  }),
};

describe('a record means the same in', () => {
  it.each(Object.entries(RECORDS))('%s', (_, schema) => {
    const { fields } = viewOfSchema(schema);
    const kinds = Object.fromEntries([...fields!].map(([name, { type: t }]) => [name, t.kind]));
    expect(kinds).toEqual({
      id: 'int64',
      name: 'string',
      ok: 'boolean',
      x: 'double',
      tags: 'array',
    });
    expect(fields!.get('x')!.type.nullable).toBe(true);
    expect(fields!.get('tags')!.type).toMatchObject({ element: { kind: 'string' } });
    expect(choiceOf(schema)?.kind).toBe('typed');
  });
});

describe('a record without an exact row travels as plain data:', () => {
  it.each<readonly [string, Schema<unknown>]>([
    ['unions', s.row({ x: s.union(s.string, s.int64) })],
    ['dates of Zod', z.object({ at: z.date() })],
    ['bigints', z.object({ n: z.bigint() })],
    ['records of unknown', z.object({ more: z.record(z.string(), z.unknown()) })],
    ['fields that may be missing', s.row({ note: s.string.optional() })],
    ['transformations of Valibot', v.object({ n: v.pipe(v.string(), v.transform(Number)) })],
    ['morphs of ArkType', type({ n: 'string.integer.parse' })],
    [
      'libraries that say nothing',
      { '~standard': { version: 1, vendor: 'x', validate: (value) => ({ value }) } },
    ],
  ])('%s', (_, schema) => {
    expect(choiceOf(schema)).toBeUndefined();
  });
});

describe('defaults, descriptions and allowed values are read from', () => {
  it.each<readonly [string, Schema<unknown>]>([
    ['s', s.row({ to: s.string.default('out').describe('folder'), mode: s.literal('a', 'b') })],
    [
      'zod',
      z.object({ to: z.string().default('out').describe('folder'), mode: z.enum(['a', 'b']) }),
    ],
    [
      'valibot',
      v.object({
        to: v.optional(v.pipe(v.string(), v.description('folder')), 'out'),
        mode: v.picklist(['a', 'b']),
      }),
    ],
    ['arktype', type({ to: type('string').describe('folder').default('out'), mode: "'a' | 'b'" })],
  ])('%s', (_, schema) => {
    const { fields } = viewOfSchema(schema);
    expect(fields!.get('to')!.notes).toMatchObject({
      default: { value: 'out' },
      description: 'folder',
    });
    expect(fields!.get('mode')!.notes.literals).toEqual(['a', 'b']);
  });
});

describe('s', () => {
  const Row = s.row({
    id: s.int64,
    note: s.string.optional(),
    mode: s.literal('fast', 'slow').default('fast'),
    at: s.instant,
    every: s.duration,
  });
  const check = (value: unknown): unknown => Row['~standard'].validate(value);

  it('fills in defaults, converts times and durations, leaves other fields out', () => {
    const given = { id: 1, at: '2015-05-17T10:05:03Z', every: '30s', more: 1 };
    expect(check(given)).toEqual({
      value: { id: 1, mode: 'fast', at: 1431857103000, every: 30_000 },
    });
  });

  it('lists every problem with its path', () => {
    expect(check({ id: 2 ** 53, at: NaN, every: 1, note: 7 })).toMatchObject({
      issues: [
        { path: ['id'], message: expect.stringContaining('expected an integer') },
        { path: ['note'], message: 'expected text, got number 7' },
        { path: ['at'], message: expect.stringContaining('expected a time') },
      ],
    });
  });

  it('reads own properties only, and a field called __proto__ is a field', () => {
    const Odd = s.row({ ['__proto__']: s.string, toString: s.string.optional() });
    const given = JSON.parse('{"__proto__":"x"}') as unknown;
    const result = Odd['~standard'].validate(given) as { readonly value: object };
    expect(Object.keys(result.value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(result.value)).toBe(Object.prototype);
  });
});

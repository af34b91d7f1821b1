// What a bug here looks like: bytes that only this SDK reads arrive in another one.
import { describe, expect, it } from '@jest/globals';
import { rowCoderOfPayload } from '#portability/coders/rows/rows.js';
import { payloadOfSchema, schemaOfPayload } from '#portability/coders/rows/schema-payload.js';
import { readExternalStep } from '#portability/model/external-step.js';
import { decodeExternalConfigurationPayload } from '#portability/proto/generated/external-transforms.js';
import { encodeSchema } from '#portability/proto/generated/schema.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { PCollection } from '../../collections/pcollection.js';
import type { Root } from '../../collections/root.js';
import { pipeline } from '../../pipeline.js';
import { keyCoder } from '../../schema/key-coder.js';
import { s } from '../../schema/s.js';
import { buildGraph } from '../../translate/build-graph.js';
import { external } from './external.js';
import type { ConfigValue, ExternalOptions } from './external-options.js';
import { pythonSource } from './python-source.js';

const expansion = 'localhost:1';
const upper = external({ python: 'apache_beam.Map', expansion, output: s.string });

function build(steps: (p: Root) => unknown): ReturnType<typeof buildGraph> {
  return buildGraph(pipeline('x', steps), {});
}

function requestOf(o: ExternalOptions): ReturnType<typeof readExternalStep>['request'] {
  const { graph } = build((p) => external({ ...o, output: s.string })(p));
  const [step] = [...graph.components.transforms.values()].filter(({ spec }) => spec !== undefined);
  return readExternalStep(step!.spec!).request;
}

/** The settings as another SDK reads them, and the types of the fields. */
function configOf(o: ExternalOptions): readonly [unknown, Readonly<Record<string, string>>] {
  const request = requestOf(o);
  if (request.kind !== 'transform') throw new Error('no payload');
  const { schema, payload } = decodeExternalConfigurationPayload(request.payload);
  const bytes = encodeSchema(schema!);
  const types = schemaOfPayload(bytes).fields.map(({ name, type }) => [name, type.kind] as const);
  return [rowCoderOfPayload(bytes).decode(new ByteReader(payload)), Object.fromEntries(types)];
}

describe('a collection on its way to another SDK', () => {
  it.each<readonly [string, (p: Root) => PCollection<string>]>([
    ['plain data', (p) => p.of(['a'])],
    [
      'a coder of the user',
      (p) => p.of(['a']).withCoder({ encode: (x) => Buffer.from(x), decode: String }),
    ],
    [
      'lists of such elements',
      (p) =>
        p
          .of(['a'])
          .withCoder({ encode: (x) => Buffer.from(x), decode: String })
          .batchElements() as never,
    ],
    ['a union', (p) => p.of(['a'], s.union(s.string, s.int64) as never)],
    ['a decimal outside of a row', (p) => p.of(['1.5'], s.decimal)],
  ])('is refused in %s', (_, input) => {
    expect(() => build((p) => input(p).pipe(upper))).toThrow('STRAHL-1105');
  });

  it('is refused with keys in plain data, naming the schema of pairs as the fix', () => {
    const keyed = (p: Root): PCollection<readonly [string, string]> =>
      p.of(['a'], s.string).keyBy((x) => x);
    expect(() => build((p) => keyed(p).pipe(upper))).toThrow(/keys travel.*[\s\S]*s\.pair/);
  });

  it.each<readonly [string, (p: Root) => PCollection<unknown>]>([
    ['a scalar', (p) => p.of([1], s.int64)],
    ['a row', (p) => p.of([{ a: '1' }], s.row({ a: s.decimal }))],
    ['pairs', (p) => p.of([['a', 1] as const], s.pair(s.string, s.int64))],
    ['keys with a coder', (p) => p.of(['a'], s.string).keyBy((x) => x, keyCoder(s.string))],
    [
      'pairs said afterwards',
      (p) =>
        p
          .of(['a'])
          .keyBy((x) => x)
          .withSchema(s.pair(s.string, s.string)),
    ],
    ['numbers of the root', (p) => p.generateSequence({ to: 3 })],
  ])('passes as %s', (_, input) => {
    expect(() => build((p) => upper(input(p) as PCollection<string>))).not.toThrow();
  });

  it('is refused where what comes back has no exact schema', () => {
    const anything = external({ urn: 'x', expansion, output: s.union(s.string, s.int64) });
    expect(() => build((p) => anything(p))).toThrow('STRAHL-1105');
  });
});

describe('settings of a transform of another SDK', () => {
  it('show their types', () => {
    const config: Readonly<Record<string, ConfigValue>> = {
      ...{ text: 'x', yes: true, whole: 3, broken: 0.5, big: 2n ** 60n, bytes: Uint8Array.of(1) },
      ...{ list: [1, 2.5], map: new Map([['a', 1]]), row: { in: 'x' }, at: new Date(5) },
      ...{ f: pythonSource('lambda x: x'), none: undefined },
    };
    const [values, types] = configOf({ urn: 'x', expansion, config });
    expect(values).toEqual({
      ...{ text: 'x', yes: true, whole: 3, broken: 0.5, big: 2n ** 60n, bytes: Uint8Array.of(1) },
      ...{ list: [1, 2.5], map: new Map([['a', 1]]), row: { in: 'x' }, at: 5, f: 'lambda x: x' },
    });
    expect(types).toEqual({
      ...{ text: 'string', yes: 'boolean', whole: 'int64', broken: 'double', big: 'int64' },
      ...{ bytes: 'bytes', list: 'array', map: 'map', row: 'row', at: 'logical', f: 'logical' },
    });
  });

  it('have the types of their schema', () => {
    const configSchema = s.row({ n: s.int32, none: s.string.nullable() });
    const [values, types] = configOf({
      urn: 'x',
      expansion,
      config: { n: 1, none: null },
      configSchema,
    });
    expect([values, types]).toEqual([
      { n: 1, none: null },
      { n: 'int32', none: 'string' },
    ]);
  });

  it.each<readonly [string, ConfigValue, string]>([
    ['null', null, 'a is null'],
    ['an empty list', [], 'a is empty'],
    ['a list of several types', [1, 'x'], 'a is of several types'],
    ['a null inside', { b: [null] }, 'a.b[0] is null'],
  ])('are refused by name where they show none: %s', (_, a, text) => {
    const refused = (): unknown => configOf({ urn: 'x', expansion, config: { a } });
    expect(refused).toThrow('STRAHL-3303');
    expect(refused).toThrow(text);
  });

  it('are refused where they do not fit their schema', () => {
    const configSchema = s.row({ n: s.int32 });
    const refused = (): unknown =>
      configOf({ urn: 'x', expansion, config: { n: 'x' }, configSchema });
    expect(refused).toThrow(/STRAHL-3303[\s\S]*field "n"/);
  });

  it('of a Python transform are its name, its arguments and those with names', () => {
    const [values] = configOf({ python: 'a.B', args: [1, 'x'], kwargs: { y: true }, expansion });
    expect(values).toEqual({
      constructor: 'a.B',
      args: { arg0: 1, arg1: 'x' },
      kwargs: { y: true },
    });
    expect(configOf({ python: 'a.B', expansion })[0]).toEqual({ constructor: 'a.B' });
  });

  it('of a schema transform stay a row until the service has described it', () => {
    const request = requestOf({ schemaTransform: 'beam:x:v1', config: { n: 1 }, expansion });
    expect(request).toMatchObject({ kind: 'schema-transform', identifier: 'beam:x:v1' });
  });

  it('have an id for each schema, the same for the same types', () => {
    const idOf = (config: Readonly<Record<string, ConfigValue>>): string => {
      const request = requestOf({ schemaTransform: 'x', config, expansion });
      if (request.kind !== 'schema-transform') throw new Error('no row');
      const schema = schemaOfPayload(request.schema);
      expect(payloadOfSchema(schema)).toEqual(request.schema);
      return schema.id;
    };
    expect(idOf({ n: 1 })).toBe(idOf({ n: 2 }));
    expect(idOf({ n: 1 })).not.toBe(idOf({ n: 'x' }));
    expect(idOf({ n: 1 })).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
  });
});

describe('a step of another SDK', () => {
  it('is where its user applied it, in a scope with its name', () => {
    const { graph } = build((p) => p.of(['a'], s.string).pipe(upper));
    const names = [...graph.components.transforms.values()].map(({ uniqueName }) => uniqueName);
    expect(names).toContain('Map/external');
  });

  it('is unbounded where an input is, or where the user says so', () => {
    const kinds = (steps: (p: Root) => PCollection<string>): readonly unknown[] => {
      const { pcollections } = build(steps).graph.components;
      return [...pcollections.values()].slice(-1).map(({ boundedness }) => boundedness);
    };
    expect(kinds((p) => upper(p))).toEqual(['bounded']);
    const endless = endlessly();
    expect(kinds((p) => endless(p))).toEqual(['unbounded']);
  });

  it('reads several collections by the names they have there', () => {
    const { graph } = build((p) =>
      upper({ left: p.of(['a'], s.string), right: p.of([1], s.int64) }),
    );
    const step = [...graph.components.transforms.values()].find((t) => t.uniqueName === 'external');
    expect([...step!.inputs.keys()]).toEqual(['left', 'right']);
  });

  it.each<readonly [string, unknown]>([
    ['no address', { urn: 'x', expansion: 'nowhere' }],
    ['no service', { urn: 'x', expansion: {} }],
    ['no transform', { expansion }],
    ['settings that are no row', { urn: 'x', expansion, configSchema: s.string }],
  ])('is refused with %s', (_, o) => {
    expect(() => external({ ...(o as ExternalOptions), output: s.string })).toThrow('STRAHL-9002');
  });

  it('is refused for what is no collection', () => {
    expect(() => upper({} as never)).toThrow('STRAHL-1002');
  });
});

function endlessly(): (p: Root) => PCollection<string> {
  return external({ urn: 'x', expansion, output: s.string, unbounded: true });
}

// What a bug here looks like: a connector that is asked for the wrong table, or another one that is asked.
import { describe, expect, it } from '@jest/globals';
import { rowCoderOfPayload } from '#portability/coders/rows/rows.js';
import { EXTERNAL_STEP_URN, readExternalStep } from '#portability/model/external-step.js';
import { MANAGED_TRANSFORM_URN } from '#portability/urns.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { Root } from '../../collections/root.js';
import { pipeline } from '../../pipeline.js';
import { s } from '../../schema/s.js';
import { buildGraph } from '../../translate/build-graph.js';
import { managed, type ManagedConnector } from './managed.js';

const service = { expansion: 'localhost:1' };
const Row = s.row({ id: s.int64 });
const rows = { ...service, output: Row };

/** The schema transform that is asked for, and its settings as another SDK reads them. */
function requestOf(steps: (p: Root) => unknown): readonly [string, unknown] {
  const { graph } = buildGraph(pipeline('x', steps), {});
  const specs = [...graph.components.transforms.values()].map(({ spec }) => spec);
  const { request } = readExternalStep(specs.find((spec) => spec?.urn === EXTERNAL_STEP_URN)!);
  if (request.kind !== 'schema-transform') throw new Error('no schema transform');
  const { schema, row } = request;
  return [request.identifier, rowCoderOfPayload(schema).decode(new ByteReader(row))];
}

const identifier = (name: string): string => `beam:schematransform:org.apache.beam:${name}:v1`;
const settings = (name: string, config: object): readonly [string, unknown] => [
  'beam:transform:managed:v1',
  { transform_identifier: identifier(name), config: JSON.stringify(config) },
];

describe('a managed connector', () => {
  const nested = { table: 'shop.orders', catalog_properties: { type: 'hadoop' } };

  it.each<readonly [ManagedConnector, string]>([
    ['iceberg', 'iceberg_read'],
    ['bigquery', 'bigquery_storage_read'],
    ['sqlserver', 'sql_server_read'],
    [identifier('delta_lake_read') as ManagedConnector, 'delta_lake_read'],
  ])('reads from %s', (connector, name) => {
    expect(requestOf((p) => managed.read(connector, nested, rows)(p))).toEqual(
      settings(name, nested),
    );
  });

  it("has the identifiers of Beam's list", () => {
    const known: readonly string[] = Object.values(MANAGED_TRANSFORM_URN);
    const names = ['iceberg', 'kafka', 'bigquery', 'postgres', 'mysql', 'sqlserver'] as const;
    const used = names.flatMap((name) => [
      requestOf((p) => managed.read(name, {}, rows)(p)),
      requestOf((p) => p.of([{ id: 1 }], Row).pipe(managed.write(name, {}, service))),
    ]);
    for (const [, config] of used) {
      expect(known).toContain((config as { transform_identifier: string }).transform_identifier);
    }
  });

  it('writes a collection, and gives what it tells of it', () => {
    const config = { topic: 'orders' };
    const written = (p: Root): unknown => {
      const input = p.of([{ id: 1 }], Row);
      const { errors } = input.pipe(
        managed.write('kafka', config, { ...service, outputs: { errors: Row } }),
      );
      return errors.map(({ id }) => id);
    };
    expect(requestOf(written)).toEqual(settings('kafka_write', config));
  });

  it.each([
    ['lake', 'read', /knows no connector lake/],
    ['iceberg_cdc', 'write', /managed\.write knows no connector iceberg_cdc/],
    ['toString', 'read', /knows no connector toString/],
  ] as const)('%s is refused where it does not %s', (name, way, title) => {
    const loose = managed as Record<typeof way, (...args: unknown[]) => unknown>;
    expect(() => loose[way](name, {}, rows)).toThrow(
      expect.objectContaining({
        code: 'STRAHL-9002',
        title: expect.stringMatching(title),
        site: expect.stringMatching(/managed\.test\.ts:\d+:\d+$/),
        fix: expect.stringContaining('name one of'),
      }),
    );
  });
});

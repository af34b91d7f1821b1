import { StrahlError } from '#portability/errors.js';
import type {
  ExternalComposite,
  ExternalOutputs,
  ExternalTransform,
} from '../../collections/external-collections.js';
import { placing } from '../../graph/placed.js';
import type { Schema } from '../../schema/schema.js';
import { externalTransform } from './external.js';
import type { ExpansionService } from './external-options.js';

/** Beam's connectors that can be managed, by name, with what reads and what writes. A test compares them with Beam's list. */
const CONNECTORS = {
  iceberg: { read: 'iceberg_read', write: 'iceberg_write' },
  iceberg_cdc: { read: 'iceberg_cdc_read', write: undefined },
  kafka: { read: 'kafka_read', write: 'kafka_write' },
  bigquery: { read: 'bigquery_storage_read', write: 'bigquery_write' },
  postgres: { read: 'postgres_read', write: 'postgres_write' },
  mysql: { read: 'mysql_read', write: 'mysql_write' },
  sqlserver: { read: 'sql_server_read', write: 'sql_server_write' },
} as const;

/** The transform of Beam's expansion services that stands for all connectors. */
const MANAGED = 'beam:transform:managed:v1';

/**
 * A connector that Beam manages: its name, or the identifier of its schema transform.
 *
 * @example
 * ```ts
 * import type { ManagedConnector } from 'strahl';
 * const lakes: readonly ManagedConnector[] = ['iceberg', 'beam:schematransform:org.apache.beam:delta_lake_read:v1'];
 * ```
 */
export type ManagedConnector = keyof typeof CONNECTORS | `beam:${string}`;

/**
 * Settings of a connector, as its documentation names them. They travel as text, so they are what JSON can say.
 *
 * @example
 * ```ts
 * import type { ManagedConfig } from 'strahl';
 * const table: ManagedConfig = {
 *   table: 'shop.orders',
 *   catalog_properties: { type: 'hadoop', warehouse: '/var/lib/warehouse' },
 * };
 * ```
 */
export type ManagedConfig = Readonly<Record<string, unknown>>;

/**
 * Where a connector is expanded.
 *
 * @example
 * ```ts
 * import { managed, s, type ManagedOptions } from 'strahl';
 * const service: ManagedOptions = { expansion: { classpath: 'jars/*' } };
 * const read = managed.read('iceberg', { table: 'shop.orders' }, { ...service, output: s.row({ id: s.int64 }) });
 * ```
 */
export interface ManagedOptions {
  /** Beam's expansion service for Java with its connectors. */
  readonly expansion: ExpansionService;
}

/** What is only written says nothing. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- what has no names
type NoOutputs = Readonly<Record<never, never>>;

/**
 * Beam's managed connectors: Iceberg, Kafka, BigQuery and others, run by workers of Java, set alike in every SDK.
 *
 * @example
 * ```ts
 * import { managed, type Managed } from 'strahl';
 * const orders = ({ write }: Managed = managed) =>
 *   write('kafka', { topic: 'orders' }, { expansion: 'localhost:8097' });
 * ```
 */
export interface Managed {
  /**
   * The rows of a table, topic or query: `managed.read(…)(p)`.
   *
   * @throws STRAHL-9002 for a connector that there is not, or that does not read
   * @example
   * ```ts
   * import { managed, pipeline, s } from 'strahl';
   * const Order = s.row({ id: s.int64, total: s.double });
   * export default pipeline('orders', (p) =>
   *   managed.read(
   *     'iceberg',
   *     { table: 'shop.orders', catalog_properties: { type: 'hadoop', warehouse: '/warehouse' } },
   *     { expansion: { classpath: 'jars/*' }, output: Order },
   *   )(p).map((order) => order.total),
   * );
   * ```
   */
  read<U>(
    connector: ManagedConnector,
    config: ManagedConfig,
    o: ManagedOptions & { readonly output: Schema<U>; readonly unbounded: true },
  ): ExternalTransform<U, 'unbounded'>;
  read<U>(
    connector: ManagedConnector,
    config: ManagedConfig,
    o: ManagedOptions & { readonly output: Schema<U> },
  ): ExternalTransform<U>;

  /**
   * Writes rows: `rows.pipe(managed.write(…))`. `outputs` names what the connector tells about it, if that is read.
   *
   * @throws STRAHL-9002 for a connector that there is not, or that does not write
   * @example
   * ```ts
   * import { managed, pipeline, s } from 'strahl';
   * export default pipeline('orders', (p) =>
   *   p
   *     .of([{ id: 1 }], s.row({ id: s.int64 }))
   *     .pipe(managed.write('kafka', { topic: 'orders' }, { expansion: 'localhost:8097' })),
   * );
   * ```
   */
  write<O extends ExternalOutputs = NoOutputs>(
    connector: ManagedConnector,
    config: ManagedConfig,
    o: ManagedOptions & { readonly outputs?: O },
  ): ExternalComposite<O>;
}

function read<U>(
  connector: ManagedConnector,
  config: ManagedConfig,
  o: ManagedOptions & { readonly output: Schema<U> },
): ExternalTransform<U, never> {
  const transform = externalTransform({ ...managedTransform('read', connector, config), ...o });
  // Whether it is unbounded is among the options.
  return transform as ExternalTransform<U, never>;
}

function write<O extends ExternalOutputs>(
  connector: ManagedConnector,
  config: ManagedConfig,
  o: ManagedOptions & { readonly outputs?: O },
): ExternalComposite<O> {
  const transform = externalTransform({ ...managedTransform('write', connector, config), ...o });
  return transform as ExternalComposite<O>;
}

interface ManagedTransform {
  readonly schemaTransform: string;
  readonly config: { readonly transform_identifier: string; readonly config: string };
}

/** Its settings are YAML, of which JSON is a part. */
function managedTransform(
  way: Way,
  connector: ManagedConnector,
  config: ManagedConfig,
): ManagedTransform {
  const identifier = connector.startsWith('beam:') ? connector : identifierOf(way, connector);
  return {
    schemaTransform: MANAGED,
    config: { transform_identifier: identifier, config: JSON.stringify(config) },
  };
}

type Way = 'read' | 'write';
type Connectors = Readonly<Record<string, Readonly<Record<Way, string | undefined>> | undefined>>;

function identifierOf(way: Way, connector: string): string {
  const name = (CONNECTORS as Connectors)[connector]?.[way];
  if (name === undefined) throw noConnector(way, connector);
  return `beam:schematransform:org.apache.beam:${name}:v1`;
}

function noConnector(way: Way, connector: string): StrahlError {
  const known = Object.entries(CONNECTORS).filter(([, ways]) => ways[way] !== undefined);
  return new StrahlError('badValue', {
    title: `managed.${way} knows no connector ${connector}`,
    fix: `name one of ${known.map(([name]) => name).join(', ')}, or give the identifier of a schema transform`,
  });
}

/**
 * Beam's managed connectors.
 *
 * @example
 * ```ts
 * import { managed, s } from 'strahl';
 * const clicks = managed.read(
 *   'kafka',
 *   { topic: 'clicks', bootstrap_servers: 'localhost:9092', format: 'RAW' },
 *   { expansion: 'localhost:8097', output: s.row({ payload: s.bytes }), unbounded: true },
 * );
 * ```
 */
export const managed: Managed = Object.freeze({ read: placing(read), write: placing(write) });

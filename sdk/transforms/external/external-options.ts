import { StrahlError } from '#portability/errors.js';
import type { ExpansionServiceSpec } from '#portability/model/external-step.js';
import type { ConfigRow, ExternalDescription } from '../../graph/external-description.js';
import { schemaTypeOf } from '../../schema/adapters.js';
import type { Schema } from '../../schema/schema.js';
import type { PythonSource } from './python-source.js';

/**
 * Where transforms of another SDK are expanded: the address of a service that runs, or what to start for the time
 * of the job. `python` is an interpreter with the package `apache_beam`, `classpath` Beam's expansion service
 * and harness for Java with the transforms.
 *
 * @example
 * ```ts
 * import type { ExpansionService } from 'strahl';
 * const python: ExpansionService = { python: '.venv/bin/python' };
 * const java: ExpansionService = { classpath: 'jars/*' };
 * const running: ExpansionService = 'localhost:8097';
 * ```
 */
export type ExpansionService =
  string | { readonly python: string } | { readonly classpath: string; readonly java?: string };

/**
 * A setting of a transform of another SDK: plain data, a `Date`, a `Map`, or source text of Python.
 *
 * @example
 * ```ts
 * import { pythonSource, type ConfigValue } from 'strahl';
 * const settings: Readonly<Record<string, ConfigValue>> = {
 *   topic: 'clicks',
 *   partitions: [0, 1],
 *   parse: pythonSource('lambda record: record.decode()'),
 * };
 * ```
 */
export type ConfigValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Uint8Array
  | Date
  | PythonSource
  | readonly ConfigValue[]
  | ReadonlyMap<string | number, ConfigValue>
  | { readonly [name: string]: ConfigValue };

/** Settings by name. */
type Config = Readonly<Record<string, ConfigValue>>;

interface Configured {
  readonly config?: Config;
  /** Types of the settings. Default: what the values show; whole numbers are INT64. */
  readonly configSchema?: Schema<object>;
}

type None<Names extends string> = { readonly [N in Names]?: never };

/** Which transform, and how it is set. */
type Wanted =
  | ({ readonly urn: string; readonly payload: Uint8Array } & None<
      'python' | 'schemaTransform' | 'config' | 'configSchema' | 'args' | 'kwargs'
    >)
  | ({ readonly urn: string } & Configured &
      None<'python' | 'schemaTransform' | 'payload' | 'args' | 'kwargs'>)
  | ({ readonly schemaTransform: string } & Configured &
      None<'urn' | 'python' | 'payload' | 'args' | 'kwargs'>)
  | ({
      readonly python: string;
      readonly args?: readonly ConfigValue[];
      readonly kwargs?: Config;
    } & None<'urn' | 'schemaTransform' | 'payload' | 'config' | 'configSchema'>);

/**
 * A transform of another SDK, one of
 *
 *   `python`           a class or function by its full name, called with `args` and `kwargs`
 *   `schemaTransform`  by identifier, with settings that its service describes
 *   `urn`              with settings as a row, or with a payload as it is
 *
 * @example
 * ```ts
 * import { external, s, type ExternalOptions } from 'strahl';
 * const rows: ExternalOptions = {
 *   schemaTransform: 'beam:schematransform:org.apache.beam:generate_sequence:v1',
 *   config: { start: 0, end: 10 },
 *   expansion: 'localhost:8097',
 * };
 * const numbers = external({ ...rows, output: s.row({ value: s.int64 }) });
 * ```
 */
export type ExternalOptions = Wanted & {
  readonly expansion: ExpansionService;
  /** The outputs do not end, although the inputs do. */
  readonly unbounded?: boolean;
};

/** @throws STRAHL-9002 for no service */
export function externalService(expansion: ExpansionService): ExpansionServiceSpec {
  if (typeof expansion === 'string') {
    if (/^(\S+|\[[0-9a-f:]+\]):\d+$/i.test(expansion))
      return { kind: 'address', address: expansion };
    throw noService(JSON.stringify(expansion));
  }
  // For callers without a compiler.
  const given = expansion as ExpansionService | null | undefined;
  if (given === undefined || given === null) throw noService(given === null ? 'null' : 'undefined');
  if ('python' in expansion) return { kind: 'python', python: expansion.python };
  if ('classpath' in expansion) {
    return { kind: 'java', java: expansion.java ?? 'java', classpath: expansion.classpath };
  }
  throw noService(JSON.stringify(expansion));
}

function noService(given: string): StrahlError {
  return new StrahlError('badValue', {
    title: `${given} is no expansion service`,
    fix: "expansion: 'localhost:8097', { python: '.venv/bin/python' } or { classpath: 'jars/*' }",
  });
}

/** @throws STRAHL-9002 for no transform */
export function externalRequest(o: ExternalOptions): ExternalDescription['request'] {
  if (o.python !== undefined) {
    const { python: callable, args = [], kwargs = {} } = o;
    return { kind: 'python', callable, args, kwargs };
  }
  if (o.schemaTransform !== undefined) {
    return { kind: 'schema-transform', identifier: o.schemaTransform, config: configOf(o) };
  }
  // For callers without a compiler.
  if ((o.urn as string | undefined) === undefined) {
    throw new StrahlError('badValue', {
      title: 'external is not told which transform',
      fix: "give python: 'package.name', schemaTransform: 'identifier' or urn: 'urn'",
    });
  }
  if (o.payload !== undefined) return { kind: 'payload', urn: o.urn, payload: o.payload };
  return { kind: 'config', urn: o.urn, config: configOf(o) };
}

function configOf({ config = {}, configSchema }: Configured): ConfigRow {
  const type = configSchema === undefined ? undefined : schemaTypeOf(configSchema);
  if (type === undefined || type.kind === 'row') return { values: config, type };
  throw new StrahlError('badValue', {
    title: `the configSchema of a transform is no row but ${type.kind}`,
    fix: 'configSchema: s.row({ … })',
  });
}

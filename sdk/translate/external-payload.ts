import { rowCoderOfPayload } from '#portability/coders/rows/rows.js';
import { withSchemaIds } from '#portability/coders/rows/schema-ids.js';
import { payloadOfSchema } from '#portability/coders/rows/schema-payload.js';
import { isStrahlError, StrahlError } from '#portability/errors.js';
import { writeExternalStep, type ExternalRequest } from '#portability/model/external-step.js';
import type { FunctionSpec } from '#portability/model/function-spec.js';
import { encodeExternalConfigurationPayload } from '#portability/proto/generated/external-transforms.js';
import { decodeSchema } from '#portability/proto/generated/schema.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { ConfigRow, ExternalDescription } from '../graph/external-description.js';
import { pathOfNode, type TransformNode } from '../graph/graph-node.js';
import { rowOfValues } from './row-of-values.js';
import { rowSchemaOf } from './row-schema.js';

/** How Beam's Python SDK calls a transform, or a function that makes one, that is found by its name. */
const PYTHON_CALLABLE_URN = 'beam:transforms:python:fully_qualified_named';

/** @throws STRAHL-3303 for a setting that has no type, or does not fit the one it was given */
export function externalSpec(
  { service, request }: ExternalDescription,
  node: TransformNode,
): FunctionSpec {
  try {
    return writeExternalStep({ service, request: requestOf(request) });
  } catch (cause) {
    if (!isStrahlError(cause)) throw cause;
    throw new StrahlError('configMismatch', {
      title: `the settings of the step cannot be sent: ${cause.title}`,
      step: pathOfNode(node),
      ...(node.site === undefined ? {} : { site: node.site }),
      ...(cause.why === undefined ? {} : { why: cause.why }),
      fix: cause.fix ?? 'give plain values, or a configSchema that says their types',
      cause,
    });
  }
}

function requestOf(request: ExternalDescription['request']): ExternalRequest {
  switch (request.kind) {
    case 'payload':
      return { ...request, kind: 'transform' };
    case 'config':
      return { kind: 'transform', urn: request.urn, payload: configuration(request.config) };
    case 'schema-transform': {
      const { schema, row } = encodedRow(request.config);
      return { ...request, schema, row };
    }
    case 'python':
      return { kind: 'transform', urn: PYTHON_CALLABLE_URN, payload: pythonPayload(request) };
  }
}

function pythonPayload({
  callable,
  args,
  kwargs,
}: ExternalDescription['request'] & { readonly kind: 'python' }): Uint8Array {
  const numbered = Object.fromEntries(args.map((arg, i) => [`arg${String(i)}`, arg]));
  const values = {
    constructor: callable,
    ...(args.length === 0 ? {} : { args: numbered }),
    ...(Object.keys(kwargs).length === 0 ? {} : { kwargs }),
  };
  return configuration({ values, type: undefined });
}

function configuration(config: ConfigRow): Uint8Array {
  const { schema, row } = encodedRow(config);
  return encodeExternalConfigurationPayload({ schema: decodeSchema(schema), payload: row });
}

function encodedRow({ values, type }: ConfigRow): {
  readonly schema: Uint8Array;
  readonly row: Uint8Array;
} {
  const shown = type === undefined ? rowOfValues(values) : { schema: rowSchemaOf(type), values };
  const schema = payloadOfSchema(withSchemaIds(shown.schema));
  const out = new ByteWriter();
  rowCoderOfPayload(schema).encode(shown.values, out);
  return { schema, row: out.toBytes() };
}

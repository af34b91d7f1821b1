import { textOf } from '../wire/native-buffer.js';
import { StrahlError } from '../errors.js';
import { functionSpec, type FunctionSpec } from './function-spec.js';

/**
 * A step that another SDK knows and that nobody has asked for yet. It never reaches a runner: whoever submits the
 * graph first puts in its place what the expansion service answers.
 */
export const EXTERNAL_STEP_URN = 'strahl:transform:external:v1';

/** Where a step is expanded: by a service that runs, or by one that is started for the time of the job. */
export type ExpansionServiceSpec =
  | { readonly kind: 'address'; readonly address: string }
  /** `python`: an interpreter that finds the package `apache_beam`. */
  | { readonly kind: 'python'; readonly python: string }
  /** `classpath`: Beam's expansion service for Java, its harness and the transforms, as jars. */
  | { readonly kind: 'java'; readonly java: string; readonly classpath: string };

/** What the service is asked for. Rows are encoded with the schema beside them. */
export type ExternalRequest =
  | { readonly kind: 'transform'; readonly urn: string; readonly payload: Uint8Array }
  | {
      readonly kind: 'schema-transform';
      readonly identifier: string;
      readonly schema: Uint8Array;
      readonly row: Uint8Array;
    };

/** All that a graph says of such a step beside its inputs and outputs. */
export interface ExternalStep {
  readonly service: ExpansionServiceSpec;
  readonly request: ExternalRequest;
}

const encoder = new TextEncoder();

/** The same step gives the same bytes, so that graphs can be compared. */
export function writeExternalStep({ service, request }: ExternalStep): FunctionSpec {
  const inText =
    request.kind === 'transform'
      ? { ...request, payload: base64(request.payload) }
      : { ...request, schema: base64(request.schema), row: base64(request.row) };
  return functionSpec(
    EXTERNAL_STEP_URN,
    encoder.encode(JSON.stringify({ service, request: inText })),
  );
}

/** @throws STRAHL-2002 for a payload that `writeExternalStep` did not write */
export function readExternalStep(spec: FunctionSpec): ExternalStep {
  try {
    const { service, request } = JSON.parse(textOf(spec.payload)) as {
      readonly service: ExpansionServiceSpec;
      readonly request: Readonly<Record<string, string>>;
    };
    const bytes = (name: string): Uint8Array => fromBase64(request[name]!);
    if (request['kind'] === 'transform')
      return {
        service,
        request: { kind: 'transform', urn: request['urn']!, payload: bytes('payload') },
      };
    const identifier = request['identifier']!;
    const row = { schema: bytes('schema'), row: bytes('row') };
    return { service, request: { kind: 'schema-transform', identifier, ...row } };
  } catch (cause) {
    throw new StrahlError('unsupportedUrn', {
      title: `the payload of a step with the URN ${EXTERNAL_STEP_URN} cannot be understood`,
      cause,
    });
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

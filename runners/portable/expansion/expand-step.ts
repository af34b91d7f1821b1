import { StrahlError, type ErrorDetails } from '#portability/errors.js';
import { readExternalStep, type ExternalRequest } from '#portability/model/external-step.js';
import { siteOf, type Graph, type Transform } from '#portability/model/graph.js';
import { transformId, type PCollectionId } from '#portability/model/ids.js';
import { componentsToProto } from '#portability/proto/pipeline-proto.js';
import type { ExpansionResponse } from '#portability/proto/generated/expansion.js';
import type { Init } from '#portability/proto/codec.js';
import { encodeSchemaTransformPayload } from '#portability/proto/generated/external-transforms.js';
import { decodeSchema } from '#portability/proto/generated/schema.js';
import type { FunctionSpec } from '#portability/proto/generated/pipeline.js';
import { EXPANSION_URN, TRANSFORM_URN } from '#portability/urns.js';
import type { ExpansionClient, Offered } from './expansion-client.js';
import { configFor } from './schema-config.js';

/** Whom to ask, and under which prefix the answer makes its ids. */
export interface Asking {
  readonly client: ExpansionClient;
  readonly namespace: string;
}

/** Lines of what a service said that a message may quote. */
const QUOTED = 12;

/** What the service answers for `step`. @throws STRAHL-3301, 3302, 3303 */
export async function expandStep(
  graph: Graph,
  step: Transform,
  { client, namespace }: Asking,
): Promise<ExpansionResponse> {
  const { request } = readExternalStep(step.spec!);
  const spec = await specOf(request, step, client);
  const inputs = [...new Set(step.inputs.values())];
  const requests = new Map([...step.outputs].map(([name, id]) => [name, coderOf(graph, id)]));
  const ask = (outputCoderRequests: ReadonlyMap<string, string>): Promise<ExpansionResponse> =>
    client.expand({
      components: componentsToProto({
        ...graph.components,
        transforms: producersOf(inputs, namespace),
        pcollections: new Map(inputs.map((id) => [id, graph.components.pcollections.get(id)!])),
      }),
      transform: { uniqueName: step.uniqueName, spec, inputs: step.inputs },
      namespace,
      outputCoderRequests,
    });
  // Python refuses to be told the types of several outputs.
  let answer = await ask(requests.size === 1 ? requests : NO_REQUESTS);
  // What it would give by itself may fit all the same; if not, that says more than its refusal.
  if (TYPE_REFUSED.test(answer.error)) answer = await ask(NO_REQUESTS);
  if (answer.error === '') return answer;
  throw await failureOf(answer.error, request, step, client);
}

const NO_REQUESTS: ReadonlyMap<string, string> = new Map<string, string>();

/** Python compares the type that is asked for with the one that it has found by itself. */
const TYPE_REFUSED = /Output type hint violation/;

function coderOf(graph: Graph, id: PCollectionId): string {
  return graph.components.pcollections.get(id)!.coderId;
}

/** Services look for what makes an input; what really does is none of their business. */
function producersOf(
  inputs: readonly PCollectionId[],
  namespace: string,
): ReadonlyMap<Transform['id'], Transform> {
  const made = inputs.map((input, i): Transform => {
    const id = transformId(`${namespace}-input${String(i)}`);
    return {
      id,
      uniqueName: id,
      spec: { urn: TRANSFORM_URN.IMPULSE, payload: new Uint8Array(0) },
      subtransforms: [],
      inputs: new Map(),
      outputs: new Map([['out', input]]),
      displayData: [],
      annotations: new Map(),
    };
  });
  return new Map(made.map((transform) => [transform.id, transform]));
}

async function specOf(
  request: ExternalRequest,
  step: Transform,
  client: ExpansionClient,
): Promise<Init<FunctionSpec>> {
  if (request.kind === 'transform') return { urn: request.urn, payload: request.payload };
  const { identifier } = request;
  const offered = await client.offered();
  const known = offered.get(identifier);
  if (known === undefined) throw notOffered(identifier, offered, step, client);
  const { schema, row } = configFor(request, known.configSchema, aboutStep(step));
  const configurationSchema = decodeSchema(schema);
  const payload = { identifier, configurationSchema, configurationRow: row };
  return {
    urn: EXPANSION_URN.SCHEMA_TRANSFORM,
    payload: encodeSchemaTransformPayload(payload),
  };
}

/** Whose step, and where it was written. */
export function aboutStep(step: Transform): Pick<ErrorDetails, 'step' | 'site'> {
  const site = siteOf(step);
  return { step: step.uniqueName, ...(site === undefined ? {} : { site }) };
}

function notOffered(
  name: string,
  offered: Offered,
  step: Transform,
  client: ExpansionClient,
): StrahlError {
  const names = [...offered.keys()].sort();
  return new StrahlError('notOffered', {
    title: `the expansion service at ${client.address} does not know ${name}`,
    ...aboutStep(step),
    why:
      names.length === 0
        ? 'it describes no schema transforms'
        : `it describes ${names.map((each) => `\n${each}`).join('')}`,
    fix: 'take one of these, or the service that has it',
  });
}

/** What other SDKs say of a URN that nobody registered there. */
const UNKNOWN_URN = /unknown (?:urn|transform)|KeyError/i;

async function failureOf(
  error: string,
  request: ExternalRequest,
  step: Transform,
  client: ExpansionClient,
): Promise<StrahlError> {
  const lines = error.replaceAll('\t', '  ').trimEnd().split('\n');
  // Python says what it is in the last line, Java in the first.
  const isPython = lines[0]!.startsWith('Traceback');
  const message = (isPython ? lines.at(-1)! : lines[0]!).trim();
  if (request.kind === 'transform' && UNKNOWN_URN.test(message) && message.includes(request.urn)) {
    return notOffered(request.urn, await client.offered(), step, client);
  }
  const quoted = isPython ? lines.slice(-QUOTED) : lines.slice(0, QUOTED);
  return new StrahlError('expansionFailed', {
    title: `the expansion service at ${client.address} cannot expand the step: ${message}`,
    ...aboutStep(step),
    ...(lines.length === 1 ? {} : { why: `it said\n${quoted.join('\n')}` }),
  });
}

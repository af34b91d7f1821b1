import { isStrahlError, StrahlError } from '#portability/errors.js';
import { offer, type Offer } from '#portability/grpc/handlers.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import { EXPANSION_SERVICE } from '#portability/jobapi/expansion-service.js';
import { payloadOfSchema } from '#portability/coders/rows/schema-payload.js';
import type { PCollectionId } from '#portability/model/ids.js';
import { componentsFromProto, componentsToProto } from '#portability/proto/pipeline-proto.js';
import type { Init } from '#portability/proto/codec.js';
import type {
  ExpansionRequest,
  ExpansionResponse,
  SchemaTransformConfig,
} from '#portability/proto/generated/expansion.js';
import {
  decodeExternalConfigurationPayload,
  decodeSchemaTransformPayload,
} from '#portability/proto/generated/external-transforms.js';
import type { Components, PTransform } from '#portability/proto/generated/pipeline.js';
import { decodeSchema, encodeSchema } from '#portability/proto/generated/schema.js';
import { EXPANSION_URN } from '#portability/urns.js';
import { expandOffer } from '#sdk/expansion/expand-offer.js';
import { configSchemaOf, readConfig, type SentConfig } from '#sdk/expansion/offer-config.js';
import {
  offerOf,
  type OfferDescription,
  type OfferedTransform,
} from '#sdk/expansion/offered-transform.js';
import { withEnvironment } from '../environment.js';
import { ExpandedFunctions } from './expanded-functions.js';

/**
 * How an expansion service runs.
 *
 * @example
 * ```ts
 * import { offerTransform, s } from 'strahl';
 * import type { ExpansionServiceOptions } from 'strahl/runners/portable';
 * const lengths = offerTransform('example:lengths:v1', { input: s.string }, (words) =>
 *   words.map((word) => word.length, s.int64),
 * );
 * const options: ExpansionServiceOptions = { transforms: [lengths], port: 8097 };
 * ```
 */
export interface ExpansionServiceOptions {
  readonly transforms: readonly OfferedTransform[];
  /** 0, the default, takes any free port. */
  readonly port?: number;
}

/**
 * Offers transforms to pipelines of other SDKs: Beam's expansion service, and beside it the workers that run
 * what was expanded. Only this machine reaches it.
 *
 * @throws STRAHL-1001 for two transforms with one URN, 9002 for what is no offered transform, 6001 when the port
 * cannot be had, 9009 without `@grpc/grpc-js`
 */
export async function runExpansionService(options: ExpansionServiceOptions): Promise<Serving> {
  const { transforms, port = 0 } = options;
  const offers = offersByUrn(transforms);
  const functions = await ExpandedFunctions.start();
  try {
    const serving = await serve({ port, offers: [expansions(offers, functions)] });
    return {
      ...serving,
      close: async (graceMs) => {
        await serving.close(graceMs);
        await functions.close();
      },
    };
  } catch (e) {
    await functions.close();
    throw e;
  }
}

type Offers = ReadonlyMap<string, OfferDescription>;

function offersByUrn(transforms: readonly OfferedTransform[]): Offers {
  const offers = new Map<string, OfferDescription>();
  for (const transform of transforms) {
    const described = offerOf(transform);
    if (described === undefined) {
      throw new StrahlError('badValue', {
        title: 'an expansion service is given something that is no offered transform',
        fix: 'make it with offerTransform(urn, …)',
      });
    }
    if (offers.has(described.urn)) {
      throw new StrahlError('duplicateName', {
        title: `two transforms are offered as ${described.urn}`,
        ...(described.site === undefined ? {} : { site: described.site }),
        fix: 'give each a URN of its own',
      });
    }
    configSchemaOf(described);
    offers.set(described.urn, described);
  }
  return offers;
}

function expansions(offers: Offers, functions: ExpandedFunctions): Offer {
  return offer(EXPANSION_SERVICE, {
    Expand: async (request) => {
      try {
        return await expand(request, offers, functions);
      } catch (e) {
        // Without the stack: paths of this machine are nobody else's business.
        return { error: isStrahlError(e) ? e.message : String(e) };
      }
    },
    DiscoverSchemaTransform: () => ({
      schemaTransformConfigs: new Map(
        [...offers.values()].map((each) => [each.urn, described(each)]),
      ),
    }),
  });
}

function described(each: OfferDescription): Init<SchemaTransformConfig> {
  return {
    configSchema: decodeSchema(payloadOfSchema(configSchemaOf(each))),
    inputPcollectionNames: [...each.inputs.keys()],
    description: each.description,
  };
}

async function expand(
  { transform, components, namespace }: ExpansionRequest,
  offers: Offers,
  functions: ExpandedFunctions,
): Promise<Init<ExpansionResponse>> {
  if (transform === undefined) {
    throw new StrahlError('protocolBroken', { title: 'the request names no transform' });
  }
  const { urn, config: sent } = wanted(transform);
  const known = offers.get(urn);
  if (known === undefined) {
    const names = [...offers.keys()].sort().join(', ');
    throw new StrahlError('notOffered', {
      title: `unknown transform ${urn}`,
      why: `offered here: ${names || 'nothing'}`,
    });
  }
  const expanded = expandOffer(known, {
    uniqueName: transform.uniqueName === '' ? urn : transform.uniqueName,
    inputs: transform.inputs as ReadonlyMap<string, PCollectionId>,
    components: componentsFromProto(components),
    namespace,
    config: await readConfig(known, sent),
  });
  const id = functions.add(expanded.functions);
  const graph = withEnvironment(expanded.graph, functions.environment(id));
  const made = componentsToProto(graph.components);
  const transforms = new Map<string, Init<PTransform>>(made.transforms);
  const composite = transforms.get(expanded.transform);
  transforms.delete(expanded.transform);
  return {
    components: joined(components, { ...made, transforms }),
    transform: { ...composite, inputs: transform.inputs },
    requirements: graph.requirements,
  };
}

/** What is asked for, and its settings, in one of the two forms of a request. */
function wanted({ spec }: PTransform): { readonly urn: string; readonly config?: SentConfig } {
  const { urn, payload } = spec ?? { urn: '', payload: new Uint8Array(0) };
  if (urn === EXPANSION_URN.SCHEMA_TRANSFORM) {
    const { identifier, configurationSchema, configurationRow } =
      decodeSchemaTransformPayload(payload);
    if (configurationSchema === undefined) return { urn: identifier };
    const schema = encodeSchema(configurationSchema);
    return { urn: identifier, config: { schema, row: configurationRow } };
  }
  if (payload.length === 0) return { urn };
  const sent = decodeExternalConfigurationPayload(payload);
  if (sent.schema === undefined) return { urn };
  return { urn, config: { schema: encodeSchema(sent.schema), row: sent.payload } };
}

/** All that the client has said and what was made of it: SDKs look everything up in the answer. */
function joined(given: Init<Components> | undefined, made: Init<Components>): Init<Components> {
  const both = <T>(
    one: ReadonlyMap<string, T> | undefined,
    other: ReadonlyMap<string, T> | undefined,
  ): ReadonlyMap<string, T> => new Map([...(one ?? []), ...(other ?? [])]);
  return {
    transforms: both(given?.transforms, made.transforms),
    pcollections: both(given?.pcollections, made.pcollections),
    windowingStrategies: both(given?.windowingStrategies, made.windowingStrategies),
    coders: both(given?.coders, made.coders),
    environments: both(given?.environments, made.environments),
  };
}

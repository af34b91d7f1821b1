import { ServicePath, type Rpc } from '../grpc/rpc.js';
import * as expansion from '../proto/generated/expansion.js';

const service = new ServicePath('org.apache.beam.model.expansion.v1.ExpansionService');

/** Turns a transform of another SDK into parts of a pipeline. */
export const EXPANSION_SERVICE: {
  readonly Expand: Rpc<expansion.ExpansionRequest, expansion.ExpansionResponse, 'unary'>;
  readonly DiscoverSchemaTransform: Rpc<
    expansion.DiscoverSchemaTransformRequest,
    expansion.DiscoverSchemaTransformResponse,
    'unary'
  >;
} = {
  Expand: service.unary(
    'Expand',
    { encode: expansion.encodeExpansionRequest, decode: expansion.decodeExpansionRequest },
    { encode: expansion.encodeExpansionResponse, decode: expansion.decodeExpansionResponse },
  ),
  DiscoverSchemaTransform: service.unary(
    'DiscoverSchemaTransform',
    {
      encode: expansion.encodeDiscoverSchemaTransformRequest,
      decode: expansion.decodeDiscoverSchemaTransformRequest,
    },
    {
      encode: expansion.encodeDiscoverSchemaTransformResponse,
      decode: expansion.decodeDiscoverSchemaTransformResponse,
    },
  ),
};

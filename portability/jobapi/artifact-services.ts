import { ServicePath, type Rpc } from '../grpc/rpc.js';
import * as artifact from '../proto/generated/artifact.js';

const retrieval = new ServicePath(
  'org.apache.beam.model.job_management.v1.ArtifactRetrievalService',
);
const staging = new ServicePath('org.apache.beam.model.job_management.v1.ArtifactStagingService');

/** What workers fetch their files from. */
export const ARTIFACT_RETRIEVAL_SERVICE: {
  readonly ResolveArtifacts: Rpc<
    artifact.ResolveArtifactsRequest,
    artifact.ResolveArtifactsResponse,
    'unary'
  >;
  readonly GetArtifact: Rpc<
    artifact.GetArtifactRequest,
    artifact.GetArtifactResponse,
    'server-stream'
  >;
} = {
  ResolveArtifacts: retrieval.unary(
    'ResolveArtifacts',
    {
      encode: artifact.encodeResolveArtifactsRequest,
      decode: artifact.decodeResolveArtifactsRequest,
    },
    {
      encode: artifact.encodeResolveArtifactsResponse,
      decode: artifact.decodeResolveArtifactsResponse,
    },
  ),
  GetArtifact: retrieval.serverStream(
    'GetArtifact',
    { encode: artifact.encodeGetArtifactRequest, decode: artifact.decodeGetArtifactRequest },
    { encode: artifact.encodeGetArtifactResponse, decode: artifact.decodeGetArtifactResponse },
  ),
};

/** The reverse of it: the client that submits a job opens the stream, the server asks for its files. */
export const ARTIFACT_STAGING_SERVICE: {
  readonly ReverseArtifactRetrievalService: Rpc<
    artifact.ArtifactResponseWrapper,
    artifact.ArtifactRequestWrapper,
    'bidi'
  >;
} = {
  ReverseArtifactRetrievalService: staging.bidi(
    'ReverseArtifactRetrievalService',
    {
      encode: artifact.encodeArtifactResponseWrapper,
      decode: artifact.decodeArtifactResponseWrapper,
    },
    {
      encode: artifact.encodeArtifactRequestWrapper,
      decode: artifact.decodeArtifactRequestWrapper,
    },
  ),
};

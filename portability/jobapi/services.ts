import { ServicePath, type MessageCodec, type Rpc } from '../grpc/rpc.js';
import type { Init } from '../proto/codec.js';
import * as job from '../proto/generated/job-api.js';

/* The service that takes pipelines and runs them. */
const jobs = new ServicePath('org.apache.beam.model.job_management.v1.JobService');

/** A codec of the two functions that every generated message has. */
function codec<T>(
  encode: (m: Init<T>) => Uint8Array,
  decode: (b: Uint8Array) => T,
): MessageCodec<T> {
  return { encode, decode };
}

/** Prepare, stage artifacts, run, then follow. */
export const JOB_SERVICE: {
  readonly Prepare: Rpc<job.PrepareJobRequest, job.PrepareJobResponse, 'unary'>;
  readonly Run: Rpc<job.RunJobRequest, job.RunJobResponse, 'unary'>;
  readonly GetJobs: Rpc<job.GetJobsRequest, job.GetJobsResponse, 'unary'>;
  readonly GetState: Rpc<job.GetJobStateRequest, job.JobStateEvent, 'unary'>;
  readonly GetPipeline: Rpc<job.GetJobPipelineRequest, job.GetJobPipelineResponse, 'unary'>;
  readonly Cancel: Rpc<job.CancelJobRequest, job.CancelJobResponse, 'unary'>;
  readonly Drain: Rpc<job.DrainJobRequest, job.DrainJobResponse, 'unary'>;
  readonly GetStateStream: Rpc<job.GetJobStateRequest, job.JobStateEvent, 'server-stream'>;
  readonly GetMessageStream: Rpc<job.JobMessagesRequest, job.JobMessagesResponse, 'server-stream'>;
  readonly GetJobMetrics: Rpc<job.GetJobMetricsRequest, job.GetJobMetricsResponse, 'unary'>;
  readonly DescribePipelineOptions: Rpc<
    job.DescribePipelineOptionsRequest,
    job.DescribePipelineOptionsResponse,
    'unary'
  >;
} = {
  Prepare: jobs.unary(
    'Prepare',
    codec(job.encodePrepareJobRequest, job.decodePrepareJobRequest),
    codec(job.encodePrepareJobResponse, job.decodePrepareJobResponse),
  ),
  Run: jobs.unary(
    'Run',
    codec(job.encodeRunJobRequest, job.decodeRunJobRequest),
    codec(job.encodeRunJobResponse, job.decodeRunJobResponse),
  ),
  GetJobs: jobs.unary(
    'GetJobs',
    codec(job.encodeGetJobsRequest, job.decodeGetJobsRequest),
    codec(job.encodeGetJobsResponse, job.decodeGetJobsResponse),
  ),
  GetState: jobs.unary(
    'GetState',
    codec(job.encodeGetJobStateRequest, job.decodeGetJobStateRequest),
    codec(job.encodeJobStateEvent, job.decodeJobStateEvent),
  ),
  GetPipeline: jobs.unary(
    'GetPipeline',
    codec(job.encodeGetJobPipelineRequest, job.decodeGetJobPipelineRequest),
    codec(job.encodeGetJobPipelineResponse, job.decodeGetJobPipelineResponse),
  ),
  Cancel: jobs.unary(
    'Cancel',
    codec(job.encodeCancelJobRequest, job.decodeCancelJobRequest),
    codec(job.encodeCancelJobResponse, job.decodeCancelJobResponse),
  ),
  Drain: jobs.unary(
    'Drain',
    codec(job.encodeDrainJobRequest, job.decodeDrainJobRequest),
    codec(job.encodeDrainJobResponse, job.decodeDrainJobResponse),
  ),
  GetStateStream: jobs.serverStream(
    'GetStateStream',
    codec(job.encodeGetJobStateRequest, job.decodeGetJobStateRequest),
    codec(job.encodeJobStateEvent, job.decodeJobStateEvent),
  ),
  GetMessageStream: jobs.serverStream(
    'GetMessageStream',
    codec(job.encodeJobMessagesRequest, job.decodeJobMessagesRequest),
    codec(job.encodeJobMessagesResponse, job.decodeJobMessagesResponse),
  ),
  GetJobMetrics: jobs.unary(
    'GetJobMetrics',
    codec(job.encodeGetJobMetricsRequest, job.decodeGetJobMetricsRequest),
    codec(job.encodeGetJobMetricsResponse, job.decodeGetJobMetricsResponse),
  ),
  DescribePipelineOptions: jobs.unary(
    'DescribePipelineOptions',
    codec(job.encodeDescribePipelineOptionsRequest, job.decodeDescribePipelineOptionsRequest),
    codec(job.encodeDescribePipelineOptionsResponse, job.decodeDescribePipelineOptionsResponse),
  ),
};

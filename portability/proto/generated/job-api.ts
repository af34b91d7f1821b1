// Made from ../job-api.proto by scripts/gen-protos.ts: change the text, not this module.
import { decodeMessage, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { readApiServiceDescriptor, type ApiServiceDescriptor, writeApiServiceDescriptor } from './endpoints.js';
import { readStruct, type Struct, writeStruct } from './google/protobuf/struct.js';
import { readTimestamp, type Timestamp, writeTimestamp } from './google/protobuf/timestamp.js';
import { encodeMessage, type Writer, writeString } from '../message-writer.js';
import { readMonitoringInfo, type MonitoringInfo, writeMonitoringInfo } from './metrics.js';
import { readPipeline, type Pipeline, writePipeline } from './pipeline.js';

export const JobMessage_MessageImportance = {
  MESSAGE_IMPORTANCE_UNSPECIFIED: 0,
  JOB_MESSAGE_DEBUG: 1,
  JOB_MESSAGE_DETAILED: 2,
  JOB_MESSAGE_BASIC: 3,
  JOB_MESSAGE_WARNING: 4,
  JOB_MESSAGE_ERROR: 5,
} as const;
export type JobMessage_MessageImportance = (typeof JobMessage_MessageImportance)[keyof typeof JobMessage_MessageImportance];

export const JobState = {
  UNSPECIFIED: 0,
  STOPPED: 1,
  RUNNING: 2,
  DONE: 3,
  FAILED: 4,
  CANCELLED: 5,
  UPDATED: 6,
  DRAINING: 7,
  DRAINED: 8,
  STARTING: 9,
  CANCELLING: 10,
  UPDATING: 11,
} as const;
export type JobState = (typeof JobState)[keyof typeof JobState];

export const PipelineOptionType = {
  STRING: 0,
  BOOLEAN: 1,
  INTEGER: 2,
  NUMBER: 3,
  ARRAY: 4,
  OBJECT: 5,
} as const;
export type PipelineOptionType = (typeof PipelineOptionType)[keyof typeof PipelineOptionType];

export interface PrepareJobRequest {
  readonly pipeline?: Pipeline | undefined;
  readonly pipelineOptions?: Struct | undefined;
  readonly jobName: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePrepareJobRequest(m: Init<PrepareJobRequest>): Uint8Array {
  return encodeMessage(writePrepareJobRequest, m);
}
export function decodePrepareJobRequest(bytes: Uint8Array): PrepareJobRequest {
  return decodeMessage('PrepareJobRequest', readPrepareJobRequest, bytes);
}
export function writePrepareJobRequest(m: Init<PrepareJobRequest>, w: Writer): void {
  if (m.pipeline !== undefined) {
    writePipeline(m.pipeline, w.uint32(10).fork()); w.ldelim();
  }
  if (m.pipelineOptions !== undefined) {
    writeStruct(m.pipelineOptions, w.uint32(18).fork()); w.ldelim();
  }
  if (m.jobName) {
    writeString(w, 26, m.jobName);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPrepareJobRequest(r: Reader, depth: number): PrepareJobRequest {
  const m: Draft<PrepareJobRequest> = {
    pipeline: undefined,
    pipelineOptions: undefined,
    jobName: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.pipeline = readNested(r, readPipeline, depth);
        break;
      case 18:
        m.pipelineOptions = readNested(r, readStruct, depth);
        break;
      case 26:
        m.jobName = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface PrepareJobResponse {
  readonly preparationId: string;
  readonly artifactStagingEndpoint?: ApiServiceDescriptor | undefined;
  readonly stagingSessionToken: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePrepareJobResponse(m: Init<PrepareJobResponse>): Uint8Array {
  return encodeMessage(writePrepareJobResponse, m);
}
export function decodePrepareJobResponse(bytes: Uint8Array): PrepareJobResponse {
  return decodeMessage('PrepareJobResponse', readPrepareJobResponse, bytes);
}
export function writePrepareJobResponse(m: Init<PrepareJobResponse>, w: Writer): void {
  if (m.preparationId) {
    writeString(w, 10, m.preparationId);
  }
  if (m.artifactStagingEndpoint !== undefined) {
    writeApiServiceDescriptor(m.artifactStagingEndpoint, w.uint32(18).fork()); w.ldelim();
  }
  if (m.stagingSessionToken) {
    writeString(w, 26, m.stagingSessionToken);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPrepareJobResponse(r: Reader, depth: number): PrepareJobResponse {
  const m: Draft<PrepareJobResponse> = {
    preparationId: '',
    artifactStagingEndpoint: undefined,
    stagingSessionToken: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.preparationId = readString(r);
        break;
      case 18:
        m.artifactStagingEndpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 26:
        m.stagingSessionToken = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface RunJobRequest {
  readonly preparationId: string;
  readonly retrievalToken: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeRunJobRequest(m: Init<RunJobRequest>): Uint8Array {
  return encodeMessage(writeRunJobRequest, m);
}
export function decodeRunJobRequest(bytes: Uint8Array): RunJobRequest {
  return decodeMessage('RunJobRequest', readRunJobRequest, bytes);
}
export function writeRunJobRequest(m: Init<RunJobRequest>, w: Writer): void {
  if (m.preparationId) {
    writeString(w, 10, m.preparationId);
  }
  if (m.retrievalToken) {
    writeString(w, 18, m.retrievalToken);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readRunJobRequest(r: Reader, _depth: number): RunJobRequest {
  const m: Draft<RunJobRequest> = {
    preparationId: '',
    retrievalToken: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.preparationId = readString(r);
        break;
      case 18:
        m.retrievalToken = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface RunJobResponse {
  readonly jobId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeRunJobResponse(m: Init<RunJobResponse>): Uint8Array {
  return encodeMessage(writeRunJobResponse, m);
}
export function decodeRunJobResponse(bytes: Uint8Array): RunJobResponse {
  return decodeMessage('RunJobResponse', readRunJobResponse, bytes);
}
export function writeRunJobResponse(m: Init<RunJobResponse>, w: Writer): void {
  if (m.jobId) {
    writeString(w, 10, m.jobId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readRunJobResponse(r: Reader, _depth: number): RunJobResponse {
  const m: Draft<RunJobResponse> = {
    jobId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.jobId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface CancelJobRequest {
  readonly jobId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeCancelJobRequest(m: Init<CancelJobRequest>): Uint8Array {
  return encodeMessage(writeCancelJobRequest, m);
}
export function decodeCancelJobRequest(bytes: Uint8Array): CancelJobRequest {
  return decodeMessage('CancelJobRequest', readCancelJobRequest, bytes);
}
export function writeCancelJobRequest(m: Init<CancelJobRequest>, w: Writer): void {
  if (m.jobId) {
    writeString(w, 10, m.jobId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readCancelJobRequest(r: Reader, _depth: number): CancelJobRequest {
  const m: Draft<CancelJobRequest> = {
    jobId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.jobId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface CancelJobResponse {
  readonly state: JobState;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeCancelJobResponse(m: Init<CancelJobResponse>): Uint8Array {
  return encodeMessage(writeCancelJobResponse, m);
}
export function decodeCancelJobResponse(bytes: Uint8Array): CancelJobResponse {
  return decodeMessage('CancelJobResponse', readCancelJobResponse, bytes);
}
export function writeCancelJobResponse(m: Init<CancelJobResponse>, w: Writer): void {
  if (m.state) {
    w.uint32(8).int32(m.state);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readCancelJobResponse(r: Reader, _depth: number): CancelJobResponse {
  const m: Draft<CancelJobResponse> = {
    state: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.state = r.int32() as JobState;
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface DrainJobRequest {
  readonly jobId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDrainJobRequest(m: Init<DrainJobRequest>): Uint8Array {
  return encodeMessage(writeDrainJobRequest, m);
}
export function decodeDrainJobRequest(bytes: Uint8Array): DrainJobRequest {
  return decodeMessage('DrainJobRequest', readDrainJobRequest, bytes);
}
export function writeDrainJobRequest(m: Init<DrainJobRequest>, w: Writer): void {
  if (m.jobId) {
    writeString(w, 10, m.jobId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDrainJobRequest(r: Reader, _depth: number): DrainJobRequest {
  const m: Draft<DrainJobRequest> = {
    jobId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.jobId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface DrainJobResponse {
  readonly state: JobState;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDrainJobResponse(m: Init<DrainJobResponse>): Uint8Array {
  return encodeMessage(writeDrainJobResponse, m);
}
export function decodeDrainJobResponse(bytes: Uint8Array): DrainJobResponse {
  return decodeMessage('DrainJobResponse', readDrainJobResponse, bytes);
}
export function writeDrainJobResponse(m: Init<DrainJobResponse>, w: Writer): void {
  if (m.state) {
    w.uint32(8).int32(m.state);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDrainJobResponse(r: Reader, _depth: number): DrainJobResponse {
  const m: Draft<DrainJobResponse> = {
    state: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.state = r.int32() as JobState;
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface JobInfo {
  readonly jobId: string;
  readonly jobName: string;
  readonly pipelineOptions?: Struct | undefined;
  readonly state: JobState;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeJobInfo(m: Init<JobInfo>): Uint8Array {
  return encodeMessage(writeJobInfo, m);
}
export function decodeJobInfo(bytes: Uint8Array): JobInfo {
  return decodeMessage('JobInfo', readJobInfo, bytes);
}
export function writeJobInfo(m: Init<JobInfo>, w: Writer): void {
  if (m.jobId) {
    writeString(w, 10, m.jobId);
  }
  if (m.jobName) {
    writeString(w, 18, m.jobName);
  }
  if (m.pipelineOptions !== undefined) {
    writeStruct(m.pipelineOptions, w.uint32(26).fork()); w.ldelim();
  }
  if (m.state) {
    w.uint32(32).int32(m.state);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readJobInfo(r: Reader, depth: number): JobInfo {
  const m: Draft<JobInfo> = {
    jobId: '',
    jobName: '',
    pipelineOptions: undefined,
    state: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.jobId = readString(r);
        break;
      case 18:
        m.jobName = readString(r);
        break;
      case 26:
        m.pipelineOptions = readNested(r, readStruct, depth);
        break;
      case 32:
        m.state = r.int32() as JobState;
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetJobsRequest {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetJobsRequest(m: Init<GetJobsRequest>): Uint8Array {
  return encodeMessage(writeGetJobsRequest, m);
}
export function decodeGetJobsRequest(bytes: Uint8Array): GetJobsRequest {
  return decodeMessage('GetJobsRequest', readGetJobsRequest, bytes);
}
export function writeGetJobsRequest(m: Init<GetJobsRequest>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetJobsRequest(r: Reader, _depth: number): GetJobsRequest {
  const m: Draft<GetJobsRequest> = {
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetJobsResponse {
  readonly jobInfo: readonly JobInfo[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetJobsResponse(m: Init<GetJobsResponse>): Uint8Array {
  return encodeMessage(writeGetJobsResponse, m);
}
export function decodeGetJobsResponse(bytes: Uint8Array): GetJobsResponse {
  return decodeMessage('GetJobsResponse', readGetJobsResponse, bytes);
}
export function writeGetJobsResponse(m: Init<GetJobsResponse>, w: Writer): void {
  if (m.jobInfo !== undefined) {
    for (const item of m.jobInfo) {
      writeJobInfo(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetJobsResponse(r: Reader, depth: number): GetJobsResponse {
  const m: Draft<GetJobsResponse> = {
    jobInfo: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.jobInfo.push(readNested(r, readJobInfo, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetJobStateRequest {
  readonly jobId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetJobStateRequest(m: Init<GetJobStateRequest>): Uint8Array {
  return encodeMessage(writeGetJobStateRequest, m);
}
export function decodeGetJobStateRequest(bytes: Uint8Array): GetJobStateRequest {
  return decodeMessage('GetJobStateRequest', readGetJobStateRequest, bytes);
}
export function writeGetJobStateRequest(m: Init<GetJobStateRequest>, w: Writer): void {
  if (m.jobId) {
    writeString(w, 10, m.jobId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetJobStateRequest(r: Reader, _depth: number): GetJobStateRequest {
  const m: Draft<GetJobStateRequest> = {
    jobId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.jobId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface JobStateEvent {
  readonly state: JobState;
  readonly timestamp?: Timestamp | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeJobStateEvent(m: Init<JobStateEvent>): Uint8Array {
  return encodeMessage(writeJobStateEvent, m);
}
export function decodeJobStateEvent(bytes: Uint8Array): JobStateEvent {
  return decodeMessage('JobStateEvent', readJobStateEvent, bytes);
}
export function writeJobStateEvent(m: Init<JobStateEvent>, w: Writer): void {
  if (m.state) {
    w.uint32(8).int32(m.state);
  }
  if (m.timestamp !== undefined) {
    writeTimestamp(m.timestamp, w.uint32(18).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readJobStateEvent(r: Reader, depth: number): JobStateEvent {
  const m: Draft<JobStateEvent> = {
    state: 0,
    timestamp: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.state = r.int32() as JobState;
        break;
      case 18:
        m.timestamp = readNested(r, readTimestamp, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetJobPipelineRequest {
  readonly jobId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetJobPipelineRequest(m: Init<GetJobPipelineRequest>): Uint8Array {
  return encodeMessage(writeGetJobPipelineRequest, m);
}
export function decodeGetJobPipelineRequest(bytes: Uint8Array): GetJobPipelineRequest {
  return decodeMessage('GetJobPipelineRequest', readGetJobPipelineRequest, bytes);
}
export function writeGetJobPipelineRequest(m: Init<GetJobPipelineRequest>, w: Writer): void {
  if (m.jobId) {
    writeString(w, 10, m.jobId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetJobPipelineRequest(r: Reader, _depth: number): GetJobPipelineRequest {
  const m: Draft<GetJobPipelineRequest> = {
    jobId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.jobId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetJobPipelineResponse {
  readonly pipeline?: Pipeline | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetJobPipelineResponse(m: Init<GetJobPipelineResponse>): Uint8Array {
  return encodeMessage(writeGetJobPipelineResponse, m);
}
export function decodeGetJobPipelineResponse(bytes: Uint8Array): GetJobPipelineResponse {
  return decodeMessage('GetJobPipelineResponse', readGetJobPipelineResponse, bytes);
}
export function writeGetJobPipelineResponse(m: Init<GetJobPipelineResponse>, w: Writer): void {
  if (m.pipeline !== undefined) {
    writePipeline(m.pipeline, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetJobPipelineResponse(r: Reader, depth: number): GetJobPipelineResponse {
  const m: Draft<GetJobPipelineResponse> = {
    pipeline: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.pipeline = readNested(r, readPipeline, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface JobMessagesRequest {
  readonly jobId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeJobMessagesRequest(m: Init<JobMessagesRequest>): Uint8Array {
  return encodeMessage(writeJobMessagesRequest, m);
}
export function decodeJobMessagesRequest(bytes: Uint8Array): JobMessagesRequest {
  return decodeMessage('JobMessagesRequest', readJobMessagesRequest, bytes);
}
export function writeJobMessagesRequest(m: Init<JobMessagesRequest>, w: Writer): void {
  if (m.jobId) {
    writeString(w, 10, m.jobId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readJobMessagesRequest(r: Reader, _depth: number): JobMessagesRequest {
  const m: Draft<JobMessagesRequest> = {
    jobId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.jobId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface JobMessage {
  readonly messageId: string;
  readonly time: string;
  readonly importance: JobMessage_MessageImportance;
  readonly messageText: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeJobMessage(m: Init<JobMessage>): Uint8Array {
  return encodeMessage(writeJobMessage, m);
}
export function decodeJobMessage(bytes: Uint8Array): JobMessage {
  return decodeMessage('JobMessage', readJobMessage, bytes);
}
export function writeJobMessage(m: Init<JobMessage>, w: Writer): void {
  if (m.messageId) {
    writeString(w, 10, m.messageId);
  }
  if (m.time) {
    writeString(w, 18, m.time);
  }
  if (m.importance) {
    w.uint32(24).int32(m.importance);
  }
  if (m.messageText) {
    writeString(w, 34, m.messageText);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readJobMessage(r: Reader, _depth: number): JobMessage {
  const m: Draft<JobMessage> = {
    messageId: '',
    time: '',
    importance: 0,
    messageText: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.messageId = readString(r);
        break;
      case 18:
        m.time = readString(r);
        break;
      case 24:
        m.importance = r.int32() as JobMessage_MessageImportance;
        break;
      case 34:
        m.messageText = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface JobMessagesResponse {
  readonly response?:
    | { readonly case: 'messageResponse'; readonly value: JobMessage }
    | { readonly case: 'stateResponse'; readonly value: JobStateEvent }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeJobMessagesResponse(m: Init<JobMessagesResponse>): Uint8Array {
  return encodeMessage(writeJobMessagesResponse, m);
}
export function decodeJobMessagesResponse(bytes: Uint8Array): JobMessagesResponse {
  return decodeMessage('JobMessagesResponse', readJobMessagesResponse, bytes);
}
export function writeJobMessagesResponse(m: Init<JobMessagesResponse>, w: Writer): void {
  if (m.response !== undefined) {
    switch (m.response.case) {
      case 'messageResponse':
        writeJobMessage(m.response.value, w.uint32(10).fork()); w.ldelim();
        break;
      case 'stateResponse':
        writeJobStateEvent(m.response.value, w.uint32(18).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readJobMessagesResponse(r: Reader, depth: number): JobMessagesResponse {
  const m: Draft<JobMessagesResponse> = {
    response: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.response = { case: 'messageResponse', value: readNested(r, readJobMessage, depth) };
        break;
      case 18:
        m.response = { case: 'stateResponse', value: readNested(r, readJobStateEvent, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetJobMetricsRequest {
  readonly jobId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetJobMetricsRequest(m: Init<GetJobMetricsRequest>): Uint8Array {
  return encodeMessage(writeGetJobMetricsRequest, m);
}
export function decodeGetJobMetricsRequest(bytes: Uint8Array): GetJobMetricsRequest {
  return decodeMessage('GetJobMetricsRequest', readGetJobMetricsRequest, bytes);
}
export function writeGetJobMetricsRequest(m: Init<GetJobMetricsRequest>, w: Writer): void {
  if (m.jobId) {
    writeString(w, 10, m.jobId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetJobMetricsRequest(r: Reader, _depth: number): GetJobMetricsRequest {
  const m: Draft<GetJobMetricsRequest> = {
    jobId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.jobId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetJobMetricsResponse {
  readonly metrics?: MetricResults | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetJobMetricsResponse(m: Init<GetJobMetricsResponse>): Uint8Array {
  return encodeMessage(writeGetJobMetricsResponse, m);
}
export function decodeGetJobMetricsResponse(bytes: Uint8Array): GetJobMetricsResponse {
  return decodeMessage('GetJobMetricsResponse', readGetJobMetricsResponse, bytes);
}
export function writeGetJobMetricsResponse(m: Init<GetJobMetricsResponse>, w: Writer): void {
  if (m.metrics !== undefined) {
    writeMetricResults(m.metrics, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetJobMetricsResponse(r: Reader, depth: number): GetJobMetricsResponse {
  const m: Draft<GetJobMetricsResponse> = {
    metrics: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.metrics = readNested(r, readMetricResults, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MetricResults {
  readonly attempted: readonly MonitoringInfo[];
  readonly committed: readonly MonitoringInfo[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMetricResults(m: Init<MetricResults>): Uint8Array {
  return encodeMessage(writeMetricResults, m);
}
export function decodeMetricResults(bytes: Uint8Array): MetricResults {
  return decodeMessage('MetricResults', readMetricResults, bytes);
}
export function writeMetricResults(m: Init<MetricResults>, w: Writer): void {
  if (m.attempted !== undefined) {
    for (const item of m.attempted) {
      writeMonitoringInfo(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.committed !== undefined) {
    for (const item of m.committed) {
      writeMonitoringInfo(item, w.uint32(18).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMetricResults(r: Reader, depth: number): MetricResults {
  const m: Draft<MetricResults> = {
    attempted: [],
    committed: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.attempted.push(readNested(r, readMonitoringInfo, depth));
        break;
      case 18:
        m.committed.push(readNested(r, readMonitoringInfo, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface DescribePipelineOptionsRequest {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDescribePipelineOptionsRequest(m: Init<DescribePipelineOptionsRequest>): Uint8Array {
  return encodeMessage(writeDescribePipelineOptionsRequest, m);
}
export function decodeDescribePipelineOptionsRequest(bytes: Uint8Array): DescribePipelineOptionsRequest {
  return decodeMessage('DescribePipelineOptionsRequest', readDescribePipelineOptionsRequest, bytes);
}
export function writeDescribePipelineOptionsRequest(m: Init<DescribePipelineOptionsRequest>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDescribePipelineOptionsRequest(r: Reader, _depth: number): DescribePipelineOptionsRequest {
  const m: Draft<DescribePipelineOptionsRequest> = {
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface PipelineOptionDescriptor {
  readonly name: string;
  readonly type: PipelineOptionType;
  readonly description: string;
  readonly defaultValue: string;
  readonly group: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePipelineOptionDescriptor(m: Init<PipelineOptionDescriptor>): Uint8Array {
  return encodeMessage(writePipelineOptionDescriptor, m);
}
export function decodePipelineOptionDescriptor(bytes: Uint8Array): PipelineOptionDescriptor {
  return decodeMessage('PipelineOptionDescriptor', readPipelineOptionDescriptor, bytes);
}
export function writePipelineOptionDescriptor(m: Init<PipelineOptionDescriptor>, w: Writer): void {
  if (m.name) {
    writeString(w, 10, m.name);
  }
  if (m.type) {
    w.uint32(16).int32(m.type);
  }
  if (m.description) {
    writeString(w, 26, m.description);
  }
  if (m.defaultValue) {
    writeString(w, 34, m.defaultValue);
  }
  if (m.group) {
    writeString(w, 42, m.group);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPipelineOptionDescriptor(r: Reader, _depth: number): PipelineOptionDescriptor {
  const m: Draft<PipelineOptionDescriptor> = {
    name: '',
    type: 0,
    description: '',
    defaultValue: '',
    group: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.name = readString(r);
        break;
      case 16:
        m.type = r.int32() as PipelineOptionType;
        break;
      case 26:
        m.description = readString(r);
        break;
      case 34:
        m.defaultValue = readString(r);
        break;
      case 42:
        m.group = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface DescribePipelineOptionsResponse {
  readonly options: readonly PipelineOptionDescriptor[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDescribePipelineOptionsResponse(m: Init<DescribePipelineOptionsResponse>): Uint8Array {
  return encodeMessage(writeDescribePipelineOptionsResponse, m);
}
export function decodeDescribePipelineOptionsResponse(bytes: Uint8Array): DescribePipelineOptionsResponse {
  return decodeMessage('DescribePipelineOptionsResponse', readDescribePipelineOptionsResponse, bytes);
}
export function writeDescribePipelineOptionsResponse(m: Init<DescribePipelineOptionsResponse>, w: Writer): void {
  if (m.options !== undefined) {
    for (const item of m.options) {
      writePipelineOptionDescriptor(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDescribePipelineOptionsResponse(r: Reader, depth: number): DescribePipelineOptionsResponse {
  const m: Draft<DescribePipelineOptionsResponse> = {
    options: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.options.push(readNested(r, readPipelineOptionDescriptor, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

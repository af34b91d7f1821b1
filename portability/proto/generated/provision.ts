// Made from ../provision.proto by scripts/gen-protos.ts: change the text, not this module.
import { NO_ENTRIES, decodeMessage, readEntry, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { readApiServiceDescriptor, type ApiServiceDescriptor, writeApiServiceDescriptor } from './endpoints.js';
import { readStruct, type Struct, writeStruct } from './google/protobuf/struct.js';
import { encodeMessage, type Writer, writeString } from '../message-writer.js';
import { readArtifactInformation, type ArtifactInformation, writeArtifactInformation } from './pipeline.js';

export interface GetProvisionInfoRequest {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetProvisionInfoRequest(m: Init<GetProvisionInfoRequest>): Uint8Array {
  return encodeMessage(writeGetProvisionInfoRequest, m);
}
export function decodeGetProvisionInfoRequest(bytes: Uint8Array): GetProvisionInfoRequest {
  return decodeMessage('GetProvisionInfoRequest', readGetProvisionInfoRequest, bytes);
}
export function writeGetProvisionInfoRequest(m: Init<GetProvisionInfoRequest>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetProvisionInfoRequest(r: Reader, _depth: number): GetProvisionInfoRequest {
  const m: Draft<GetProvisionInfoRequest> = {
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

export interface GetProvisionInfoResponse {
  readonly info?: ProvisionInfo | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetProvisionInfoResponse(m: Init<GetProvisionInfoResponse>): Uint8Array {
  return encodeMessage(writeGetProvisionInfoResponse, m);
}
export function decodeGetProvisionInfoResponse(bytes: Uint8Array): GetProvisionInfoResponse {
  return decodeMessage('GetProvisionInfoResponse', readGetProvisionInfoResponse, bytes);
}
export function writeGetProvisionInfoResponse(m: Init<GetProvisionInfoResponse>, w: Writer): void {
  if (m.info !== undefined) {
    writeProvisionInfo(m.info, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetProvisionInfoResponse(r: Reader, depth: number): GetProvisionInfoResponse {
  const m: Draft<GetProvisionInfoResponse> = {
    info: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.info = readNested(r, readProvisionInfo, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProvisionInfo {
  readonly pipelineOptions?: Struct | undefined;
  readonly retrievalToken: string;
  readonly statusEndpoint?: ApiServiceDescriptor | undefined;
  readonly loggingEndpoint?: ApiServiceDescriptor | undefined;
  readonly artifactEndpoint?: ApiServiceDescriptor | undefined;
  readonly controlEndpoint?: ApiServiceDescriptor | undefined;
  readonly dependencies: readonly ArtifactInformation[];
  readonly runnerCapabilities: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly siblingWorkerIds: readonly string[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProvisionInfo(m: Init<ProvisionInfo>): Uint8Array {
  return encodeMessage(writeProvisionInfo, m);
}
export function decodeProvisionInfo(bytes: Uint8Array): ProvisionInfo {
  return decodeMessage('ProvisionInfo', readProvisionInfo, bytes);
}
export function writeProvisionInfo(m: Init<ProvisionInfo>, w: Writer): void {
  if (m.pipelineOptions !== undefined) {
    writeStruct(m.pipelineOptions, w.uint32(26).fork()); w.ldelim();
  }
  if (m.retrievalToken) {
    writeString(w, 50, m.retrievalToken);
  }
  if (m.statusEndpoint !== undefined) {
    writeApiServiceDescriptor(m.statusEndpoint, w.uint32(58).fork()); w.ldelim();
  }
  if (m.loggingEndpoint !== undefined) {
    writeApiServiceDescriptor(m.loggingEndpoint, w.uint32(66).fork()); w.ldelim();
  }
  if (m.artifactEndpoint !== undefined) {
    writeApiServiceDescriptor(m.artifactEndpoint, w.uint32(74).fork()); w.ldelim();
  }
  if (m.controlEndpoint !== undefined) {
    writeApiServiceDescriptor(m.controlEndpoint, w.uint32(82).fork()); w.ldelim();
  }
  if (m.dependencies !== undefined) {
    for (const item of m.dependencies) {
      writeArtifactInformation(item, w.uint32(90).fork()); w.ldelim();
    }
  }
  if (m.runnerCapabilities !== undefined) {
    for (const item of m.runnerCapabilities) {
      writeString(w, 98, item);
    }
  }
  m.metadata?.forEach((value, key) => {
    w.uint32(106).fork();
    writeString(w, 10, key);
    writeString(w, 18, value);
    w.ldelim();
  });
  if (m.siblingWorkerIds !== undefined) {
    for (const item of m.siblingWorkerIds) {
      writeString(w, 114, item);
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProvisionInfo(r: Reader, depth: number): ProvisionInfo {
  const m: Draft<ProvisionInfo> = {
    pipelineOptions: undefined,
    retrievalToken: '',
    statusEndpoint: undefined,
    loggingEndpoint: undefined,
    artifactEndpoint: undefined,
    controlEndpoint: undefined,
    dependencies: [],
    runnerCapabilities: [],
    metadata: NO_ENTRIES,
    siblingWorkerIds: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 26:
        m.pipelineOptions = readNested(r, readStruct, depth);
        break;
      case 50:
        m.retrievalToken = readString(r);
        break;
      case 58:
        m.statusEndpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 66:
        m.loggingEndpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 74:
        m.artifactEndpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 82:
        m.controlEndpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 90:
        m.dependencies.push(readNested(r, readArtifactInformation, depth));
        break;
      case 98:
        m.runnerCapabilities.push(readString(r));
        break;
      case 106:
        m.metadata = readEntry(r, m.metadata, 18, readString, '');
        break;
      case 114:
        m.siblingWorkerIds.push(readString(r));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

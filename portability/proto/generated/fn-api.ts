// Made from ../fn-api.proto by scripts/gen-protos.ts: change the text, not this module.
import { NO_BYTES, NO_ENTRIES, decodeMessage, readBigInt64, readBytes, readEntry, readInt64, readMessageEntry, readNested, readPacked, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { readApiServiceDescriptor, type ApiServiceDescriptor, writeApiServiceDescriptor } from './endpoints.js';
import { readDuration, type Duration, writeDuration } from './google/protobuf/duration.js';
import { readStruct, type Struct, writeStruct } from './google/protobuf/struct.js';
import { readTimestamp, type Timestamp, writeTimestamp } from './google/protobuf/timestamp.js';
import { encodeMessage, type Writer, writeBigInt64, writeInt64, writeString } from '../message-writer.js';
import { readMonitoringInfo, type MonitoringInfo, writeMonitoringInfo } from './metrics.js';
import { readCoder, readEnvironment, readPCollection, readPTransform, readWindowingStrategy, type Coder, type Environment, type IsBounded, type PCollection, type PTransform, type WindowingStrategy, writeCoder, writeEnvironment, writePCollection, writePTransform, writeWindowingStrategy } from './pipeline.js';

export const Elements_DrainMode = {
  UNSPECIFIED: 0,
  NOT_DRAINING: 1,
  DRAINING: 2,
} as const;
export type Elements_DrainMode = (typeof Elements_DrainMode)[keyof typeof Elements_DrainMode];

export const Elements_ValueKind = {
  VALUE_KIND_UNSPECIFIED: 0,
  INSERT: 1,
  UPDATE_BEFORE: 2,
  UPDATE_AFTER: 3,
  DELETE: 4,
} as const;
export type Elements_ValueKind = (typeof Elements_ValueKind)[keyof typeof Elements_ValueKind];

export const LogEntry_Severity = {
  UNSPECIFIED: 0,
  TRACE: 1,
  DEBUG: 2,
  INFO: 3,
  NOTICE: 4,
  WARN: 5,
  ERROR: 6,
  CRITICAL: 7,
} as const;
export type LogEntry_Severity = (typeof LogEntry_Severity)[keyof typeof LogEntry_Severity];

export interface GetProcessBundleDescriptorRequest {
  readonly processBundleDescriptorId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetProcessBundleDescriptorRequest(m: Init<GetProcessBundleDescriptorRequest>): Uint8Array {
  return encodeMessage(writeGetProcessBundleDescriptorRequest, m);
}
export function decodeGetProcessBundleDescriptorRequest(bytes: Uint8Array): GetProcessBundleDescriptorRequest {
  return decodeMessage('GetProcessBundleDescriptorRequest', readGetProcessBundleDescriptorRequest, bytes);
}
export function writeGetProcessBundleDescriptorRequest(m: Init<GetProcessBundleDescriptorRequest>, w: Writer): void {
  if (m.processBundleDescriptorId) {
    writeString(w, 10, m.processBundleDescriptorId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetProcessBundleDescriptorRequest(r: Reader, _depth: number): GetProcessBundleDescriptorRequest {
  const m: Draft<GetProcessBundleDescriptorRequest> = {
    processBundleDescriptorId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.processBundleDescriptorId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface InstructionRequest {
  readonly instructionId: string;
  readonly request?:
    | { readonly case: 'register'; readonly value: RegisterRequest }
    | { readonly case: 'processBundle'; readonly value: ProcessBundleRequest }
    | { readonly case: 'processBundleProgress'; readonly value: ProcessBundleProgressRequest }
    | { readonly case: 'processBundleSplit'; readonly value: ProcessBundleSplitRequest }
    | { readonly case: 'finalizeBundle'; readonly value: FinalizeBundleRequest }
    | { readonly case: 'monitoringInfos'; readonly value: MonitoringInfosMetadataRequest }
    | { readonly case: 'harnessMonitoringInfos'; readonly value: HarnessMonitoringInfosRequest }
    | { readonly case: 'sampleData'; readonly value: SampleDataRequest }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeInstructionRequest(m: Init<InstructionRequest>): Uint8Array {
  return encodeMessage(writeInstructionRequest, m);
}
export function decodeInstructionRequest(bytes: Uint8Array): InstructionRequest {
  return decodeMessage('InstructionRequest', readInstructionRequest, bytes);
}
export function writeInstructionRequest(m: Init<InstructionRequest>, w: Writer): void {
  if (m.instructionId) {
    writeString(w, 10, m.instructionId);
  }
  if (m.request !== undefined) {
    switch (m.request.case) {
      case 'register':
        writeRegisterRequest(m.request.value, w.uint32(8002).fork()); w.ldelim();
        break;
      case 'processBundle':
        writeProcessBundleRequest(m.request.value, w.uint32(8010).fork()); w.ldelim();
        break;
      case 'processBundleProgress':
        writeProcessBundleProgressRequest(m.request.value, w.uint32(8018).fork()); w.ldelim();
        break;
      case 'processBundleSplit':
        writeProcessBundleSplitRequest(m.request.value, w.uint32(8026).fork()); w.ldelim();
        break;
      case 'finalizeBundle':
        writeFinalizeBundleRequest(m.request.value, w.uint32(8034).fork()); w.ldelim();
        break;
      case 'monitoringInfos':
        writeMonitoringInfosMetadataRequest(m.request.value, w.uint32(8042).fork()); w.ldelim();
        break;
      case 'harnessMonitoringInfos':
        writeHarnessMonitoringInfosRequest(m.request.value, w.uint32(8050).fork()); w.ldelim();
        break;
      case 'sampleData':
        writeSampleDataRequest(m.request.value, w.uint32(8058).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readInstructionRequest(r: Reader, depth: number): InstructionRequest {
  const m: Draft<InstructionRequest> = {
    instructionId: '',
    request: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.instructionId = readString(r);
        break;
      case 8002:
        m.request = { case: 'register', value: readNested(r, readRegisterRequest, depth) };
        break;
      case 8010:
        m.request = { case: 'processBundle', value: readNested(r, readProcessBundleRequest, depth) };
        break;
      case 8018:
        m.request = { case: 'processBundleProgress', value: readNested(r, readProcessBundleProgressRequest, depth) };
        break;
      case 8026:
        m.request = { case: 'processBundleSplit', value: readNested(r, readProcessBundleSplitRequest, depth) };
        break;
      case 8034:
        m.request = { case: 'finalizeBundle', value: readNested(r, readFinalizeBundleRequest, depth) };
        break;
      case 8042:
        m.request = { case: 'monitoringInfos', value: readNested(r, readMonitoringInfosMetadataRequest, depth) };
        break;
      case 8050:
        m.request = { case: 'harnessMonitoringInfos', value: readNested(r, readHarnessMonitoringInfosRequest, depth) };
        break;
      case 8058:
        m.request = { case: 'sampleData', value: readNested(r, readSampleDataRequest, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface InstructionResponse {
  readonly instructionId: string;
  readonly error: string;
  readonly response?:
    | { readonly case: 'register'; readonly value: RegisterResponse }
    | { readonly case: 'processBundle'; readonly value: ProcessBundleResponse }
    | { readonly case: 'processBundleProgress'; readonly value: ProcessBundleProgressResponse }
    | { readonly case: 'processBundleSplit'; readonly value: ProcessBundleSplitResponse }
    | { readonly case: 'finalizeBundle'; readonly value: FinalizeBundleResponse }
    | { readonly case: 'monitoringInfos'; readonly value: MonitoringInfosMetadataResponse }
    | { readonly case: 'harnessMonitoringInfos'; readonly value: HarnessMonitoringInfosResponse }
    | { readonly case: 'sampleData'; readonly value: SampleDataResponse }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeInstructionResponse(m: Init<InstructionResponse>): Uint8Array {
  return encodeMessage(writeInstructionResponse, m);
}
export function decodeInstructionResponse(bytes: Uint8Array): InstructionResponse {
  return decodeMessage('InstructionResponse', readInstructionResponse, bytes);
}
export function writeInstructionResponse(m: Init<InstructionResponse>, w: Writer): void {
  if (m.instructionId) {
    writeString(w, 10, m.instructionId);
  }
  if (m.error) {
    writeString(w, 18, m.error);
  }
  if (m.response !== undefined) {
    switch (m.response.case) {
      case 'register':
        writeRegisterResponse(m.response.value, w.uint32(8002).fork()); w.ldelim();
        break;
      case 'processBundle':
        writeProcessBundleResponse(m.response.value, w.uint32(8010).fork()); w.ldelim();
        break;
      case 'processBundleProgress':
        writeProcessBundleProgressResponse(m.response.value, w.uint32(8018).fork()); w.ldelim();
        break;
      case 'processBundleSplit':
        writeProcessBundleSplitResponse(m.response.value, w.uint32(8026).fork()); w.ldelim();
        break;
      case 'finalizeBundle':
        writeFinalizeBundleResponse(m.response.value, w.uint32(8034).fork()); w.ldelim();
        break;
      case 'monitoringInfos':
        writeMonitoringInfosMetadataResponse(m.response.value, w.uint32(8042).fork()); w.ldelim();
        break;
      case 'harnessMonitoringInfos':
        writeHarnessMonitoringInfosResponse(m.response.value, w.uint32(8050).fork()); w.ldelim();
        break;
      case 'sampleData':
        writeSampleDataResponse(m.response.value, w.uint32(8058).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readInstructionResponse(r: Reader, depth: number): InstructionResponse {
  const m: Draft<InstructionResponse> = {
    instructionId: '',
    error: '',
    response: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.instructionId = readString(r);
        break;
      case 18:
        m.error = readString(r);
        break;
      case 8002:
        m.response = { case: 'register', value: readNested(r, readRegisterResponse, depth) };
        break;
      case 8010:
        m.response = { case: 'processBundle', value: readNested(r, readProcessBundleResponse, depth) };
        break;
      case 8018:
        m.response = { case: 'processBundleProgress', value: readNested(r, readProcessBundleProgressResponse, depth) };
        break;
      case 8026:
        m.response = { case: 'processBundleSplit', value: readNested(r, readProcessBundleSplitResponse, depth) };
        break;
      case 8034:
        m.response = { case: 'finalizeBundle', value: readNested(r, readFinalizeBundleResponse, depth) };
        break;
      case 8042:
        m.response = { case: 'monitoringInfos', value: readNested(r, readMonitoringInfosMetadataResponse, depth) };
        break;
      case 8050:
        m.response = { case: 'harnessMonitoringInfos', value: readNested(r, readHarnessMonitoringInfosResponse, depth) };
        break;
      case 8058:
        m.response = { case: 'sampleData', value: readNested(r, readSampleDataResponse, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SampleDataRequest {
  readonly pcollectionIds: readonly string[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSampleDataRequest(m: Init<SampleDataRequest>): Uint8Array {
  return encodeMessage(writeSampleDataRequest, m);
}
export function decodeSampleDataRequest(bytes: Uint8Array): SampleDataRequest {
  return decodeMessage('SampleDataRequest', readSampleDataRequest, bytes);
}
export function writeSampleDataRequest(m: Init<SampleDataRequest>, w: Writer): void {
  if (m.pcollectionIds !== undefined) {
    for (const item of m.pcollectionIds) {
      writeString(w, 10, item);
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSampleDataRequest(r: Reader, _depth: number): SampleDataRequest {
  const m: Draft<SampleDataRequest> = {
    pcollectionIds: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.pcollectionIds.push(readString(r));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SampledElement {
  readonly element: Uint8Array;
  readonly sampleTimestamp?: Timestamp | undefined;
  readonly exception?: SampledElement_Exception | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSampledElement(m: Init<SampledElement>): Uint8Array {
  return encodeMessage(writeSampledElement, m);
}
export function decodeSampledElement(bytes: Uint8Array): SampledElement {
  return decodeMessage('SampledElement', readSampledElement, bytes);
}
export function writeSampledElement(m: Init<SampledElement>, w: Writer): void {
  if (m.element !== undefined && m.element.length > 0) {
    w.uint32(10).bytes(m.element);
  }
  if (m.sampleTimestamp !== undefined) {
    writeTimestamp(m.sampleTimestamp, w.uint32(18).fork()); w.ldelim();
  }
  if (m.exception !== undefined) {
    writeSampledElement_Exception(m.exception, w.uint32(26).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSampledElement(r: Reader, depth: number): SampledElement {
  const m: Draft<SampledElement> = {
    element: NO_BYTES,
    sampleTimestamp: undefined,
    exception: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.element = readBytes(r);
        break;
      case 18:
        m.sampleTimestamp = readNested(r, readTimestamp, depth);
        break;
      case 26:
        m.exception = readNested(r, readSampledElement_Exception, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SampledElement_Exception {
  readonly instructionId: string;
  readonly transformId: string;
  readonly error: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSampledElement_Exception(m: Init<SampledElement_Exception>): Uint8Array {
  return encodeMessage(writeSampledElement_Exception, m);
}
export function decodeSampledElement_Exception(bytes: Uint8Array): SampledElement_Exception {
  return decodeMessage('SampledElement_Exception', readSampledElement_Exception, bytes);
}
export function writeSampledElement_Exception(m: Init<SampledElement_Exception>, w: Writer): void {
  if (m.instructionId) {
    writeString(w, 10, m.instructionId);
  }
  if (m.transformId) {
    writeString(w, 18, m.transformId);
  }
  if (m.error) {
    writeString(w, 26, m.error);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSampledElement_Exception(r: Reader, _depth: number): SampledElement_Exception {
  const m: Draft<SampledElement_Exception> = {
    instructionId: '',
    transformId: '',
    error: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.instructionId = readString(r);
        break;
      case 18:
        m.transformId = readString(r);
        break;
      case 26:
        m.error = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SampleDataResponse {
  readonly elementSamples: ReadonlyMap<string, SampleDataResponse_ElementList>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSampleDataResponse(m: Init<SampleDataResponse>): Uint8Array {
  return encodeMessage(writeSampleDataResponse, m);
}
export function decodeSampleDataResponse(bytes: Uint8Array): SampleDataResponse {
  return decodeMessage('SampleDataResponse', readSampleDataResponse, bytes);
}
export function writeSampleDataResponse(m: Init<SampleDataResponse>, w: Writer): void {
  m.elementSamples?.forEach((value, key) => {
    w.uint32(10).fork();
    writeString(w, 10, key);
    writeSampleDataResponse_ElementList(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSampleDataResponse(r: Reader, depth: number): SampleDataResponse {
  const m: Draft<SampleDataResponse> = {
    elementSamples: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.elementSamples = readMessageEntry(r, m.elementSamples, readSampleDataResponse_ElementList, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SampleDataResponse_ElementList {
  readonly elements: readonly SampledElement[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSampleDataResponse_ElementList(m: Init<SampleDataResponse_ElementList>): Uint8Array {
  return encodeMessage(writeSampleDataResponse_ElementList, m);
}
export function decodeSampleDataResponse_ElementList(bytes: Uint8Array): SampleDataResponse_ElementList {
  return decodeMessage('SampleDataResponse_ElementList', readSampleDataResponse_ElementList, bytes);
}
export function writeSampleDataResponse_ElementList(m: Init<SampleDataResponse_ElementList>, w: Writer): void {
  if (m.elements !== undefined) {
    for (const item of m.elements) {
      writeSampledElement(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSampleDataResponse_ElementList(r: Reader, depth: number): SampleDataResponse_ElementList {
  const m: Draft<SampleDataResponse_ElementList> = {
    elements: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.elements.push(readNested(r, readSampledElement, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface HarnessMonitoringInfosRequest {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeHarnessMonitoringInfosRequest(m: Init<HarnessMonitoringInfosRequest>): Uint8Array {
  return encodeMessage(writeHarnessMonitoringInfosRequest, m);
}
export function decodeHarnessMonitoringInfosRequest(bytes: Uint8Array): HarnessMonitoringInfosRequest {
  return decodeMessage('HarnessMonitoringInfosRequest', readHarnessMonitoringInfosRequest, bytes);
}
export function writeHarnessMonitoringInfosRequest(m: Init<HarnessMonitoringInfosRequest>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readHarnessMonitoringInfosRequest(r: Reader, _depth: number): HarnessMonitoringInfosRequest {
  const m: Draft<HarnessMonitoringInfosRequest> = {
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

export interface HarnessMonitoringInfosResponse {
  readonly monitoringData: ReadonlyMap<string, Uint8Array>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeHarnessMonitoringInfosResponse(m: Init<HarnessMonitoringInfosResponse>): Uint8Array {
  return encodeMessage(writeHarnessMonitoringInfosResponse, m);
}
export function decodeHarnessMonitoringInfosResponse(bytes: Uint8Array): HarnessMonitoringInfosResponse {
  return decodeMessage('HarnessMonitoringInfosResponse', readHarnessMonitoringInfosResponse, bytes);
}
export function writeHarnessMonitoringInfosResponse(m: Init<HarnessMonitoringInfosResponse>, w: Writer): void {
  m.monitoringData?.forEach((value, key) => {
    w.uint32(10).fork();
    writeString(w, 10, key);
    w.uint32(18).bytes(value);
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readHarnessMonitoringInfosResponse(r: Reader, _depth: number): HarnessMonitoringInfosResponse {
  const m: Draft<HarnessMonitoringInfosResponse> = {
    monitoringData: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.monitoringData = readEntry(r, m.monitoringData, 18, readBytes, NO_BYTES);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface RegisterRequest {
  readonly processBundleDescriptor: readonly ProcessBundleDescriptor[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeRegisterRequest(m: Init<RegisterRequest>): Uint8Array {
  return encodeMessage(writeRegisterRequest, m);
}
export function decodeRegisterRequest(bytes: Uint8Array): RegisterRequest {
  return decodeMessage('RegisterRequest', readRegisterRequest, bytes);
}
export function writeRegisterRequest(m: Init<RegisterRequest>, w: Writer): void {
  if (m.processBundleDescriptor !== undefined) {
    for (const item of m.processBundleDescriptor) {
      writeProcessBundleDescriptor(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readRegisterRequest(r: Reader, depth: number): RegisterRequest {
  const m: Draft<RegisterRequest> = {
    processBundleDescriptor: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.processBundleDescriptor.push(readNested(r, readProcessBundleDescriptor, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface RegisterResponse {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeRegisterResponse(m: Init<RegisterResponse>): Uint8Array {
  return encodeMessage(writeRegisterResponse, m);
}
export function decodeRegisterResponse(bytes: Uint8Array): RegisterResponse {
  return decodeMessage('RegisterResponse', readRegisterResponse, bytes);
}
export function writeRegisterResponse(m: Init<RegisterResponse>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readRegisterResponse(r: Reader, _depth: number): RegisterResponse {
  const m: Draft<RegisterResponse> = {
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

export interface ProcessBundleDescriptor {
  readonly id: string;
  readonly transforms: ReadonlyMap<string, PTransform>;
  readonly pcollections: ReadonlyMap<string, PCollection>;
  readonly windowingStrategies: ReadonlyMap<string, WindowingStrategy>;
  readonly coders: ReadonlyMap<string, Coder>;
  readonly environments: ReadonlyMap<string, Environment>;
  readonly stateApiServiceDescriptor?: ApiServiceDescriptor | undefined;
  readonly timerApiServiceDescriptor?: ApiServiceDescriptor | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleDescriptor(m: Init<ProcessBundleDescriptor>): Uint8Array {
  return encodeMessage(writeProcessBundleDescriptor, m);
}
export function decodeProcessBundleDescriptor(bytes: Uint8Array): ProcessBundleDescriptor {
  return decodeMessage('ProcessBundleDescriptor', readProcessBundleDescriptor, bytes);
}
export function writeProcessBundleDescriptor(m: Init<ProcessBundleDescriptor>, w: Writer): void {
  if (m.id) {
    writeString(w, 10, m.id);
  }
  m.transforms?.forEach((value, key) => {
    w.uint32(18).fork();
    writeString(w, 10, key);
    writePTransform(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  m.pcollections?.forEach((value, key) => {
    w.uint32(26).fork();
    writeString(w, 10, key);
    writePCollection(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  m.windowingStrategies?.forEach((value, key) => {
    w.uint32(34).fork();
    writeString(w, 10, key);
    writeWindowingStrategy(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  m.coders?.forEach((value, key) => {
    w.uint32(42).fork();
    writeString(w, 10, key);
    writeCoder(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  m.environments?.forEach((value, key) => {
    w.uint32(50).fork();
    writeString(w, 10, key);
    writeEnvironment(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.stateApiServiceDescriptor !== undefined) {
    writeApiServiceDescriptor(m.stateApiServiceDescriptor, w.uint32(58).fork()); w.ldelim();
  }
  if (m.timerApiServiceDescriptor !== undefined) {
    writeApiServiceDescriptor(m.timerApiServiceDescriptor, w.uint32(66).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleDescriptor(r: Reader, depth: number): ProcessBundleDescriptor {
  const m: Draft<ProcessBundleDescriptor> = {
    id: '',
    transforms: NO_ENTRIES,
    pcollections: NO_ENTRIES,
    windowingStrategies: NO_ENTRIES,
    coders: NO_ENTRIES,
    environments: NO_ENTRIES,
    stateApiServiceDescriptor: undefined,
    timerApiServiceDescriptor: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.id = readString(r);
        break;
      case 18:
        m.transforms = readMessageEntry(r, m.transforms, readPTransform, depth);
        break;
      case 26:
        m.pcollections = readMessageEntry(r, m.pcollections, readPCollection, depth);
        break;
      case 34:
        m.windowingStrategies = readMessageEntry(r, m.windowingStrategies, readWindowingStrategy, depth);
        break;
      case 42:
        m.coders = readMessageEntry(r, m.coders, readCoder, depth);
        break;
      case 50:
        m.environments = readMessageEntry(r, m.environments, readEnvironment, depth);
        break;
      case 58:
        m.stateApiServiceDescriptor = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 66:
        m.timerApiServiceDescriptor = readNested(r, readApiServiceDescriptor, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface BundleApplication {
  readonly transformId: string;
  readonly inputId: string;
  readonly element: Uint8Array;
  readonly outputWatermarks: ReadonlyMap<string, Timestamp>;
  readonly isBounded: IsBounded;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeBundleApplication(m: Init<BundleApplication>): Uint8Array {
  return encodeMessage(writeBundleApplication, m);
}
export function decodeBundleApplication(bytes: Uint8Array): BundleApplication {
  return decodeMessage('BundleApplication', readBundleApplication, bytes);
}
export function writeBundleApplication(m: Init<BundleApplication>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.inputId) {
    writeString(w, 18, m.inputId);
  }
  if (m.element !== undefined && m.element.length > 0) {
    w.uint32(26).bytes(m.element);
  }
  m.outputWatermarks?.forEach((value, key) => {
    w.uint32(34).fork();
    writeString(w, 10, key);
    writeTimestamp(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.isBounded) {
    w.uint32(40).int32(m.isBounded);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readBundleApplication(r: Reader, depth: number): BundleApplication {
  const m: Draft<BundleApplication> = {
    transformId: '',
    inputId: '',
    element: NO_BYTES,
    outputWatermarks: NO_ENTRIES,
    isBounded: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.inputId = readString(r);
        break;
      case 26:
        m.element = readBytes(r);
        break;
      case 34:
        m.outputWatermarks = readMessageEntry(r, m.outputWatermarks, readTimestamp, depth);
        break;
      case 40:
        m.isBounded = r.int32() as IsBounded;
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface DelayedBundleApplication {
  readonly application?: BundleApplication | undefined;
  readonly requestedTimeDelay?: Duration | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDelayedBundleApplication(m: Init<DelayedBundleApplication>): Uint8Array {
  return encodeMessage(writeDelayedBundleApplication, m);
}
export function decodeDelayedBundleApplication(bytes: Uint8Array): DelayedBundleApplication {
  return decodeMessage('DelayedBundleApplication', readDelayedBundleApplication, bytes);
}
export function writeDelayedBundleApplication(m: Init<DelayedBundleApplication>, w: Writer): void {
  if (m.application !== undefined) {
    writeBundleApplication(m.application, w.uint32(10).fork()); w.ldelim();
  }
  if (m.requestedTimeDelay !== undefined) {
    writeDuration(m.requestedTimeDelay, w.uint32(18).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDelayedBundleApplication(r: Reader, depth: number): DelayedBundleApplication {
  const m: Draft<DelayedBundleApplication> = {
    application: undefined,
    requestedTimeDelay: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.application = readNested(r, readBundleApplication, depth);
        break;
      case 18:
        m.requestedTimeDelay = readNested(r, readDuration, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessBundleRequest {
  readonly processBundleDescriptorId: string;
  readonly cacheTokens: readonly ProcessBundleRequest_CacheToken[];
  readonly elements?: Elements | undefined;
  readonly hasNoState: boolean;
  readonly onlyBundleForKeys: boolean;
  readonly dataStreamId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleRequest(m: Init<ProcessBundleRequest>): Uint8Array {
  return encodeMessage(writeProcessBundleRequest, m);
}
export function decodeProcessBundleRequest(bytes: Uint8Array): ProcessBundleRequest {
  return decodeMessage('ProcessBundleRequest', readProcessBundleRequest, bytes);
}
export function writeProcessBundleRequest(m: Init<ProcessBundleRequest>, w: Writer): void {
  if (m.processBundleDescriptorId) {
    writeString(w, 10, m.processBundleDescriptorId);
  }
  if (m.cacheTokens !== undefined) {
    for (const item of m.cacheTokens) {
      writeProcessBundleRequest_CacheToken(item, w.uint32(18).fork()); w.ldelim();
    }
  }
  if (m.elements !== undefined) {
    writeElements(m.elements, w.uint32(26).fork()); w.ldelim();
  }
  if (m.hasNoState) {
    w.uint32(32).bool(m.hasNoState);
  }
  if (m.onlyBundleForKeys) {
    w.uint32(40).bool(m.onlyBundleForKeys);
  }
  if (m.dataStreamId) {
    writeString(w, 50, m.dataStreamId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleRequest(r: Reader, depth: number): ProcessBundleRequest {
  const m: Draft<ProcessBundleRequest> = {
    processBundleDescriptorId: '',
    cacheTokens: [],
    elements: undefined,
    hasNoState: false,
    onlyBundleForKeys: false,
    dataStreamId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.processBundleDescriptorId = readString(r);
        break;
      case 18:
        m.cacheTokens.push(readNested(r, readProcessBundleRequest_CacheToken, depth));
        break;
      case 26:
        m.elements = readNested(r, readElements, depth);
        break;
      case 32:
        m.hasNoState = r.bool();
        break;
      case 40:
        m.onlyBundleForKeys = r.bool();
        break;
      case 50:
        m.dataStreamId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessBundleRequest_CacheToken {
  readonly type?:
    | { readonly case: 'userState'; readonly value: ProcessBundleRequest_CacheToken_UserState }
    | { readonly case: 'sideInput'; readonly value: ProcessBundleRequest_CacheToken_SideInput }
    | undefined;
  readonly token: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleRequest_CacheToken(m: Init<ProcessBundleRequest_CacheToken>): Uint8Array {
  return encodeMessage(writeProcessBundleRequest_CacheToken, m);
}
export function decodeProcessBundleRequest_CacheToken(bytes: Uint8Array): ProcessBundleRequest_CacheToken {
  return decodeMessage('ProcessBundleRequest_CacheToken', readProcessBundleRequest_CacheToken, bytes);
}
export function writeProcessBundleRequest_CacheToken(m: Init<ProcessBundleRequest_CacheToken>, w: Writer): void {
  if (m.type !== undefined) {
    switch (m.type.case) {
      case 'userState':
        writeProcessBundleRequest_CacheToken_UserState(m.type.value, w.uint32(10).fork()); w.ldelim();
        break;
      case 'sideInput':
        writeProcessBundleRequest_CacheToken_SideInput(m.type.value, w.uint32(18).fork()); w.ldelim();
        break;
    }
  }
  if (m.token !== undefined && m.token.length > 0) {
    w.uint32(82).bytes(m.token);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleRequest_CacheToken(r: Reader, depth: number): ProcessBundleRequest_CacheToken {
  const m: Draft<ProcessBundleRequest_CacheToken> = {
    type: undefined,
    token: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.type = { case: 'userState', value: readNested(r, readProcessBundleRequest_CacheToken_UserState, depth) };
        break;
      case 18:
        m.type = { case: 'sideInput', value: readNested(r, readProcessBundleRequest_CacheToken_SideInput, depth) };
        break;
      case 82:
        m.token = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessBundleRequest_CacheToken_UserState {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleRequest_CacheToken_UserState(m: Init<ProcessBundleRequest_CacheToken_UserState>): Uint8Array {
  return encodeMessage(writeProcessBundleRequest_CacheToken_UserState, m);
}
export function decodeProcessBundleRequest_CacheToken_UserState(bytes: Uint8Array): ProcessBundleRequest_CacheToken_UserState {
  return decodeMessage('ProcessBundleRequest_CacheToken_UserState', readProcessBundleRequest_CacheToken_UserState, bytes);
}
export function writeProcessBundleRequest_CacheToken_UserState(m: Init<ProcessBundleRequest_CacheToken_UserState>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleRequest_CacheToken_UserState(r: Reader, _depth: number): ProcessBundleRequest_CacheToken_UserState {
  const m: Draft<ProcessBundleRequest_CacheToken_UserState> = {
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

export interface ProcessBundleRequest_CacheToken_SideInput {
  readonly transformId: string;
  readonly sideInputId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleRequest_CacheToken_SideInput(m: Init<ProcessBundleRequest_CacheToken_SideInput>): Uint8Array {
  return encodeMessage(writeProcessBundleRequest_CacheToken_SideInput, m);
}
export function decodeProcessBundleRequest_CacheToken_SideInput(bytes: Uint8Array): ProcessBundleRequest_CacheToken_SideInput {
  return decodeMessage('ProcessBundleRequest_CacheToken_SideInput', readProcessBundleRequest_CacheToken_SideInput, bytes);
}
export function writeProcessBundleRequest_CacheToken_SideInput(m: Init<ProcessBundleRequest_CacheToken_SideInput>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.sideInputId) {
    writeString(w, 18, m.sideInputId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleRequest_CacheToken_SideInput(r: Reader, _depth: number): ProcessBundleRequest_CacheToken_SideInput {
  const m: Draft<ProcessBundleRequest_CacheToken_SideInput> = {
    transformId: '',
    sideInputId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.sideInputId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessBundleResponse {
  readonly residualRoots: readonly DelayedBundleApplication[];
  readonly monitoringInfos: readonly MonitoringInfo[];
  readonly requiresFinalization: boolean;
  readonly monitoringData: ReadonlyMap<string, Uint8Array>;
  readonly elements?: Elements | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleResponse(m: Init<ProcessBundleResponse>): Uint8Array {
  return encodeMessage(writeProcessBundleResponse, m);
}
export function decodeProcessBundleResponse(bytes: Uint8Array): ProcessBundleResponse {
  return decodeMessage('ProcessBundleResponse', readProcessBundleResponse, bytes);
}
export function writeProcessBundleResponse(m: Init<ProcessBundleResponse>, w: Writer): void {
  if (m.residualRoots !== undefined) {
    for (const item of m.residualRoots) {
      writeDelayedBundleApplication(item, w.uint32(18).fork()); w.ldelim();
    }
  }
  if (m.monitoringInfos !== undefined) {
    for (const item of m.monitoringInfos) {
      writeMonitoringInfo(item, w.uint32(26).fork()); w.ldelim();
    }
  }
  if (m.requiresFinalization) {
    w.uint32(32).bool(m.requiresFinalization);
  }
  m.monitoringData?.forEach((value, key) => {
    w.uint32(42).fork();
    writeString(w, 10, key);
    w.uint32(18).bytes(value);
    w.ldelim();
  });
  if (m.elements !== undefined) {
    writeElements(m.elements, w.uint32(50).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleResponse(r: Reader, depth: number): ProcessBundleResponse {
  const m: Draft<ProcessBundleResponse> = {
    residualRoots: [],
    monitoringInfos: [],
    requiresFinalization: false,
    monitoringData: NO_ENTRIES,
    elements: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 18:
        m.residualRoots.push(readNested(r, readDelayedBundleApplication, depth));
        break;
      case 26:
        m.monitoringInfos.push(readNested(r, readMonitoringInfo, depth));
        break;
      case 32:
        m.requiresFinalization = r.bool();
        break;
      case 42:
        m.monitoringData = readEntry(r, m.monitoringData, 18, readBytes, NO_BYTES);
        break;
      case 50:
        m.elements = readNested(r, readElements, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessBundleProgressRequest {
  readonly instructionId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleProgressRequest(m: Init<ProcessBundleProgressRequest>): Uint8Array {
  return encodeMessage(writeProcessBundleProgressRequest, m);
}
export function decodeProcessBundleProgressRequest(bytes: Uint8Array): ProcessBundleProgressRequest {
  return decodeMessage('ProcessBundleProgressRequest', readProcessBundleProgressRequest, bytes);
}
export function writeProcessBundleProgressRequest(m: Init<ProcessBundleProgressRequest>, w: Writer): void {
  if (m.instructionId) {
    writeString(w, 10, m.instructionId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleProgressRequest(r: Reader, _depth: number): ProcessBundleProgressRequest {
  const m: Draft<ProcessBundleProgressRequest> = {
    instructionId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.instructionId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MonitoringInfosMetadataRequest {
  readonly monitoringInfoId: readonly string[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMonitoringInfosMetadataRequest(m: Init<MonitoringInfosMetadataRequest>): Uint8Array {
  return encodeMessage(writeMonitoringInfosMetadataRequest, m);
}
export function decodeMonitoringInfosMetadataRequest(bytes: Uint8Array): MonitoringInfosMetadataRequest {
  return decodeMessage('MonitoringInfosMetadataRequest', readMonitoringInfosMetadataRequest, bytes);
}
export function writeMonitoringInfosMetadataRequest(m: Init<MonitoringInfosMetadataRequest>, w: Writer): void {
  if (m.monitoringInfoId !== undefined) {
    for (const item of m.monitoringInfoId) {
      writeString(w, 10, item);
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMonitoringInfosMetadataRequest(r: Reader, _depth: number): MonitoringInfosMetadataRequest {
  const m: Draft<MonitoringInfosMetadataRequest> = {
    monitoringInfoId: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.monitoringInfoId.push(readString(r));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessBundleProgressResponse {
  readonly monitoringInfos: readonly MonitoringInfo[];
  readonly monitoringData: ReadonlyMap<string, Uint8Array>;
  readonly consumingReceivedData?: boolean | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleProgressResponse(m: Init<ProcessBundleProgressResponse>): Uint8Array {
  return encodeMessage(writeProcessBundleProgressResponse, m);
}
export function decodeProcessBundleProgressResponse(bytes: Uint8Array): ProcessBundleProgressResponse {
  return decodeMessage('ProcessBundleProgressResponse', readProcessBundleProgressResponse, bytes);
}
export function writeProcessBundleProgressResponse(m: Init<ProcessBundleProgressResponse>, w: Writer): void {
  if (m.monitoringInfos !== undefined) {
    for (const item of m.monitoringInfos) {
      writeMonitoringInfo(item, w.uint32(26).fork()); w.ldelim();
    }
  }
  m.monitoringData?.forEach((value, key) => {
    w.uint32(42).fork();
    writeString(w, 10, key);
    w.uint32(18).bytes(value);
    w.ldelim();
  });
  if (m.consumingReceivedData !== undefined) {
    w.uint32(48).bool(m.consumingReceivedData);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleProgressResponse(r: Reader, depth: number): ProcessBundleProgressResponse {
  const m: Draft<ProcessBundleProgressResponse> = {
    monitoringInfos: [],
    monitoringData: NO_ENTRIES,
    consumingReceivedData: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 26:
        m.monitoringInfos.push(readNested(r, readMonitoringInfo, depth));
        break;
      case 42:
        m.monitoringData = readEntry(r, m.monitoringData, 18, readBytes, NO_BYTES);
        break;
      case 48:
        m.consumingReceivedData = r.bool();
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MonitoringInfosMetadataResponse {
  readonly monitoringInfo: ReadonlyMap<string, MonitoringInfo>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMonitoringInfosMetadataResponse(m: Init<MonitoringInfosMetadataResponse>): Uint8Array {
  return encodeMessage(writeMonitoringInfosMetadataResponse, m);
}
export function decodeMonitoringInfosMetadataResponse(bytes: Uint8Array): MonitoringInfosMetadataResponse {
  return decodeMessage('MonitoringInfosMetadataResponse', readMonitoringInfosMetadataResponse, bytes);
}
export function writeMonitoringInfosMetadataResponse(m: Init<MonitoringInfosMetadataResponse>, w: Writer): void {
  m.monitoringInfo?.forEach((value, key) => {
    w.uint32(10).fork();
    writeString(w, 10, key);
    writeMonitoringInfo(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMonitoringInfosMetadataResponse(r: Reader, depth: number): MonitoringInfosMetadataResponse {
  const m: Draft<MonitoringInfosMetadataResponse> = {
    monitoringInfo: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.monitoringInfo = readMessageEntry(r, m.monitoringInfo, readMonitoringInfo, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessBundleSplitRequest {
  readonly instructionId: string;
  readonly desiredSplits: ReadonlyMap<string, ProcessBundleSplitRequest_DesiredSplit>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleSplitRequest(m: Init<ProcessBundleSplitRequest>): Uint8Array {
  return encodeMessage(writeProcessBundleSplitRequest, m);
}
export function decodeProcessBundleSplitRequest(bytes: Uint8Array): ProcessBundleSplitRequest {
  return decodeMessage('ProcessBundleSplitRequest', readProcessBundleSplitRequest, bytes);
}
export function writeProcessBundleSplitRequest(m: Init<ProcessBundleSplitRequest>, w: Writer): void {
  if (m.instructionId) {
    writeString(w, 10, m.instructionId);
  }
  m.desiredSplits?.forEach((value, key) => {
    w.uint32(26).fork();
    writeString(w, 10, key);
    writeProcessBundleSplitRequest_DesiredSplit(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleSplitRequest(r: Reader, depth: number): ProcessBundleSplitRequest {
  const m: Draft<ProcessBundleSplitRequest> = {
    instructionId: '',
    desiredSplits: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.instructionId = readString(r);
        break;
      case 26:
        m.desiredSplits = readMessageEntry(r, m.desiredSplits, readProcessBundleSplitRequest_DesiredSplit, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessBundleSplitRequest_DesiredSplit {
  readonly fractionOfRemainder: number;
  readonly estimatedInputElements: number;
  readonly allowedSplitPoints: readonly number[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleSplitRequest_DesiredSplit(m: Init<ProcessBundleSplitRequest_DesiredSplit>): Uint8Array {
  return encodeMessage(writeProcessBundleSplitRequest_DesiredSplit, m);
}
export function decodeProcessBundleSplitRequest_DesiredSplit(bytes: Uint8Array): ProcessBundleSplitRequest_DesiredSplit {
  return decodeMessage('ProcessBundleSplitRequest_DesiredSplit', readProcessBundleSplitRequest_DesiredSplit, bytes);
}
export function writeProcessBundleSplitRequest_DesiredSplit(m: Init<ProcessBundleSplitRequest_DesiredSplit>, w: Writer): void {
  if (m.fractionOfRemainder !== undefined && !Object.is(m.fractionOfRemainder, 0)) {
    w.uint32(9).double(m.fractionOfRemainder);
  }
  if (m.estimatedInputElements) {
    writeInt64(w.uint32(16), m.estimatedInputElements);
  }
  if (m.allowedSplitPoints !== undefined && m.allowedSplitPoints.length > 0) {
    w.uint32(26).fork();
    for (const item of m.allowedSplitPoints) writeInt64(w, item);
    w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleSplitRequest_DesiredSplit(r: Reader, _depth: number): ProcessBundleSplitRequest_DesiredSplit {
  const m: Draft<ProcessBundleSplitRequest_DesiredSplit> = {
    fractionOfRemainder: 0,
    estimatedInputElements: 0,
    allowedSplitPoints: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 9:
        m.fractionOfRemainder = r.double();
        break;
      case 16:
        m.estimatedInputElements = readInt64(r);
        break;
      case 24:
        m.allowedSplitPoints.push(readInt64(r));
        break;
      case 26:
        readPacked(r, m.allowedSplitPoints, readInt64);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessBundleSplitResponse {
  readonly primaryRoots: readonly BundleApplication[];
  readonly residualRoots: readonly DelayedBundleApplication[];
  readonly channelSplits: readonly ProcessBundleSplitResponse_ChannelSplit[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleSplitResponse(m: Init<ProcessBundleSplitResponse>): Uint8Array {
  return encodeMessage(writeProcessBundleSplitResponse, m);
}
export function decodeProcessBundleSplitResponse(bytes: Uint8Array): ProcessBundleSplitResponse {
  return decodeMessage('ProcessBundleSplitResponse', readProcessBundleSplitResponse, bytes);
}
export function writeProcessBundleSplitResponse(m: Init<ProcessBundleSplitResponse>, w: Writer): void {
  if (m.primaryRoots !== undefined) {
    for (const item of m.primaryRoots) {
      writeBundleApplication(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.residualRoots !== undefined) {
    for (const item of m.residualRoots) {
      writeDelayedBundleApplication(item, w.uint32(18).fork()); w.ldelim();
    }
  }
  if (m.channelSplits !== undefined) {
    for (const item of m.channelSplits) {
      writeProcessBundleSplitResponse_ChannelSplit(item, w.uint32(26).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleSplitResponse(r: Reader, depth: number): ProcessBundleSplitResponse {
  const m: Draft<ProcessBundleSplitResponse> = {
    primaryRoots: [],
    residualRoots: [],
    channelSplits: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.primaryRoots.push(readNested(r, readBundleApplication, depth));
        break;
      case 18:
        m.residualRoots.push(readNested(r, readDelayedBundleApplication, depth));
        break;
      case 26:
        m.channelSplits.push(readNested(r, readProcessBundleSplitResponse_ChannelSplit, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessBundleSplitResponse_ChannelSplit {
  readonly transformId: string;
  readonly lastPrimaryElement: number;
  readonly firstResidualElement: number;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessBundleSplitResponse_ChannelSplit(m: Init<ProcessBundleSplitResponse_ChannelSplit>): Uint8Array {
  return encodeMessage(writeProcessBundleSplitResponse_ChannelSplit, m);
}
export function decodeProcessBundleSplitResponse_ChannelSplit(bytes: Uint8Array): ProcessBundleSplitResponse_ChannelSplit {
  return decodeMessage('ProcessBundleSplitResponse_ChannelSplit', readProcessBundleSplitResponse_ChannelSplit, bytes);
}
export function writeProcessBundleSplitResponse_ChannelSplit(m: Init<ProcessBundleSplitResponse_ChannelSplit>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.lastPrimaryElement) {
    writeInt64(w.uint32(16), m.lastPrimaryElement);
  }
  if (m.firstResidualElement) {
    writeInt64(w.uint32(24), m.firstResidualElement);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessBundleSplitResponse_ChannelSplit(r: Reader, _depth: number): ProcessBundleSplitResponse_ChannelSplit {
  const m: Draft<ProcessBundleSplitResponse_ChannelSplit> = {
    transformId: '',
    lastPrimaryElement: 0,
    firstResidualElement: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 16:
        m.lastPrimaryElement = readInt64(r);
        break;
      case 24:
        m.firstResidualElement = readInt64(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface FinalizeBundleRequest {
  readonly instructionId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeFinalizeBundleRequest(m: Init<FinalizeBundleRequest>): Uint8Array {
  return encodeMessage(writeFinalizeBundleRequest, m);
}
export function decodeFinalizeBundleRequest(bytes: Uint8Array): FinalizeBundleRequest {
  return decodeMessage('FinalizeBundleRequest', readFinalizeBundleRequest, bytes);
}
export function writeFinalizeBundleRequest(m: Init<FinalizeBundleRequest>, w: Writer): void {
  if (m.instructionId) {
    writeString(w, 10, m.instructionId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readFinalizeBundleRequest(r: Reader, _depth: number): FinalizeBundleRequest {
  const m: Draft<FinalizeBundleRequest> = {
    instructionId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.instructionId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface FinalizeBundleResponse {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeFinalizeBundleResponse(m: Init<FinalizeBundleResponse>): Uint8Array {
  return encodeMessage(writeFinalizeBundleResponse, m);
}
export function decodeFinalizeBundleResponse(bytes: Uint8Array): FinalizeBundleResponse {
  return decodeMessage('FinalizeBundleResponse', readFinalizeBundleResponse, bytes);
}
export function writeFinalizeBundleResponse(m: Init<FinalizeBundleResponse>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readFinalizeBundleResponse(r: Reader, _depth: number): FinalizeBundleResponse {
  const m: Draft<FinalizeBundleResponse> = {
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

export interface Elements {
  readonly data: readonly Elements_Data[];
  readonly timers: readonly Elements_Timers[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeElements(m: Init<Elements>): Uint8Array {
  return encodeMessage(writeElements, m);
}
export function decodeElements(bytes: Uint8Array): Elements {
  return decodeMessage('Elements', readElements, bytes);
}
export function writeElements(m: Init<Elements>, w: Writer): void {
  if (m.data !== undefined) {
    for (const item of m.data) {
      writeElements_Data(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.timers !== undefined) {
    for (const item of m.timers) {
      writeElements_Timers(item, w.uint32(18).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readElements(r: Reader, depth: number): Elements {
  const m: Draft<Elements> = {
    data: [],
    timers: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.data.push(readNested(r, readElements_Data, depth));
        break;
      case 18:
        m.timers.push(readNested(r, readElements_Timers, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Elements_Data {
  readonly instructionId: string;
  readonly transformId: string;
  readonly data: Uint8Array;
  readonly isLast: boolean;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeElements_Data(m: Init<Elements_Data>): Uint8Array {
  return encodeMessage(writeElements_Data, m);
}
export function decodeElements_Data(bytes: Uint8Array): Elements_Data {
  return decodeMessage('Elements_Data', readElements_Data, bytes);
}
export function writeElements_Data(m: Init<Elements_Data>, w: Writer): void {
  if (m.instructionId) {
    writeString(w, 10, m.instructionId);
  }
  if (m.transformId) {
    writeString(w, 18, m.transformId);
  }
  if (m.data !== undefined && m.data.length > 0) {
    w.uint32(26).bytes(m.data);
  }
  if (m.isLast) {
    w.uint32(32).bool(m.isLast);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readElements_Data(r: Reader, _depth: number): Elements_Data {
  const m: Draft<Elements_Data> = {
    instructionId: '',
    transformId: '',
    data: NO_BYTES,
    isLast: false,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.instructionId = readString(r);
        break;
      case 18:
        m.transformId = readString(r);
        break;
      case 26:
        m.data = readBytes(r);
        break;
      case 32:
        m.isLast = r.bool();
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Elements_ElementMetadata {
  readonly drain?: Elements_DrainMode | undefined;
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
  readonly valueKind?: Elements_ValueKind | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeElements_ElementMetadata(m: Init<Elements_ElementMetadata>): Uint8Array {
  return encodeMessage(writeElements_ElementMetadata, m);
}
export function decodeElements_ElementMetadata(bytes: Uint8Array): Elements_ElementMetadata {
  return decodeMessage('Elements_ElementMetadata', readElements_ElementMetadata, bytes);
}
export function writeElements_ElementMetadata(m: Init<Elements_ElementMetadata>, w: Writer): void {
  if (m.drain !== undefined) {
    w.uint32(8).int32(m.drain);
  }
  if (m.traceparent !== undefined) {
    writeString(w, 18, m.traceparent);
  }
  if (m.tracestate !== undefined) {
    writeString(w, 26, m.tracestate);
  }
  if (m.valueKind !== undefined) {
    w.uint32(32).int32(m.valueKind);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readElements_ElementMetadata(r: Reader, _depth: number): Elements_ElementMetadata {
  const m: Draft<Elements_ElementMetadata> = {
    drain: undefined,
    traceparent: undefined,
    tracestate: undefined,
    valueKind: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.drain = r.int32() as Elements_DrainMode;
        break;
      case 18:
        m.traceparent = readString(r);
        break;
      case 26:
        m.tracestate = readString(r);
        break;
      case 32:
        m.valueKind = r.int32() as Elements_ValueKind;
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Elements_Timers {
  readonly instructionId: string;
  readonly transformId: string;
  readonly timerFamilyId: string;
  readonly timers: Uint8Array;
  readonly isLast: boolean;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeElements_Timers(m: Init<Elements_Timers>): Uint8Array {
  return encodeMessage(writeElements_Timers, m);
}
export function decodeElements_Timers(bytes: Uint8Array): Elements_Timers {
  return decodeMessage('Elements_Timers', readElements_Timers, bytes);
}
export function writeElements_Timers(m: Init<Elements_Timers>, w: Writer): void {
  if (m.instructionId) {
    writeString(w, 10, m.instructionId);
  }
  if (m.transformId) {
    writeString(w, 18, m.transformId);
  }
  if (m.timerFamilyId) {
    writeString(w, 26, m.timerFamilyId);
  }
  if (m.timers !== undefined && m.timers.length > 0) {
    w.uint32(34).bytes(m.timers);
  }
  if (m.isLast) {
    w.uint32(40).bool(m.isLast);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readElements_Timers(r: Reader, _depth: number): Elements_Timers {
  const m: Draft<Elements_Timers> = {
    instructionId: '',
    transformId: '',
    timerFamilyId: '',
    timers: NO_BYTES,
    isLast: false,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.instructionId = readString(r);
        break;
      case 18:
        m.transformId = readString(r);
        break;
      case 26:
        m.timerFamilyId = readString(r);
        break;
      case 34:
        m.timers = readBytes(r);
        break;
      case 40:
        m.isLast = r.bool();
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateRequest {
  readonly id: string;
  readonly instructionId: string;
  readonly stateKey?: StateKey | undefined;
  readonly request?:
    | { readonly case: 'get'; readonly value: StateGetRequest }
    | { readonly case: 'append'; readonly value: StateAppendRequest }
    | { readonly case: 'clear'; readonly value: StateClearRequest }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateRequest(m: Init<StateRequest>): Uint8Array {
  return encodeMessage(writeStateRequest, m);
}
export function decodeStateRequest(bytes: Uint8Array): StateRequest {
  return decodeMessage('StateRequest', readStateRequest, bytes);
}
export function writeStateRequest(m: Init<StateRequest>, w: Writer): void {
  if (m.id) {
    writeString(w, 10, m.id);
  }
  if (m.instructionId) {
    writeString(w, 18, m.instructionId);
  }
  if (m.stateKey !== undefined) {
    writeStateKey(m.stateKey, w.uint32(26).fork()); w.ldelim();
  }
  if (m.request !== undefined) {
    switch (m.request.case) {
      case 'get':
        writeStateGetRequest(m.request.value, w.uint32(8002).fork()); w.ldelim();
        break;
      case 'append':
        writeStateAppendRequest(m.request.value, w.uint32(8010).fork()); w.ldelim();
        break;
      case 'clear':
        writeStateClearRequest(m.request.value, w.uint32(8018).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateRequest(r: Reader, depth: number): StateRequest {
  const m: Draft<StateRequest> = {
    id: '',
    instructionId: '',
    stateKey: undefined,
    request: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.id = readString(r);
        break;
      case 18:
        m.instructionId = readString(r);
        break;
      case 26:
        m.stateKey = readNested(r, readStateKey, depth);
        break;
      case 8002:
        m.request = { case: 'get', value: readNested(r, readStateGetRequest, depth) };
        break;
      case 8010:
        m.request = { case: 'append', value: readNested(r, readStateAppendRequest, depth) };
        break;
      case 8018:
        m.request = { case: 'clear', value: readNested(r, readStateClearRequest, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateResponse {
  readonly id: string;
  readonly error: string;
  readonly response?:
    | { readonly case: 'get'; readonly value: StateGetResponse }
    | { readonly case: 'append'; readonly value: StateAppendResponse }
    | { readonly case: 'clear'; readonly value: StateClearResponse }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateResponse(m: Init<StateResponse>): Uint8Array {
  return encodeMessage(writeStateResponse, m);
}
export function decodeStateResponse(bytes: Uint8Array): StateResponse {
  return decodeMessage('StateResponse', readStateResponse, bytes);
}
export function writeStateResponse(m: Init<StateResponse>, w: Writer): void {
  if (m.id) {
    writeString(w, 10, m.id);
  }
  if (m.error) {
    writeString(w, 18, m.error);
  }
  if (m.response !== undefined) {
    switch (m.response.case) {
      case 'get':
        writeStateGetResponse(m.response.value, w.uint32(8002).fork()); w.ldelim();
        break;
      case 'append':
        writeStateAppendResponse(m.response.value, w.uint32(8010).fork()); w.ldelim();
        break;
      case 'clear':
        writeStateClearResponse(m.response.value, w.uint32(8018).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateResponse(r: Reader, depth: number): StateResponse {
  const m: Draft<StateResponse> = {
    id: '',
    error: '',
    response: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.id = readString(r);
        break;
      case 18:
        m.error = readString(r);
        break;
      case 8002:
        m.response = { case: 'get', value: readNested(r, readStateGetResponse, depth) };
        break;
      case 8010:
        m.response = { case: 'append', value: readNested(r, readStateAppendResponse, depth) };
        break;
      case 8018:
        m.response = { case: 'clear', value: readNested(r, readStateClearResponse, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey {
  readonly type?:
    | { readonly case: 'runner'; readonly value: StateKey_Runner }
    | { readonly case: 'multimapSideInput'; readonly value: StateKey_MultimapSideInput }
    | { readonly case: 'bagUserState'; readonly value: StateKey_BagUserState }
    | { readonly case: 'iterableSideInput'; readonly value: StateKey_IterableSideInput }
    | { readonly case: 'multimapKeysSideInput'; readonly value: StateKey_MultimapKeysSideInput }
    | { readonly case: 'multimapKeysUserState'; readonly value: StateKey_MultimapKeysUserState }
    | { readonly case: 'multimapUserState'; readonly value: StateKey_MultimapUserState }
    | { readonly case: 'multimapKeysValuesSideInput'; readonly value: StateKey_MultimapKeysValuesSideInput }
    | { readonly case: 'orderedListUserState'; readonly value: StateKey_OrderedListUserState }
    | { readonly case: 'multimapEntriesUserState'; readonly value: StateKey_MultimapEntriesUserState }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey(m: Init<StateKey>): Uint8Array {
  return encodeMessage(writeStateKey, m);
}
export function decodeStateKey(bytes: Uint8Array): StateKey {
  return decodeMessage('StateKey', readStateKey, bytes);
}
export function writeStateKey(m: Init<StateKey>, w: Writer): void {
  if (m.type !== undefined) {
    switch (m.type.case) {
      case 'runner':
        writeStateKey_Runner(m.type.value, w.uint32(10).fork()); w.ldelim();
        break;
      case 'multimapSideInput':
        writeStateKey_MultimapSideInput(m.type.value, w.uint32(18).fork()); w.ldelim();
        break;
      case 'bagUserState':
        writeStateKey_BagUserState(m.type.value, w.uint32(26).fork()); w.ldelim();
        break;
      case 'iterableSideInput':
        writeStateKey_IterableSideInput(m.type.value, w.uint32(34).fork()); w.ldelim();
        break;
      case 'multimapKeysSideInput':
        writeStateKey_MultimapKeysSideInput(m.type.value, w.uint32(42).fork()); w.ldelim();
        break;
      case 'multimapKeysUserState':
        writeStateKey_MultimapKeysUserState(m.type.value, w.uint32(50).fork()); w.ldelim();
        break;
      case 'multimapUserState':
        writeStateKey_MultimapUserState(m.type.value, w.uint32(58).fork()); w.ldelim();
        break;
      case 'multimapKeysValuesSideInput':
        writeStateKey_MultimapKeysValuesSideInput(m.type.value, w.uint32(66).fork()); w.ldelim();
        break;
      case 'orderedListUserState':
        writeStateKey_OrderedListUserState(m.type.value, w.uint32(74).fork()); w.ldelim();
        break;
      case 'multimapEntriesUserState':
        writeStateKey_MultimapEntriesUserState(m.type.value, w.uint32(82).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey(r: Reader, depth: number): StateKey {
  const m: Draft<StateKey> = {
    type: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.type = { case: 'runner', value: readNested(r, readStateKey_Runner, depth) };
        break;
      case 18:
        m.type = { case: 'multimapSideInput', value: readNested(r, readStateKey_MultimapSideInput, depth) };
        break;
      case 26:
        m.type = { case: 'bagUserState', value: readNested(r, readStateKey_BagUserState, depth) };
        break;
      case 34:
        m.type = { case: 'iterableSideInput', value: readNested(r, readStateKey_IterableSideInput, depth) };
        break;
      case 42:
        m.type = { case: 'multimapKeysSideInput', value: readNested(r, readStateKey_MultimapKeysSideInput, depth) };
        break;
      case 50:
        m.type = { case: 'multimapKeysUserState', value: readNested(r, readStateKey_MultimapKeysUserState, depth) };
        break;
      case 58:
        m.type = { case: 'multimapUserState', value: readNested(r, readStateKey_MultimapUserState, depth) };
        break;
      case 66:
        m.type = { case: 'multimapKeysValuesSideInput', value: readNested(r, readStateKey_MultimapKeysValuesSideInput, depth) };
        break;
      case 74:
        m.type = { case: 'orderedListUserState', value: readNested(r, readStateKey_OrderedListUserState, depth) };
        break;
      case 82:
        m.type = { case: 'multimapEntriesUserState', value: readNested(r, readStateKey_MultimapEntriesUserState, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey_Runner {
  readonly key: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey_Runner(m: Init<StateKey_Runner>): Uint8Array {
  return encodeMessage(writeStateKey_Runner, m);
}
export function decodeStateKey_Runner(bytes: Uint8Array): StateKey_Runner {
  return decodeMessage('StateKey_Runner', readStateKey_Runner, bytes);
}
export function writeStateKey_Runner(m: Init<StateKey_Runner>, w: Writer): void {
  if (m.key !== undefined && m.key.length > 0) {
    w.uint32(10).bytes(m.key);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey_Runner(r: Reader, _depth: number): StateKey_Runner {
  const m: Draft<StateKey_Runner> = {
    key: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.key = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey_IterableSideInput {
  readonly transformId: string;
  readonly sideInputId: string;
  readonly window: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey_IterableSideInput(m: Init<StateKey_IterableSideInput>): Uint8Array {
  return encodeMessage(writeStateKey_IterableSideInput, m);
}
export function decodeStateKey_IterableSideInput(bytes: Uint8Array): StateKey_IterableSideInput {
  return decodeMessage('StateKey_IterableSideInput', readStateKey_IterableSideInput, bytes);
}
export function writeStateKey_IterableSideInput(m: Init<StateKey_IterableSideInput>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.sideInputId) {
    writeString(w, 18, m.sideInputId);
  }
  if (m.window !== undefined && m.window.length > 0) {
    w.uint32(26).bytes(m.window);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey_IterableSideInput(r: Reader, _depth: number): StateKey_IterableSideInput {
  const m: Draft<StateKey_IterableSideInput> = {
    transformId: '',
    sideInputId: '',
    window: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.sideInputId = readString(r);
        break;
      case 26:
        m.window = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey_MultimapSideInput {
  readonly transformId: string;
  readonly sideInputId: string;
  readonly window: Uint8Array;
  readonly key: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey_MultimapSideInput(m: Init<StateKey_MultimapSideInput>): Uint8Array {
  return encodeMessage(writeStateKey_MultimapSideInput, m);
}
export function decodeStateKey_MultimapSideInput(bytes: Uint8Array): StateKey_MultimapSideInput {
  return decodeMessage('StateKey_MultimapSideInput', readStateKey_MultimapSideInput, bytes);
}
export function writeStateKey_MultimapSideInput(m: Init<StateKey_MultimapSideInput>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.sideInputId) {
    writeString(w, 18, m.sideInputId);
  }
  if (m.window !== undefined && m.window.length > 0) {
    w.uint32(26).bytes(m.window);
  }
  if (m.key !== undefined && m.key.length > 0) {
    w.uint32(34).bytes(m.key);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey_MultimapSideInput(r: Reader, _depth: number): StateKey_MultimapSideInput {
  const m: Draft<StateKey_MultimapSideInput> = {
    transformId: '',
    sideInputId: '',
    window: NO_BYTES,
    key: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.sideInputId = readString(r);
        break;
      case 26:
        m.window = readBytes(r);
        break;
      case 34:
        m.key = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey_MultimapKeysSideInput {
  readonly transformId: string;
  readonly sideInputId: string;
  readonly window: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey_MultimapKeysSideInput(m: Init<StateKey_MultimapKeysSideInput>): Uint8Array {
  return encodeMessage(writeStateKey_MultimapKeysSideInput, m);
}
export function decodeStateKey_MultimapKeysSideInput(bytes: Uint8Array): StateKey_MultimapKeysSideInput {
  return decodeMessage('StateKey_MultimapKeysSideInput', readStateKey_MultimapKeysSideInput, bytes);
}
export function writeStateKey_MultimapKeysSideInput(m: Init<StateKey_MultimapKeysSideInput>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.sideInputId) {
    writeString(w, 18, m.sideInputId);
  }
  if (m.window !== undefined && m.window.length > 0) {
    w.uint32(26).bytes(m.window);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey_MultimapKeysSideInput(r: Reader, _depth: number): StateKey_MultimapKeysSideInput {
  const m: Draft<StateKey_MultimapKeysSideInput> = {
    transformId: '',
    sideInputId: '',
    window: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.sideInputId = readString(r);
        break;
      case 26:
        m.window = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey_MultimapKeysValuesSideInput {
  readonly transformId: string;
  readonly sideInputId: string;
  readonly window: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey_MultimapKeysValuesSideInput(m: Init<StateKey_MultimapKeysValuesSideInput>): Uint8Array {
  return encodeMessage(writeStateKey_MultimapKeysValuesSideInput, m);
}
export function decodeStateKey_MultimapKeysValuesSideInput(bytes: Uint8Array): StateKey_MultimapKeysValuesSideInput {
  return decodeMessage('StateKey_MultimapKeysValuesSideInput', readStateKey_MultimapKeysValuesSideInput, bytes);
}
export function writeStateKey_MultimapKeysValuesSideInput(m: Init<StateKey_MultimapKeysValuesSideInput>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.sideInputId) {
    writeString(w, 18, m.sideInputId);
  }
  if (m.window !== undefined && m.window.length > 0) {
    w.uint32(26).bytes(m.window);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey_MultimapKeysValuesSideInput(r: Reader, _depth: number): StateKey_MultimapKeysValuesSideInput {
  const m: Draft<StateKey_MultimapKeysValuesSideInput> = {
    transformId: '',
    sideInputId: '',
    window: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.sideInputId = readString(r);
        break;
      case 26:
        m.window = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey_BagUserState {
  readonly transformId: string;
  readonly userStateId: string;
  readonly window: Uint8Array;
  readonly key: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey_BagUserState(m: Init<StateKey_BagUserState>): Uint8Array {
  return encodeMessage(writeStateKey_BagUserState, m);
}
export function decodeStateKey_BagUserState(bytes: Uint8Array): StateKey_BagUserState {
  return decodeMessage('StateKey_BagUserState', readStateKey_BagUserState, bytes);
}
export function writeStateKey_BagUserState(m: Init<StateKey_BagUserState>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.userStateId) {
    writeString(w, 18, m.userStateId);
  }
  if (m.window !== undefined && m.window.length > 0) {
    w.uint32(26).bytes(m.window);
  }
  if (m.key !== undefined && m.key.length > 0) {
    w.uint32(34).bytes(m.key);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey_BagUserState(r: Reader, _depth: number): StateKey_BagUserState {
  const m: Draft<StateKey_BagUserState> = {
    transformId: '',
    userStateId: '',
    window: NO_BYTES,
    key: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.userStateId = readString(r);
        break;
      case 26:
        m.window = readBytes(r);
        break;
      case 34:
        m.key = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey_MultimapKeysUserState {
  readonly transformId: string;
  readonly userStateId: string;
  readonly window: Uint8Array;
  readonly key: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey_MultimapKeysUserState(m: Init<StateKey_MultimapKeysUserState>): Uint8Array {
  return encodeMessage(writeStateKey_MultimapKeysUserState, m);
}
export function decodeStateKey_MultimapKeysUserState(bytes: Uint8Array): StateKey_MultimapKeysUserState {
  return decodeMessage('StateKey_MultimapKeysUserState', readStateKey_MultimapKeysUserState, bytes);
}
export function writeStateKey_MultimapKeysUserState(m: Init<StateKey_MultimapKeysUserState>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.userStateId) {
    writeString(w, 18, m.userStateId);
  }
  if (m.window !== undefined && m.window.length > 0) {
    w.uint32(26).bytes(m.window);
  }
  if (m.key !== undefined && m.key.length > 0) {
    w.uint32(34).bytes(m.key);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey_MultimapKeysUserState(r: Reader, _depth: number): StateKey_MultimapKeysUserState {
  const m: Draft<StateKey_MultimapKeysUserState> = {
    transformId: '',
    userStateId: '',
    window: NO_BYTES,
    key: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.userStateId = readString(r);
        break;
      case 26:
        m.window = readBytes(r);
        break;
      case 34:
        m.key = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey_MultimapEntriesUserState {
  readonly transformId: string;
  readonly userStateId: string;
  readonly window: Uint8Array;
  readonly key: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey_MultimapEntriesUserState(m: Init<StateKey_MultimapEntriesUserState>): Uint8Array {
  return encodeMessage(writeStateKey_MultimapEntriesUserState, m);
}
export function decodeStateKey_MultimapEntriesUserState(bytes: Uint8Array): StateKey_MultimapEntriesUserState {
  return decodeMessage('StateKey_MultimapEntriesUserState', readStateKey_MultimapEntriesUserState, bytes);
}
export function writeStateKey_MultimapEntriesUserState(m: Init<StateKey_MultimapEntriesUserState>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.userStateId) {
    writeString(w, 18, m.userStateId);
  }
  if (m.window !== undefined && m.window.length > 0) {
    w.uint32(26).bytes(m.window);
  }
  if (m.key !== undefined && m.key.length > 0) {
    w.uint32(34).bytes(m.key);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey_MultimapEntriesUserState(r: Reader, _depth: number): StateKey_MultimapEntriesUserState {
  const m: Draft<StateKey_MultimapEntriesUserState> = {
    transformId: '',
    userStateId: '',
    window: NO_BYTES,
    key: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.userStateId = readString(r);
        break;
      case 26:
        m.window = readBytes(r);
        break;
      case 34:
        m.key = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey_MultimapUserState {
  readonly transformId: string;
  readonly userStateId: string;
  readonly window: Uint8Array;
  readonly key: Uint8Array;
  readonly mapKey: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey_MultimapUserState(m: Init<StateKey_MultimapUserState>): Uint8Array {
  return encodeMessage(writeStateKey_MultimapUserState, m);
}
export function decodeStateKey_MultimapUserState(bytes: Uint8Array): StateKey_MultimapUserState {
  return decodeMessage('StateKey_MultimapUserState', readStateKey_MultimapUserState, bytes);
}
export function writeStateKey_MultimapUserState(m: Init<StateKey_MultimapUserState>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.userStateId) {
    writeString(w, 18, m.userStateId);
  }
  if (m.window !== undefined && m.window.length > 0) {
    w.uint32(26).bytes(m.window);
  }
  if (m.key !== undefined && m.key.length > 0) {
    w.uint32(34).bytes(m.key);
  }
  if (m.mapKey !== undefined && m.mapKey.length > 0) {
    w.uint32(42).bytes(m.mapKey);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey_MultimapUserState(r: Reader, _depth: number): StateKey_MultimapUserState {
  const m: Draft<StateKey_MultimapUserState> = {
    transformId: '',
    userStateId: '',
    window: NO_BYTES,
    key: NO_BYTES,
    mapKey: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.userStateId = readString(r);
        break;
      case 26:
        m.window = readBytes(r);
        break;
      case 34:
        m.key = readBytes(r);
        break;
      case 42:
        m.mapKey = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateKey_OrderedListUserState {
  readonly transformId: string;
  readonly userStateId: string;
  readonly window: Uint8Array;
  readonly key: Uint8Array;
  readonly range?: OrderedListRange | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateKey_OrderedListUserState(m: Init<StateKey_OrderedListUserState>): Uint8Array {
  return encodeMessage(writeStateKey_OrderedListUserState, m);
}
export function decodeStateKey_OrderedListUserState(bytes: Uint8Array): StateKey_OrderedListUserState {
  return decodeMessage('StateKey_OrderedListUserState', readStateKey_OrderedListUserState, bytes);
}
export function writeStateKey_OrderedListUserState(m: Init<StateKey_OrderedListUserState>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.userStateId) {
    writeString(w, 18, m.userStateId);
  }
  if (m.window !== undefined && m.window.length > 0) {
    w.uint32(26).bytes(m.window);
  }
  if (m.key !== undefined && m.key.length > 0) {
    w.uint32(34).bytes(m.key);
  }
  if (m.range !== undefined) {
    writeOrderedListRange(m.range, w.uint32(42).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateKey_OrderedListUserState(r: Reader, depth: number): StateKey_OrderedListUserState {
  const m: Draft<StateKey_OrderedListUserState> = {
    transformId: '',
    userStateId: '',
    window: NO_BYTES,
    key: NO_BYTES,
    range: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.userStateId = readString(r);
        break;
      case 26:
        m.window = readBytes(r);
        break;
      case 34:
        m.key = readBytes(r);
        break;
      case 42:
        m.range = readNested(r, readOrderedListRange, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateGetRequest {
  readonly continuationToken: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateGetRequest(m: Init<StateGetRequest>): Uint8Array {
  return encodeMessage(writeStateGetRequest, m);
}
export function decodeStateGetRequest(bytes: Uint8Array): StateGetRequest {
  return decodeMessage('StateGetRequest', readStateGetRequest, bytes);
}
export function writeStateGetRequest(m: Init<StateGetRequest>, w: Writer): void {
  if (m.continuationToken !== undefined && m.continuationToken.length > 0) {
    w.uint32(10).bytes(m.continuationToken);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateGetRequest(r: Reader, _depth: number): StateGetRequest {
  const m: Draft<StateGetRequest> = {
    continuationToken: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.continuationToken = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateGetResponse {
  readonly continuationToken: Uint8Array;
  readonly data: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateGetResponse(m: Init<StateGetResponse>): Uint8Array {
  return encodeMessage(writeStateGetResponse, m);
}
export function decodeStateGetResponse(bytes: Uint8Array): StateGetResponse {
  return decodeMessage('StateGetResponse', readStateGetResponse, bytes);
}
export function writeStateGetResponse(m: Init<StateGetResponse>, w: Writer): void {
  if (m.continuationToken !== undefined && m.continuationToken.length > 0) {
    w.uint32(10).bytes(m.continuationToken);
  }
  if (m.data !== undefined && m.data.length > 0) {
    w.uint32(18).bytes(m.data);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateGetResponse(r: Reader, _depth: number): StateGetResponse {
  const m: Draft<StateGetResponse> = {
    continuationToken: NO_BYTES,
    data: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.continuationToken = readBytes(r);
        break;
      case 18:
        m.data = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateAppendRequest {
  readonly data: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateAppendRequest(m: Init<StateAppendRequest>): Uint8Array {
  return encodeMessage(writeStateAppendRequest, m);
}
export function decodeStateAppendRequest(bytes: Uint8Array): StateAppendRequest {
  return decodeMessage('StateAppendRequest', readStateAppendRequest, bytes);
}
export function writeStateAppendRequest(m: Init<StateAppendRequest>, w: Writer): void {
  if (m.data !== undefined && m.data.length > 0) {
    w.uint32(10).bytes(m.data);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateAppendRequest(r: Reader, _depth: number): StateAppendRequest {
  const m: Draft<StateAppendRequest> = {
    data: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.data = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateAppendResponse {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateAppendResponse(m: Init<StateAppendResponse>): Uint8Array {
  return encodeMessage(writeStateAppendResponse, m);
}
export function decodeStateAppendResponse(bytes: Uint8Array): StateAppendResponse {
  return decodeMessage('StateAppendResponse', readStateAppendResponse, bytes);
}
export function writeStateAppendResponse(m: Init<StateAppendResponse>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateAppendResponse(r: Reader, _depth: number): StateAppendResponse {
  const m: Draft<StateAppendResponse> = {
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

export interface StateClearRequest {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateClearRequest(m: Init<StateClearRequest>): Uint8Array {
  return encodeMessage(writeStateClearRequest, m);
}
export function decodeStateClearRequest(bytes: Uint8Array): StateClearRequest {
  return decodeMessage('StateClearRequest', readStateClearRequest, bytes);
}
export function writeStateClearRequest(m: Init<StateClearRequest>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateClearRequest(r: Reader, _depth: number): StateClearRequest {
  const m: Draft<StateClearRequest> = {
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

export interface StateClearResponse {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateClearResponse(m: Init<StateClearResponse>): Uint8Array {
  return encodeMessage(writeStateClearResponse, m);
}
export function decodeStateClearResponse(bytes: Uint8Array): StateClearResponse {
  return decodeMessage('StateClearResponse', readStateClearResponse, bytes);
}
export function writeStateClearResponse(m: Init<StateClearResponse>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateClearResponse(r: Reader, _depth: number): StateClearResponse {
  const m: Draft<StateClearResponse> = {
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

export interface OrderedListRange {
  readonly start: bigint;
  readonly end: bigint;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeOrderedListRange(m: Init<OrderedListRange>): Uint8Array {
  return encodeMessage(writeOrderedListRange, m);
}
export function decodeOrderedListRange(bytes: Uint8Array): OrderedListRange {
  return decodeMessage('OrderedListRange', readOrderedListRange, bytes);
}
export function writeOrderedListRange(m: Init<OrderedListRange>, w: Writer): void {
  if (m.start) {
    writeBigInt64(w.uint32(8), m.start);
  }
  if (m.end) {
    writeBigInt64(w.uint32(16), m.end);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readOrderedListRange(r: Reader, _depth: number): OrderedListRange {
  const m: Draft<OrderedListRange> = {
    start: 0n,
    end: 0n,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.start = readBigInt64(r);
        break;
      case 16:
        m.end = readBigInt64(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface LogEntry {
  readonly severity: LogEntry_Severity;
  readonly timestamp?: Timestamp | undefined;
  readonly message: string;
  readonly trace: string;
  readonly instructionId: string;
  readonly transformId: string;
  readonly logLocation: string;
  readonly thread: string;
  readonly customData?: Struct | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeLogEntry(m: Init<LogEntry>): Uint8Array {
  return encodeMessage(writeLogEntry, m);
}
export function decodeLogEntry(bytes: Uint8Array): LogEntry {
  return decodeMessage('LogEntry', readLogEntry, bytes);
}
export function writeLogEntry(m: Init<LogEntry>, w: Writer): void {
  if (m.severity) {
    w.uint32(8).int32(m.severity);
  }
  if (m.timestamp !== undefined) {
    writeTimestamp(m.timestamp, w.uint32(18).fork()); w.ldelim();
  }
  if (m.message) {
    writeString(w, 26, m.message);
  }
  if (m.trace) {
    writeString(w, 34, m.trace);
  }
  if (m.instructionId) {
    writeString(w, 42, m.instructionId);
  }
  if (m.transformId) {
    writeString(w, 50, m.transformId);
  }
  if (m.logLocation) {
    writeString(w, 58, m.logLocation);
  }
  if (m.thread) {
    writeString(w, 66, m.thread);
  }
  if (m.customData !== undefined) {
    writeStruct(m.customData, w.uint32(74).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readLogEntry(r: Reader, depth: number): LogEntry {
  const m: Draft<LogEntry> = {
    severity: 0,
    timestamp: undefined,
    message: '',
    trace: '',
    instructionId: '',
    transformId: '',
    logLocation: '',
    thread: '',
    customData: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.severity = r.int32() as LogEntry_Severity;
        break;
      case 18:
        m.timestamp = readNested(r, readTimestamp, depth);
        break;
      case 26:
        m.message = readString(r);
        break;
      case 34:
        m.trace = readString(r);
        break;
      case 42:
        m.instructionId = readString(r);
        break;
      case 50:
        m.transformId = readString(r);
        break;
      case 58:
        m.logLocation = readString(r);
        break;
      case 66:
        m.thread = readString(r);
        break;
      case 74:
        m.customData = readNested(r, readStruct, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface LogEntry_List {
  readonly logEntries: readonly LogEntry[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeLogEntry_List(m: Init<LogEntry_List>): Uint8Array {
  return encodeMessage(writeLogEntry_List, m);
}
export function decodeLogEntry_List(bytes: Uint8Array): LogEntry_List {
  return decodeMessage('LogEntry_List', readLogEntry_List, bytes);
}
export function writeLogEntry_List(m: Init<LogEntry_List>, w: Writer): void {
  if (m.logEntries !== undefined) {
    for (const item of m.logEntries) {
      writeLogEntry(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readLogEntry_List(r: Reader, depth: number): LogEntry_List {
  const m: Draft<LogEntry_List> = {
    logEntries: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.logEntries.push(readNested(r, readLogEntry, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface LogControl {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeLogControl(m: Init<LogControl>): Uint8Array {
  return encodeMessage(writeLogControl, m);
}
export function decodeLogControl(bytes: Uint8Array): LogControl {
  return decodeMessage('LogControl', readLogControl, bytes);
}
export function writeLogControl(m: Init<LogControl>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readLogControl(r: Reader, _depth: number): LogControl {
  const m: Draft<LogControl> = {
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

export interface StartWorkerRequest {
  readonly workerId: string;
  readonly controlEndpoint?: ApiServiceDescriptor | undefined;
  readonly loggingEndpoint?: ApiServiceDescriptor | undefined;
  readonly artifactEndpoint?: ApiServiceDescriptor | undefined;
  readonly provisionEndpoint?: ApiServiceDescriptor | undefined;
  readonly params: ReadonlyMap<string, string>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStartWorkerRequest(m: Init<StartWorkerRequest>): Uint8Array {
  return encodeMessage(writeStartWorkerRequest, m);
}
export function decodeStartWorkerRequest(bytes: Uint8Array): StartWorkerRequest {
  return decodeMessage('StartWorkerRequest', readStartWorkerRequest, bytes);
}
export function writeStartWorkerRequest(m: Init<StartWorkerRequest>, w: Writer): void {
  if (m.workerId) {
    writeString(w, 10, m.workerId);
  }
  if (m.controlEndpoint !== undefined) {
    writeApiServiceDescriptor(m.controlEndpoint, w.uint32(18).fork()); w.ldelim();
  }
  if (m.loggingEndpoint !== undefined) {
    writeApiServiceDescriptor(m.loggingEndpoint, w.uint32(26).fork()); w.ldelim();
  }
  if (m.artifactEndpoint !== undefined) {
    writeApiServiceDescriptor(m.artifactEndpoint, w.uint32(34).fork()); w.ldelim();
  }
  if (m.provisionEndpoint !== undefined) {
    writeApiServiceDescriptor(m.provisionEndpoint, w.uint32(42).fork()); w.ldelim();
  }
  m.params?.forEach((value, key) => {
    w.uint32(82).fork();
    writeString(w, 10, key);
    writeString(w, 18, value);
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStartWorkerRequest(r: Reader, depth: number): StartWorkerRequest {
  const m: Draft<StartWorkerRequest> = {
    workerId: '',
    controlEndpoint: undefined,
    loggingEndpoint: undefined,
    artifactEndpoint: undefined,
    provisionEndpoint: undefined,
    params: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.workerId = readString(r);
        break;
      case 18:
        m.controlEndpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 26:
        m.loggingEndpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 34:
        m.artifactEndpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 42:
        m.provisionEndpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 82:
        m.params = readEntry(r, m.params, 18, readString, '');
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StartWorkerResponse {
  readonly error: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStartWorkerResponse(m: Init<StartWorkerResponse>): Uint8Array {
  return encodeMessage(writeStartWorkerResponse, m);
}
export function decodeStartWorkerResponse(bytes: Uint8Array): StartWorkerResponse {
  return decodeMessage('StartWorkerResponse', readStartWorkerResponse, bytes);
}
export function writeStartWorkerResponse(m: Init<StartWorkerResponse>, w: Writer): void {
  if (m.error) {
    writeString(w, 10, m.error);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStartWorkerResponse(r: Reader, _depth: number): StartWorkerResponse {
  const m: Draft<StartWorkerResponse> = {
    error: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.error = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StopWorkerRequest {
  readonly workerId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStopWorkerRequest(m: Init<StopWorkerRequest>): Uint8Array {
  return encodeMessage(writeStopWorkerRequest, m);
}
export function decodeStopWorkerRequest(bytes: Uint8Array): StopWorkerRequest {
  return decodeMessage('StopWorkerRequest', readStopWorkerRequest, bytes);
}
export function writeStopWorkerRequest(m: Init<StopWorkerRequest>, w: Writer): void {
  if (m.workerId) {
    writeString(w, 10, m.workerId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStopWorkerRequest(r: Reader, _depth: number): StopWorkerRequest {
  const m: Draft<StopWorkerRequest> = {
    workerId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.workerId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StopWorkerResponse {
  readonly error: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStopWorkerResponse(m: Init<StopWorkerResponse>): Uint8Array {
  return encodeMessage(writeStopWorkerResponse, m);
}
export function decodeStopWorkerResponse(bytes: Uint8Array): StopWorkerResponse {
  return decodeMessage('StopWorkerResponse', readStopWorkerResponse, bytes);
}
export function writeStopWorkerResponse(m: Init<StopWorkerResponse>, w: Writer): void {
  if (m.error) {
    writeString(w, 10, m.error);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStopWorkerResponse(r: Reader, _depth: number): StopWorkerResponse {
  const m: Draft<StopWorkerResponse> = {
    error: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.error = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface WorkerStatusRequest {
  readonly id: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeWorkerStatusRequest(m: Init<WorkerStatusRequest>): Uint8Array {
  return encodeMessage(writeWorkerStatusRequest, m);
}
export function decodeWorkerStatusRequest(bytes: Uint8Array): WorkerStatusRequest {
  return decodeMessage('WorkerStatusRequest', readWorkerStatusRequest, bytes);
}
export function writeWorkerStatusRequest(m: Init<WorkerStatusRequest>, w: Writer): void {
  if (m.id) {
    writeString(w, 10, m.id);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readWorkerStatusRequest(r: Reader, _depth: number): WorkerStatusRequest {
  const m: Draft<WorkerStatusRequest> = {
    id: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.id = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface WorkerStatusResponse {
  readonly id: string;
  readonly error: string;
  readonly statusInfo: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeWorkerStatusResponse(m: Init<WorkerStatusResponse>): Uint8Array {
  return encodeMessage(writeWorkerStatusResponse, m);
}
export function decodeWorkerStatusResponse(bytes: Uint8Array): WorkerStatusResponse {
  return decodeMessage('WorkerStatusResponse', readWorkerStatusResponse, bytes);
}
export function writeWorkerStatusResponse(m: Init<WorkerStatusResponse>, w: Writer): void {
  if (m.id) {
    writeString(w, 10, m.id);
  }
  if (m.error) {
    writeString(w, 18, m.error);
  }
  if (m.statusInfo) {
    writeString(w, 26, m.statusInfo);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readWorkerStatusResponse(r: Reader, _depth: number): WorkerStatusResponse {
  const m: Draft<WorkerStatusResponse> = {
    id: '',
    error: '',
    statusInfo: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.id = readString(r);
        break;
      case 18:
        m.error = readString(r);
        break;
      case 26:
        m.statusInfo = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

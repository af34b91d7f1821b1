// Made from ../interactive.proto by scripts/gen-protos.ts: change the text, not this module.
import { decodeMessage, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { encodeMessage, type Writer, writeString } from '../message-writer.js';
import { readTestStreamPayload_Event, type TestStreamPayload_Event, writeTestStreamPayload_Event } from './pipeline.js';

export interface TestStreamFileHeader {
  readonly tag: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTestStreamFileHeader(m: Init<TestStreamFileHeader>): Uint8Array {
  return encodeMessage(writeTestStreamFileHeader, m);
}
export function decodeTestStreamFileHeader(bytes: Uint8Array): TestStreamFileHeader {
  return decodeMessage('TestStreamFileHeader', readTestStreamFileHeader, bytes);
}
export function writeTestStreamFileHeader(m: Init<TestStreamFileHeader>, w: Writer): void {
  if (m.tag) {
    writeString(w, 10, m.tag);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTestStreamFileHeader(r: Reader, _depth: number): TestStreamFileHeader {
  const m: Draft<TestStreamFileHeader> = {
    tag: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.tag = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TestStreamFileRecord {
  readonly recordedEvent?: TestStreamPayload_Event | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTestStreamFileRecord(m: Init<TestStreamFileRecord>): Uint8Array {
  return encodeMessage(writeTestStreamFileRecord, m);
}
export function decodeTestStreamFileRecord(bytes: Uint8Array): TestStreamFileRecord {
  return decodeMessage('TestStreamFileRecord', readTestStreamFileRecord, bytes);
}
export function writeTestStreamFileRecord(m: Init<TestStreamFileRecord>, w: Writer): void {
  if (m.recordedEvent !== undefined) {
    writeTestStreamPayload_Event(m.recordedEvent, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTestStreamFileRecord(r: Reader, depth: number): TestStreamFileRecord {
  const m: Draft<TestStreamFileRecord> = {
    recordedEvent: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.recordedEvent = readNested(r, readTestStreamPayload_Event, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface EventsRequest {
  readonly outputIds: readonly string[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeEventsRequest(m: Init<EventsRequest>): Uint8Array {
  return encodeMessage(writeEventsRequest, m);
}
export function decodeEventsRequest(bytes: Uint8Array): EventsRequest {
  return decodeMessage('EventsRequest', readEventsRequest, bytes);
}
export function writeEventsRequest(m: Init<EventsRequest>, w: Writer): void {
  if (m.outputIds !== undefined) {
    for (const item of m.outputIds) {
      writeString(w, 10, item);
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readEventsRequest(r: Reader, _depth: number): EventsRequest {
  const m: Draft<EventsRequest> = {
    outputIds: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.outputIds.push(readString(r));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

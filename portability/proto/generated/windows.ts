// Made from ../windows.proto by scripts/gen-protos.ts: change the text, not this module.
import { decodeMessage, readNested, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { readDuration, type Duration, writeDuration } from './google/protobuf/duration.js';
import { readTimestamp, type Timestamp, writeTimestamp } from './google/protobuf/timestamp.js';
import { encodeMessage, type Writer } from '../message-writer.js';

export interface FixedWindowsPayload {
  readonly size?: Duration | undefined;
  readonly offset?: Timestamp | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeFixedWindowsPayload(m: Init<FixedWindowsPayload>): Uint8Array {
  return encodeMessage(writeFixedWindowsPayload, m);
}
export function decodeFixedWindowsPayload(bytes: Uint8Array): FixedWindowsPayload {
  return decodeMessage('FixedWindowsPayload', readFixedWindowsPayload, bytes);
}
export function writeFixedWindowsPayload(m: Init<FixedWindowsPayload>, w: Writer): void {
  if (m.size !== undefined) {
    writeDuration(m.size, w.uint32(10).fork()); w.ldelim();
  }
  if (m.offset !== undefined) {
    writeTimestamp(m.offset, w.uint32(18).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readFixedWindowsPayload(r: Reader, depth: number): FixedWindowsPayload {
  const m: Draft<FixedWindowsPayload> = {
    size: undefined,
    offset: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.size = readNested(r, readDuration, depth);
        break;
      case 18:
        m.offset = readNested(r, readTimestamp, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SlidingWindowsPayload {
  readonly size?: Duration | undefined;
  readonly offset?: Timestamp | undefined;
  readonly period?: Duration | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSlidingWindowsPayload(m: Init<SlidingWindowsPayload>): Uint8Array {
  return encodeMessage(writeSlidingWindowsPayload, m);
}
export function decodeSlidingWindowsPayload(bytes: Uint8Array): SlidingWindowsPayload {
  return decodeMessage('SlidingWindowsPayload', readSlidingWindowsPayload, bytes);
}
export function writeSlidingWindowsPayload(m: Init<SlidingWindowsPayload>, w: Writer): void {
  if (m.size !== undefined) {
    writeDuration(m.size, w.uint32(10).fork()); w.ldelim();
  }
  if (m.offset !== undefined) {
    writeTimestamp(m.offset, w.uint32(18).fork()); w.ldelim();
  }
  if (m.period !== undefined) {
    writeDuration(m.period, w.uint32(26).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSlidingWindowsPayload(r: Reader, depth: number): SlidingWindowsPayload {
  const m: Draft<SlidingWindowsPayload> = {
    size: undefined,
    offset: undefined,
    period: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.size = readNested(r, readDuration, depth);
        break;
      case 18:
        m.offset = readNested(r, readTimestamp, depth);
        break;
      case 26:
        m.period = readNested(r, readDuration, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SessionWindowsPayload {
  readonly gapSize?: Duration | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSessionWindowsPayload(m: Init<SessionWindowsPayload>): Uint8Array {
  return encodeMessage(writeSessionWindowsPayload, m);
}
export function decodeSessionWindowsPayload(bytes: Uint8Array): SessionWindowsPayload {
  return decodeMessage('SessionWindowsPayload', readSessionWindowsPayload, bytes);
}
export function writeSessionWindowsPayload(m: Init<SessionWindowsPayload>, w: Writer): void {
  if (m.gapSize !== undefined) {
    writeDuration(m.gapSize, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSessionWindowsPayload(r: Reader, depth: number): SessionWindowsPayload {
  const m: Draft<SessionWindowsPayload> = {
    gapSize: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.gapSize = readNested(r, readDuration, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

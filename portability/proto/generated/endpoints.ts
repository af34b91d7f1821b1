// Made from ../endpoints.proto by scripts/gen-protos.ts: change the text, not this module.
import { NO_BYTES, decodeMessage, readBytes, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { encodeMessage, type Writer, writeString } from '../message-writer.js';

export interface ApiServiceDescriptor {
  readonly url: string;
  readonly authentication?: AuthenticationSpec | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeApiServiceDescriptor(m: Init<ApiServiceDescriptor>): Uint8Array {
  return encodeMessage(writeApiServiceDescriptor, m);
}
export function decodeApiServiceDescriptor(bytes: Uint8Array): ApiServiceDescriptor {
  return decodeMessage('ApiServiceDescriptor', readApiServiceDescriptor, bytes);
}
export function writeApiServiceDescriptor(m: Init<ApiServiceDescriptor>, w: Writer): void {
  if (m.url) {
    writeString(w, 10, m.url);
  }
  if (m.authentication !== undefined) {
    writeAuthenticationSpec(m.authentication, w.uint32(18).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readApiServiceDescriptor(r: Reader, depth: number): ApiServiceDescriptor {
  const m: Draft<ApiServiceDescriptor> = {
    url: '',
    authentication: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.url = readString(r);
        break;
      case 18:
        m.authentication = readNested(r, readAuthenticationSpec, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface AuthenticationSpec {
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeAuthenticationSpec(m: Init<AuthenticationSpec>): Uint8Array {
  return encodeMessage(writeAuthenticationSpec, m);
}
export function decodeAuthenticationSpec(bytes: Uint8Array): AuthenticationSpec {
  return decodeMessage('AuthenticationSpec', readAuthenticationSpec, bytes);
}
export function writeAuthenticationSpec(m: Init<AuthenticationSpec>, w: Writer): void {
  if (m.urn) {
    writeString(w, 10, m.urn);
  }
  if (m.payload !== undefined && m.payload.length > 0) {
    w.uint32(18).bytes(m.payload);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readAuthenticationSpec(r: Reader, _depth: number): AuthenticationSpec {
  const m: Draft<AuthenticationSpec> = {
    urn: '',
    payload: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.urn = readString(r);
        break;
      case 18:
        m.payload = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

// Made from ../remote-port.proto by scripts/gen-protos.ts: change the text, not this module.
import { decodeMessage, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { readApiServiceDescriptor, type ApiServiceDescriptor, writeApiServiceDescriptor } from './endpoints.js';
import { encodeMessage, type Writer, writeString } from '../message-writer.js';

export interface RemoteGrpcPort {
  readonly apiServiceDescriptor?: ApiServiceDescriptor | undefined;
  readonly coderId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeRemoteGrpcPort(m: Init<RemoteGrpcPort>): Uint8Array {
  return encodeMessage(writeRemoteGrpcPort, m);
}
export function decodeRemoteGrpcPort(bytes: Uint8Array): RemoteGrpcPort {
  return decodeMessage('RemoteGrpcPort', readRemoteGrpcPort, bytes);
}
export function writeRemoteGrpcPort(m: Init<RemoteGrpcPort>, w: Writer): void {
  if (m.apiServiceDescriptor !== undefined) {
    writeApiServiceDescriptor(m.apiServiceDescriptor, w.uint32(10).fork()); w.ldelim();
  }
  if (m.coderId) {
    writeString(w, 18, m.coderId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readRemoteGrpcPort(r: Reader, depth: number): RemoteGrpcPort {
  const m: Draft<RemoteGrpcPort> = {
    apiServiceDescriptor: undefined,
    coderId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.apiServiceDescriptor = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 18:
        m.coderId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

// Made from ../google/protobuf/timestamp.proto by scripts/gen-protos.ts: change the text, not this module.
import { decodeMessage, readInt64, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../../../codec.js';
import { encodeMessage, type Writer, writeInt64 } from '../../../message-writer.js';

export interface Timestamp {
  readonly seconds: number;
  readonly nanos: number;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTimestamp(m: Init<Timestamp>): Uint8Array {
  return encodeMessage(writeTimestamp, m);
}
export function decodeTimestamp(bytes: Uint8Array): Timestamp {
  return decodeMessage('Timestamp', readTimestamp, bytes);
}
export function writeTimestamp(m: Init<Timestamp>, w: Writer): void {
  if (m.seconds) {
    writeInt64(w.uint32(8), m.seconds);
  }
  if (m.nanos) {
    w.uint32(16).int32(m.nanos);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTimestamp(r: Reader, _depth: number): Timestamp {
  const m: Draft<Timestamp> = {
    seconds: 0,
    nanos: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.seconds = readInt64(r);
        break;
      case 16:
        m.nanos = r.int32();
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

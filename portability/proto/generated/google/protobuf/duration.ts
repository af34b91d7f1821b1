// Made from ../google/protobuf/duration.proto by scripts/gen-protos.ts: change the text, not this module.
import { decodeMessage, readInt64, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../../../codec.js';
import { encodeMessage, type Writer, writeInt64 } from '../../../message-writer.js';

export interface Duration {
  readonly seconds: number;
  readonly nanos: number;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDuration(m: Init<Duration>): Uint8Array {
  return encodeMessage(writeDuration, m);
}
export function decodeDuration(bytes: Uint8Array): Duration {
  return decodeMessage('Duration', readDuration, bytes);
}
export function writeDuration(m: Init<Duration>, w: Writer): void {
  if (m.seconds) {
    writeInt64(w.uint32(8), m.seconds);
  }
  if (m.nanos) {
    w.uint32(16).int32(m.nanos);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDuration(r: Reader, _depth: number): Duration {
  const m: Draft<Duration> = {
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

// Made from ../google/protobuf/struct.proto by scripts/gen-protos.ts: change the text, not this module.
import { NO_ENTRIES, decodeMessage, readMessageEntry, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../../../codec.js';
import { encodeMessage, type Writer, writeString } from '../../../message-writer.js';

export const NullValue = {
  NULL_VALUE: 0,
} as const;
export type NullValue = (typeof NullValue)[keyof typeof NullValue];

export interface Struct {
  readonly fields: ReadonlyMap<string, Value>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStruct(m: Init<Struct>): Uint8Array {
  return encodeMessage(writeStruct, m);
}
export function decodeStruct(bytes: Uint8Array): Struct {
  return decodeMessage('Struct', readStruct, bytes);
}
export function writeStruct(m: Init<Struct>, w: Writer): void {
  m.fields?.forEach((value, key) => {
    w.uint32(10).fork();
    writeString(w, 10, key);
    writeValue(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStruct(r: Reader, depth: number): Struct {
  const m: Draft<Struct> = {
    fields: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.fields = readMessageEntry(r, m.fields, readValue, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Value {
  readonly kind?:
    | { readonly case: 'nullValue'; readonly value: NullValue }
    | { readonly case: 'numberValue'; readonly value: number }
    | { readonly case: 'stringValue'; readonly value: string }
    | { readonly case: 'boolValue'; readonly value: boolean }
    | { readonly case: 'structValue'; readonly value: Struct }
    | { readonly case: 'listValue'; readonly value: ListValue }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeValue(m: Init<Value>): Uint8Array {
  return encodeMessage(writeValue, m);
}
export function decodeValue(bytes: Uint8Array): Value {
  return decodeMessage('Value', readValue, bytes);
}
export function writeValue(m: Init<Value>, w: Writer): void {
  if (m.kind !== undefined) {
    switch (m.kind.case) {
      case 'nullValue':
        w.uint32(8).int32(m.kind.value);
        break;
      case 'numberValue':
        w.uint32(17).double(m.kind.value);
        break;
      case 'stringValue':
        writeString(w, 26, m.kind.value);
        break;
      case 'boolValue':
        w.uint32(32).bool(m.kind.value);
        break;
      case 'structValue':
        writeStruct(m.kind.value, w.uint32(42).fork()); w.ldelim();
        break;
      case 'listValue':
        writeListValue(m.kind.value, w.uint32(50).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readValue(r: Reader, depth: number): Value {
  const m: Draft<Value> = {
    kind: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.kind = { case: 'nullValue', value: r.int32() as NullValue };
        break;
      case 17:
        m.kind = { case: 'numberValue', value: r.double() };
        break;
      case 26:
        m.kind = { case: 'stringValue', value: readString(r) };
        break;
      case 32:
        m.kind = { case: 'boolValue', value: r.bool() };
        break;
      case 42:
        m.kind = { case: 'structValue', value: readNested(r, readStruct, depth) };
        break;
      case 50:
        m.kind = { case: 'listValue', value: readNested(r, readListValue, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ListValue {
  readonly values: readonly Value[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeListValue(m: Init<ListValue>): Uint8Array {
  return encodeMessage(writeListValue, m);
}
export function decodeListValue(bytes: Uint8Array): ListValue {
  return decodeMessage('ListValue', readListValue, bytes);
}
export function writeListValue(m: Init<ListValue>, w: Writer): void {
  if (m.values !== undefined) {
    for (const item of m.values) {
      writeValue(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readListValue(r: Reader, depth: number): ListValue {
  const m: Draft<ListValue> = {
    values: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.values.push(readNested(r, readValue, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

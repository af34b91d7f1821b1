// Made from ../schema.proto by scripts/gen-protos.ts: change the text, not this module.
import { NO_BYTES, decodeMessage, readBigInt64, readBytes, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { encodeMessage, type Writer, writeBigInt64, writeString } from '../message-writer.js';
import { readFunctionSpec, type FunctionSpec, writeFunctionSpec } from './pipeline.js';

export const AtomicType = {
  UNSPECIFIED: 0,
  BYTE: 1,
  INT16: 2,
  INT32: 3,
  INT64: 4,
  FLOAT: 5,
  DOUBLE: 6,
  STRING: 7,
  BOOLEAN: 8,
  BYTES: 9,
} as const;
export type AtomicType = (typeof AtomicType)[keyof typeof AtomicType];

export interface Schema {
  readonly fields: readonly Field[];
  readonly id: string;
  readonly options: readonly Option[];
  readonly encodingPositionsSet: boolean;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSchema(m: Init<Schema>): Uint8Array {
  return encodeMessage(writeSchema, m);
}
export function decodeSchema(bytes: Uint8Array): Schema {
  return decodeMessage('Schema', readSchema, bytes);
}
export function writeSchema(m: Init<Schema>, w: Writer): void {
  if (m.fields !== undefined) {
    for (const item of m.fields) {
      writeField(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.id) {
    writeString(w, 18, m.id);
  }
  if (m.options !== undefined) {
    for (const item of m.options) {
      writeOption(item, w.uint32(26).fork()); w.ldelim();
    }
  }
  if (m.encodingPositionsSet) {
    w.uint32(32).bool(m.encodingPositionsSet);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSchema(r: Reader, depth: number): Schema {
  const m: Draft<Schema> = {
    fields: [],
    id: '',
    options: [],
    encodingPositionsSet: false,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.fields.push(readNested(r, readField, depth));
        break;
      case 18:
        m.id = readString(r);
        break;
      case 26:
        m.options.push(readNested(r, readOption, depth));
        break;
      case 32:
        m.encodingPositionsSet = r.bool();
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Field {
  readonly name: string;
  readonly description: string;
  readonly type?: FieldType | undefined;
  readonly id: number;
  readonly encodingPosition: number;
  readonly options: readonly Option[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeField(m: Init<Field>): Uint8Array {
  return encodeMessage(writeField, m);
}
export function decodeField(bytes: Uint8Array): Field {
  return decodeMessage('Field', readField, bytes);
}
export function writeField(m: Init<Field>, w: Writer): void {
  if (m.name) {
    writeString(w, 10, m.name);
  }
  if (m.description) {
    writeString(w, 18, m.description);
  }
  if (m.type !== undefined) {
    writeFieldType(m.type, w.uint32(26).fork()); w.ldelim();
  }
  if (m.id) {
    w.uint32(32).int32(m.id);
  }
  if (m.encodingPosition) {
    w.uint32(40).int32(m.encodingPosition);
  }
  if (m.options !== undefined) {
    for (const item of m.options) {
      writeOption(item, w.uint32(50).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readField(r: Reader, depth: number): Field {
  const m: Draft<Field> = {
    name: '',
    description: '',
    type: undefined,
    id: 0,
    encodingPosition: 0,
    options: [],
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
      case 18:
        m.description = readString(r);
        break;
      case 26:
        m.type = readNested(r, readFieldType, depth);
        break;
      case 32:
        m.id = r.int32();
        break;
      case 40:
        m.encodingPosition = r.int32();
        break;
      case 50:
        m.options.push(readNested(r, readOption, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface FieldType {
  readonly nullable: boolean;
  readonly typeInfo?:
    | { readonly case: 'atomicType'; readonly value: AtomicType }
    | { readonly case: 'arrayType'; readonly value: ArrayType }
    | { readonly case: 'iterableType'; readonly value: IterableType }
    | { readonly case: 'mapType'; readonly value: MapType }
    | { readonly case: 'rowType'; readonly value: RowType }
    | { readonly case: 'logicalType'; readonly value: LogicalType }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeFieldType(m: Init<FieldType>): Uint8Array {
  return encodeMessage(writeFieldType, m);
}
export function decodeFieldType(bytes: Uint8Array): FieldType {
  return decodeMessage('FieldType', readFieldType, bytes);
}
export function writeFieldType(m: Init<FieldType>, w: Writer): void {
  if (m.nullable) {
    w.uint32(8).bool(m.nullable);
  }
  if (m.typeInfo !== undefined) {
    switch (m.typeInfo.case) {
      case 'atomicType':
        w.uint32(16).int32(m.typeInfo.value);
        break;
      case 'arrayType':
        writeArrayType(m.typeInfo.value, w.uint32(26).fork()); w.ldelim();
        break;
      case 'iterableType':
        writeIterableType(m.typeInfo.value, w.uint32(34).fork()); w.ldelim();
        break;
      case 'mapType':
        writeMapType(m.typeInfo.value, w.uint32(42).fork()); w.ldelim();
        break;
      case 'rowType':
        writeRowType(m.typeInfo.value, w.uint32(50).fork()); w.ldelim();
        break;
      case 'logicalType':
        writeLogicalType(m.typeInfo.value, w.uint32(58).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readFieldType(r: Reader, depth: number): FieldType {
  const m: Draft<FieldType> = {
    nullable: false,
    typeInfo: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.nullable = r.bool();
        break;
      case 16:
        m.typeInfo = { case: 'atomicType', value: r.int32() as AtomicType };
        break;
      case 26:
        m.typeInfo = { case: 'arrayType', value: readNested(r, readArrayType, depth) };
        break;
      case 34:
        m.typeInfo = { case: 'iterableType', value: readNested(r, readIterableType, depth) };
        break;
      case 42:
        m.typeInfo = { case: 'mapType', value: readNested(r, readMapType, depth) };
        break;
      case 50:
        m.typeInfo = { case: 'rowType', value: readNested(r, readRowType, depth) };
        break;
      case 58:
        m.typeInfo = { case: 'logicalType', value: readNested(r, readLogicalType, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ArrayType {
  readonly elementType?: FieldType | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeArrayType(m: Init<ArrayType>): Uint8Array {
  return encodeMessage(writeArrayType, m);
}
export function decodeArrayType(bytes: Uint8Array): ArrayType {
  return decodeMessage('ArrayType', readArrayType, bytes);
}
export function writeArrayType(m: Init<ArrayType>, w: Writer): void {
  if (m.elementType !== undefined) {
    writeFieldType(m.elementType, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readArrayType(r: Reader, depth: number): ArrayType {
  const m: Draft<ArrayType> = {
    elementType: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.elementType = readNested(r, readFieldType, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface IterableType {
  readonly elementType?: FieldType | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeIterableType(m: Init<IterableType>): Uint8Array {
  return encodeMessage(writeIterableType, m);
}
export function decodeIterableType(bytes: Uint8Array): IterableType {
  return decodeMessage('IterableType', readIterableType, bytes);
}
export function writeIterableType(m: Init<IterableType>, w: Writer): void {
  if (m.elementType !== undefined) {
    writeFieldType(m.elementType, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readIterableType(r: Reader, depth: number): IterableType {
  const m: Draft<IterableType> = {
    elementType: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.elementType = readNested(r, readFieldType, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MapType {
  readonly keyType?: FieldType | undefined;
  readonly valueType?: FieldType | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMapType(m: Init<MapType>): Uint8Array {
  return encodeMessage(writeMapType, m);
}
export function decodeMapType(bytes: Uint8Array): MapType {
  return decodeMessage('MapType', readMapType, bytes);
}
export function writeMapType(m: Init<MapType>, w: Writer): void {
  if (m.keyType !== undefined) {
    writeFieldType(m.keyType, w.uint32(10).fork()); w.ldelim();
  }
  if (m.valueType !== undefined) {
    writeFieldType(m.valueType, w.uint32(18).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMapType(r: Reader, depth: number): MapType {
  const m: Draft<MapType> = {
    keyType: undefined,
    valueType: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.keyType = readNested(r, readFieldType, depth);
        break;
      case 18:
        m.valueType = readNested(r, readFieldType, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface RowType {
  readonly schema?: Schema | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeRowType(m: Init<RowType>): Uint8Array {
  return encodeMessage(writeRowType, m);
}
export function decodeRowType(bytes: Uint8Array): RowType {
  return decodeMessage('RowType', readRowType, bytes);
}
export function writeRowType(m: Init<RowType>, w: Writer): void {
  if (m.schema !== undefined) {
    writeSchema(m.schema, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readRowType(r: Reader, depth: number): RowType {
  const m: Draft<RowType> = {
    schema: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.schema = readNested(r, readSchema, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface LogicalType {
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly representation?: FieldType | undefined;
  readonly argumentType?: FieldType | undefined;
  readonly argument?: FieldValue | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeLogicalType(m: Init<LogicalType>): Uint8Array {
  return encodeMessage(writeLogicalType, m);
}
export function decodeLogicalType(bytes: Uint8Array): LogicalType {
  return decodeMessage('LogicalType', readLogicalType, bytes);
}
export function writeLogicalType(m: Init<LogicalType>, w: Writer): void {
  if (m.urn) {
    writeString(w, 10, m.urn);
  }
  if (m.payload !== undefined && m.payload.length > 0) {
    w.uint32(18).bytes(m.payload);
  }
  if (m.representation !== undefined) {
    writeFieldType(m.representation, w.uint32(26).fork()); w.ldelim();
  }
  if (m.argumentType !== undefined) {
    writeFieldType(m.argumentType, w.uint32(34).fork()); w.ldelim();
  }
  if (m.argument !== undefined) {
    writeFieldValue(m.argument, w.uint32(42).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readLogicalType(r: Reader, depth: number): LogicalType {
  const m: Draft<LogicalType> = {
    urn: '',
    payload: NO_BYTES,
    representation: undefined,
    argumentType: undefined,
    argument: undefined,
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
      case 26:
        m.representation = readNested(r, readFieldType, depth);
        break;
      case 34:
        m.argumentType = readNested(r, readFieldType, depth);
        break;
      case 42:
        m.argument = readNested(r, readFieldValue, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Option {
  readonly name: string;
  readonly type?: FieldType | undefined;
  readonly value?: FieldValue | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeOption(m: Init<Option>): Uint8Array {
  return encodeMessage(writeOption, m);
}
export function decodeOption(bytes: Uint8Array): Option {
  return decodeMessage('Option', readOption, bytes);
}
export function writeOption(m: Init<Option>, w: Writer): void {
  if (m.name) {
    writeString(w, 10, m.name);
  }
  if (m.type !== undefined) {
    writeFieldType(m.type, w.uint32(18).fork()); w.ldelim();
  }
  if (m.value !== undefined) {
    writeFieldValue(m.value, w.uint32(26).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readOption(r: Reader, depth: number): Option {
  const m: Draft<Option> = {
    name: '',
    type: undefined,
    value: undefined,
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
      case 18:
        m.type = readNested(r, readFieldType, depth);
        break;
      case 26:
        m.value = readNested(r, readFieldValue, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Row {
  readonly values: readonly FieldValue[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeRow(m: Init<Row>): Uint8Array {
  return encodeMessage(writeRow, m);
}
export function decodeRow(bytes: Uint8Array): Row {
  return decodeMessage('Row', readRow, bytes);
}
export function writeRow(m: Init<Row>, w: Writer): void {
  if (m.values !== undefined) {
    for (const item of m.values) {
      writeFieldValue(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readRow(r: Reader, depth: number): Row {
  const m: Draft<Row> = {
    values: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.values.push(readNested(r, readFieldValue, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface FieldValue {
  readonly fieldValue?:
    | { readonly case: 'atomicValue'; readonly value: AtomicTypeValue }
    | { readonly case: 'arrayValue'; readonly value: ArrayTypeValue }
    | { readonly case: 'iterableValue'; readonly value: IterableTypeValue }
    | { readonly case: 'mapValue'; readonly value: MapTypeValue }
    | { readonly case: 'rowValue'; readonly value: Row }
    | { readonly case: 'logicalTypeValue'; readonly value: LogicalTypeValue }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeFieldValue(m: Init<FieldValue>): Uint8Array {
  return encodeMessage(writeFieldValue, m);
}
export function decodeFieldValue(bytes: Uint8Array): FieldValue {
  return decodeMessage('FieldValue', readFieldValue, bytes);
}
export function writeFieldValue(m: Init<FieldValue>, w: Writer): void {
  if (m.fieldValue !== undefined) {
    switch (m.fieldValue.case) {
      case 'atomicValue':
        writeAtomicTypeValue(m.fieldValue.value, w.uint32(10).fork()); w.ldelim();
        break;
      case 'arrayValue':
        writeArrayTypeValue(m.fieldValue.value, w.uint32(18).fork()); w.ldelim();
        break;
      case 'iterableValue':
        writeIterableTypeValue(m.fieldValue.value, w.uint32(26).fork()); w.ldelim();
        break;
      case 'mapValue':
        writeMapTypeValue(m.fieldValue.value, w.uint32(34).fork()); w.ldelim();
        break;
      case 'rowValue':
        writeRow(m.fieldValue.value, w.uint32(42).fork()); w.ldelim();
        break;
      case 'logicalTypeValue':
        writeLogicalTypeValue(m.fieldValue.value, w.uint32(50).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readFieldValue(r: Reader, depth: number): FieldValue {
  const m: Draft<FieldValue> = {
    fieldValue: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.fieldValue = { case: 'atomicValue', value: readNested(r, readAtomicTypeValue, depth) };
        break;
      case 18:
        m.fieldValue = { case: 'arrayValue', value: readNested(r, readArrayTypeValue, depth) };
        break;
      case 26:
        m.fieldValue = { case: 'iterableValue', value: readNested(r, readIterableTypeValue, depth) };
        break;
      case 34:
        m.fieldValue = { case: 'mapValue', value: readNested(r, readMapTypeValue, depth) };
        break;
      case 42:
        m.fieldValue = { case: 'rowValue', value: readNested(r, readRow, depth) };
        break;
      case 50:
        m.fieldValue = { case: 'logicalTypeValue', value: readNested(r, readLogicalTypeValue, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface AtomicTypeValue {
  readonly value?:
    | { readonly case: 'byte'; readonly value: number }
    | { readonly case: 'int16'; readonly value: number }
    | { readonly case: 'int32'; readonly value: number }
    | { readonly case: 'int64'; readonly value: bigint }
    | { readonly case: 'float'; readonly value: number }
    | { readonly case: 'double'; readonly value: number }
    | { readonly case: 'string'; readonly value: string }
    | { readonly case: 'boolean'; readonly value: boolean }
    | { readonly case: 'bytes'; readonly value: Uint8Array }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeAtomicTypeValue(m: Init<AtomicTypeValue>): Uint8Array {
  return encodeMessage(writeAtomicTypeValue, m);
}
export function decodeAtomicTypeValue(bytes: Uint8Array): AtomicTypeValue {
  return decodeMessage('AtomicTypeValue', readAtomicTypeValue, bytes);
}
export function writeAtomicTypeValue(m: Init<AtomicTypeValue>, w: Writer): void {
  if (m.value !== undefined) {
    switch (m.value.case) {
      case 'byte':
        w.uint32(8).int32(m.value.value);
        break;
      case 'int16':
        w.uint32(16).int32(m.value.value);
        break;
      case 'int32':
        w.uint32(24).int32(m.value.value);
        break;
      case 'int64':
        writeBigInt64(w.uint32(32), m.value.value);
        break;
      case 'float':
        w.uint32(45).float(m.value.value);
        break;
      case 'double':
        w.uint32(49).double(m.value.value);
        break;
      case 'string':
        writeString(w, 58, m.value.value);
        break;
      case 'boolean':
        w.uint32(64).bool(m.value.value);
        break;
      case 'bytes':
        w.uint32(74).bytes(m.value.value);
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readAtomicTypeValue(r: Reader, _depth: number): AtomicTypeValue {
  const m: Draft<AtomicTypeValue> = {
    value: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.value = { case: 'byte', value: r.int32() };
        break;
      case 16:
        m.value = { case: 'int16', value: r.int32() };
        break;
      case 24:
        m.value = { case: 'int32', value: r.int32() };
        break;
      case 32:
        m.value = { case: 'int64', value: readBigInt64(r) };
        break;
      case 45:
        m.value = { case: 'float', value: r.float() };
        break;
      case 49:
        m.value = { case: 'double', value: r.double() };
        break;
      case 58:
        m.value = { case: 'string', value: readString(r) };
        break;
      case 64:
        m.value = { case: 'boolean', value: r.bool() };
        break;
      case 74:
        m.value = { case: 'bytes', value: readBytes(r) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ArrayTypeValue {
  readonly element: readonly FieldValue[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeArrayTypeValue(m: Init<ArrayTypeValue>): Uint8Array {
  return encodeMessage(writeArrayTypeValue, m);
}
export function decodeArrayTypeValue(bytes: Uint8Array): ArrayTypeValue {
  return decodeMessage('ArrayTypeValue', readArrayTypeValue, bytes);
}
export function writeArrayTypeValue(m: Init<ArrayTypeValue>, w: Writer): void {
  if (m.element !== undefined) {
    for (const item of m.element) {
      writeFieldValue(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readArrayTypeValue(r: Reader, depth: number): ArrayTypeValue {
  const m: Draft<ArrayTypeValue> = {
    element: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.element.push(readNested(r, readFieldValue, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface IterableTypeValue {
  readonly element: readonly FieldValue[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeIterableTypeValue(m: Init<IterableTypeValue>): Uint8Array {
  return encodeMessage(writeIterableTypeValue, m);
}
export function decodeIterableTypeValue(bytes: Uint8Array): IterableTypeValue {
  return decodeMessage('IterableTypeValue', readIterableTypeValue, bytes);
}
export function writeIterableTypeValue(m: Init<IterableTypeValue>, w: Writer): void {
  if (m.element !== undefined) {
    for (const item of m.element) {
      writeFieldValue(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readIterableTypeValue(r: Reader, depth: number): IterableTypeValue {
  const m: Draft<IterableTypeValue> = {
    element: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.element.push(readNested(r, readFieldValue, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MapTypeValue {
  readonly entries: readonly MapTypeEntry[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMapTypeValue(m: Init<MapTypeValue>): Uint8Array {
  return encodeMessage(writeMapTypeValue, m);
}
export function decodeMapTypeValue(bytes: Uint8Array): MapTypeValue {
  return decodeMessage('MapTypeValue', readMapTypeValue, bytes);
}
export function writeMapTypeValue(m: Init<MapTypeValue>, w: Writer): void {
  if (m.entries !== undefined) {
    for (const item of m.entries) {
      writeMapTypeEntry(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMapTypeValue(r: Reader, depth: number): MapTypeValue {
  const m: Draft<MapTypeValue> = {
    entries: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.entries.push(readNested(r, readMapTypeEntry, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MapTypeEntry {
  readonly key?: FieldValue | undefined;
  readonly value?: FieldValue | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMapTypeEntry(m: Init<MapTypeEntry>): Uint8Array {
  return encodeMessage(writeMapTypeEntry, m);
}
export function decodeMapTypeEntry(bytes: Uint8Array): MapTypeEntry {
  return decodeMessage('MapTypeEntry', readMapTypeEntry, bytes);
}
export function writeMapTypeEntry(m: Init<MapTypeEntry>, w: Writer): void {
  if (m.key !== undefined) {
    writeFieldValue(m.key, w.uint32(10).fork()); w.ldelim();
  }
  if (m.value !== undefined) {
    writeFieldValue(m.value, w.uint32(18).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMapTypeEntry(r: Reader, depth: number): MapTypeEntry {
  const m: Draft<MapTypeEntry> = {
    key: undefined,
    value: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.key = readNested(r, readFieldValue, depth);
        break;
      case 18:
        m.value = readNested(r, readFieldValue, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface LogicalTypeValue {
  readonly value?: FieldValue | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeLogicalTypeValue(m: Init<LogicalTypeValue>): Uint8Array {
  return encodeMessage(writeLogicalTypeValue, m);
}
export function decodeLogicalTypeValue(bytes: Uint8Array): LogicalTypeValue {
  return decodeMessage('LogicalTypeValue', readLogicalTypeValue, bytes);
}
export function writeLogicalTypeValue(m: Init<LogicalTypeValue>, w: Writer): void {
  if (m.value !== undefined) {
    writeFieldValue(m.value, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readLogicalTypeValue(r: Reader, depth: number): LogicalTypeValue {
  const m: Draft<LogicalTypeValue> = {
    value: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.value = readNested(r, readFieldValue, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SchemaCoderPayload {
  readonly schema?: Schema | undefined;
  readonly toRowFn?: FunctionSpec | undefined;
  readonly fromRowFn?: FunctionSpec | undefined;
  readonly additionalCoderInfos: readonly SchemaCoderPayload_AdditionalCoderInfo[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSchemaCoderPayload(m: Init<SchemaCoderPayload>): Uint8Array {
  return encodeMessage(writeSchemaCoderPayload, m);
}
export function decodeSchemaCoderPayload(bytes: Uint8Array): SchemaCoderPayload {
  return decodeMessage('SchemaCoderPayload', readSchemaCoderPayload, bytes);
}
export function writeSchemaCoderPayload(m: Init<SchemaCoderPayload>, w: Writer): void {
  if (m.schema !== undefined) {
    writeSchema(m.schema, w.uint32(10).fork()); w.ldelim();
  }
  if (m.toRowFn !== undefined) {
    writeFunctionSpec(m.toRowFn, w.uint32(18).fork()); w.ldelim();
  }
  if (m.fromRowFn !== undefined) {
    writeFunctionSpec(m.fromRowFn, w.uint32(26).fork()); w.ldelim();
  }
  if (m.additionalCoderInfos !== undefined) {
    for (const item of m.additionalCoderInfos) {
      writeSchemaCoderPayload_AdditionalCoderInfo(item, w.uint32(34).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSchemaCoderPayload(r: Reader, depth: number): SchemaCoderPayload {
  const m: Draft<SchemaCoderPayload> = {
    schema: undefined,
    toRowFn: undefined,
    fromRowFn: undefined,
    additionalCoderInfos: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.schema = readNested(r, readSchema, depth);
        break;
      case 18:
        m.toRowFn = readNested(r, readFunctionSpec, depth);
        break;
      case 26:
        m.fromRowFn = readNested(r, readFunctionSpec, depth);
        break;
      case 34:
        m.additionalCoderInfos.push(readNested(r, readSchemaCoderPayload_AdditionalCoderInfo, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SchemaCoderPayload_AdditionalCoderInfo {
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSchemaCoderPayload_AdditionalCoderInfo(m: Init<SchemaCoderPayload_AdditionalCoderInfo>): Uint8Array {
  return encodeMessage(writeSchemaCoderPayload_AdditionalCoderInfo, m);
}
export function decodeSchemaCoderPayload_AdditionalCoderInfo(bytes: Uint8Array): SchemaCoderPayload_AdditionalCoderInfo {
  return decodeMessage('SchemaCoderPayload_AdditionalCoderInfo', readSchemaCoderPayload_AdditionalCoderInfo, bytes);
}
export function writeSchemaCoderPayload_AdditionalCoderInfo(m: Init<SchemaCoderPayload_AdditionalCoderInfo>, w: Writer): void {
  if (m.urn) {
    writeString(w, 10, m.urn);
  }
  if (m.payload !== undefined && m.payload.length > 0) {
    w.uint32(18).bytes(m.payload);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSchemaCoderPayload_AdditionalCoderInfo(r: Reader, _depth: number): SchemaCoderPayload_AdditionalCoderInfo {
  const m: Draft<SchemaCoderPayload_AdditionalCoderInfo> = {
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

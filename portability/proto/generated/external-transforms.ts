// Made from ../external-transforms.proto by scripts/gen-protos.ts: change the text, not this module.
import { NO_BYTES, decodeMessage, readBytes, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { encodeMessage, type Writer, writeString } from '../message-writer.js';
import { readSchema, type Schema, writeSchema } from './schema.js';

export interface ExternalConfigurationPayload {
  readonly schema?: Schema | undefined;
  readonly payload: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeExternalConfigurationPayload(m: Init<ExternalConfigurationPayload>): Uint8Array {
  return encodeMessage(writeExternalConfigurationPayload, m);
}
export function decodeExternalConfigurationPayload(bytes: Uint8Array): ExternalConfigurationPayload {
  return decodeMessage('ExternalConfigurationPayload', readExternalConfigurationPayload, bytes);
}
export function writeExternalConfigurationPayload(m: Init<ExternalConfigurationPayload>, w: Writer): void {
  if (m.schema !== undefined) {
    writeSchema(m.schema, w.uint32(10).fork()); w.ldelim();
  }
  if (m.payload !== undefined && m.payload.length > 0) {
    w.uint32(18).bytes(m.payload);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readExternalConfigurationPayload(r: Reader, depth: number): ExternalConfigurationPayload {
  const m: Draft<ExternalConfigurationPayload> = {
    schema: undefined,
    payload: NO_BYTES,
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
        m.payload = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface JavaClassLookupPayload {
  readonly className: string;
  readonly constructorMethod: string;
  readonly constructorSchema?: Schema | undefined;
  readonly constructorPayload: Uint8Array;
  readonly builderMethods: readonly BuilderMethod[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeJavaClassLookupPayload(m: Init<JavaClassLookupPayload>): Uint8Array {
  return encodeMessage(writeJavaClassLookupPayload, m);
}
export function decodeJavaClassLookupPayload(bytes: Uint8Array): JavaClassLookupPayload {
  return decodeMessage('JavaClassLookupPayload', readJavaClassLookupPayload, bytes);
}
export function writeJavaClassLookupPayload(m: Init<JavaClassLookupPayload>, w: Writer): void {
  if (m.className) {
    writeString(w, 10, m.className);
  }
  if (m.constructorMethod) {
    writeString(w, 18, m.constructorMethod);
  }
  if (m.constructorSchema !== undefined) {
    writeSchema(m.constructorSchema, w.uint32(26).fork()); w.ldelim();
  }
  if (m.constructorPayload !== undefined && m.constructorPayload.length > 0) {
    w.uint32(34).bytes(m.constructorPayload);
  }
  if (m.builderMethods !== undefined) {
    for (const item of m.builderMethods) {
      writeBuilderMethod(item, w.uint32(42).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readJavaClassLookupPayload(r: Reader, depth: number): JavaClassLookupPayload {
  const m: Draft<JavaClassLookupPayload> = {
    className: '',
    constructorMethod: '',
    constructorSchema: undefined,
    constructorPayload: NO_BYTES,
    builderMethods: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.className = readString(r);
        break;
      case 18:
        m.constructorMethod = readString(r);
        break;
      case 26:
        m.constructorSchema = readNested(r, readSchema, depth);
        break;
      case 34:
        m.constructorPayload = readBytes(r);
        break;
      case 42:
        m.builderMethods.push(readNested(r, readBuilderMethod, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface BuilderMethod {
  readonly name: string;
  readonly schema?: Schema | undefined;
  readonly payload: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeBuilderMethod(m: Init<BuilderMethod>): Uint8Array {
  return encodeMessage(writeBuilderMethod, m);
}
export function decodeBuilderMethod(bytes: Uint8Array): BuilderMethod {
  return decodeMessage('BuilderMethod', readBuilderMethod, bytes);
}
export function writeBuilderMethod(m: Init<BuilderMethod>, w: Writer): void {
  if (m.name) {
    writeString(w, 10, m.name);
  }
  if (m.schema !== undefined) {
    writeSchema(m.schema, w.uint32(18).fork()); w.ldelim();
  }
  if (m.payload !== undefined && m.payload.length > 0) {
    w.uint32(26).bytes(m.payload);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readBuilderMethod(r: Reader, depth: number): BuilderMethod {
  const m: Draft<BuilderMethod> = {
    name: '',
    schema: undefined,
    payload: NO_BYTES,
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
        m.schema = readNested(r, readSchema, depth);
        break;
      case 26:
        m.payload = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SchemaTransformPayload {
  readonly identifier: string;
  readonly configurationSchema?: Schema | undefined;
  readonly configurationRow: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSchemaTransformPayload(m: Init<SchemaTransformPayload>): Uint8Array {
  return encodeMessage(writeSchemaTransformPayload, m);
}
export function decodeSchemaTransformPayload(bytes: Uint8Array): SchemaTransformPayload {
  return decodeMessage('SchemaTransformPayload', readSchemaTransformPayload, bytes);
}
export function writeSchemaTransformPayload(m: Init<SchemaTransformPayload>, w: Writer): void {
  if (m.identifier) {
    writeString(w, 10, m.identifier);
  }
  if (m.configurationSchema !== undefined) {
    writeSchema(m.configurationSchema, w.uint32(18).fork()); w.ldelim();
  }
  if (m.configurationRow !== undefined && m.configurationRow.length > 0) {
    w.uint32(26).bytes(m.configurationRow);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSchemaTransformPayload(r: Reader, depth: number): SchemaTransformPayload {
  const m: Draft<SchemaTransformPayload> = {
    identifier: '',
    configurationSchema: undefined,
    configurationRow: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.identifier = readString(r);
        break;
      case 18:
        m.configurationSchema = readNested(r, readSchema, depth);
        break;
      case 26:
        m.configurationRow = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

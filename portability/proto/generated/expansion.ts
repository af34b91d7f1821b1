// Made from ../expansion.proto by scripts/gen-protos.ts: change the text, not this module.
import { NO_ENTRIES, decodeMessage, readEntry, readMessageEntry, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { readStruct, type Struct, writeStruct } from './google/protobuf/struct.js';
import { encodeMessage, type Writer, writeString } from '../message-writer.js';
import { readComponents, readPTransform, type Components, type PTransform, writeComponents, writePTransform } from './pipeline.js';
import { readSchema, type Schema, writeSchema } from './schema.js';

export interface ExpansionRequest {
  readonly components?: Components | undefined;
  readonly transform?: PTransform | undefined;
  readonly namespace: string;
  readonly outputCoderRequests: ReadonlyMap<string, string>;
  readonly requirements: readonly string[];
  readonly pipelineOptions?: Struct | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeExpansionRequest(m: Init<ExpansionRequest>): Uint8Array {
  return encodeMessage(writeExpansionRequest, m);
}
export function decodeExpansionRequest(bytes: Uint8Array): ExpansionRequest {
  return decodeMessage('ExpansionRequest', readExpansionRequest, bytes);
}
export function writeExpansionRequest(m: Init<ExpansionRequest>, w: Writer): void {
  if (m.components !== undefined) {
    writeComponents(m.components, w.uint32(10).fork()); w.ldelim();
  }
  if (m.transform !== undefined) {
    writePTransform(m.transform, w.uint32(18).fork()); w.ldelim();
  }
  if (m.namespace) {
    writeString(w, 26, m.namespace);
  }
  m.outputCoderRequests?.forEach((value, key) => {
    w.uint32(34).fork();
    writeString(w, 10, key);
    writeString(w, 18, value);
    w.ldelim();
  });
  if (m.requirements !== undefined) {
    for (const item of m.requirements) {
      writeString(w, 42, item);
    }
  }
  if (m.pipelineOptions !== undefined) {
    writeStruct(m.pipelineOptions, w.uint32(50).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readExpansionRequest(r: Reader, depth: number): ExpansionRequest {
  const m: Draft<ExpansionRequest> = {
    components: undefined,
    transform: undefined,
    namespace: '',
    outputCoderRequests: NO_ENTRIES,
    requirements: [],
    pipelineOptions: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.components = readNested(r, readComponents, depth);
        break;
      case 18:
        m.transform = readNested(r, readPTransform, depth);
        break;
      case 26:
        m.namespace = readString(r);
        break;
      case 34:
        m.outputCoderRequests = readEntry(r, m.outputCoderRequests, 18, readString, '');
        break;
      case 42:
        m.requirements.push(readString(r));
        break;
      case 50:
        m.pipelineOptions = readNested(r, readStruct, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ExpansionResponse {
  readonly components?: Components | undefined;
  readonly transform?: PTransform | undefined;
  readonly requirements: readonly string[];
  readonly error: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeExpansionResponse(m: Init<ExpansionResponse>): Uint8Array {
  return encodeMessage(writeExpansionResponse, m);
}
export function decodeExpansionResponse(bytes: Uint8Array): ExpansionResponse {
  return decodeMessage('ExpansionResponse', readExpansionResponse, bytes);
}
export function writeExpansionResponse(m: Init<ExpansionResponse>, w: Writer): void {
  if (m.components !== undefined) {
    writeComponents(m.components, w.uint32(10).fork()); w.ldelim();
  }
  if (m.transform !== undefined) {
    writePTransform(m.transform, w.uint32(18).fork()); w.ldelim();
  }
  if (m.requirements !== undefined) {
    for (const item of m.requirements) {
      writeString(w, 26, item);
    }
  }
  if (m.error) {
    writeString(w, 82, m.error);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readExpansionResponse(r: Reader, depth: number): ExpansionResponse {
  const m: Draft<ExpansionResponse> = {
    components: undefined,
    transform: undefined,
    requirements: [],
    error: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.components = readNested(r, readComponents, depth);
        break;
      case 18:
        m.transform = readNested(r, readPTransform, depth);
        break;
      case 26:
        m.requirements.push(readString(r));
        break;
      case 82:
        m.error = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface DiscoverSchemaTransformRequest {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDiscoverSchemaTransformRequest(m: Init<DiscoverSchemaTransformRequest>): Uint8Array {
  return encodeMessage(writeDiscoverSchemaTransformRequest, m);
}
export function decodeDiscoverSchemaTransformRequest(bytes: Uint8Array): DiscoverSchemaTransformRequest {
  return decodeMessage('DiscoverSchemaTransformRequest', readDiscoverSchemaTransformRequest, bytes);
}
export function writeDiscoverSchemaTransformRequest(m: Init<DiscoverSchemaTransformRequest>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDiscoverSchemaTransformRequest(r: Reader, _depth: number): DiscoverSchemaTransformRequest {
  const m: Draft<DiscoverSchemaTransformRequest> = {
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

export interface SchemaTransformConfig {
  readonly configSchema?: Schema | undefined;
  readonly inputPcollectionNames: readonly string[];
  readonly outputPcollectionNames: readonly string[];
  readonly description: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSchemaTransformConfig(m: Init<SchemaTransformConfig>): Uint8Array {
  return encodeMessage(writeSchemaTransformConfig, m);
}
export function decodeSchemaTransformConfig(bytes: Uint8Array): SchemaTransformConfig {
  return decodeMessage('SchemaTransformConfig', readSchemaTransformConfig, bytes);
}
export function writeSchemaTransformConfig(m: Init<SchemaTransformConfig>, w: Writer): void {
  if (m.configSchema !== undefined) {
    writeSchema(m.configSchema, w.uint32(10).fork()); w.ldelim();
  }
  if (m.inputPcollectionNames !== undefined) {
    for (const item of m.inputPcollectionNames) {
      writeString(w, 18, item);
    }
  }
  if (m.outputPcollectionNames !== undefined) {
    for (const item of m.outputPcollectionNames) {
      writeString(w, 26, item);
    }
  }
  if (m.description) {
    writeString(w, 34, m.description);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSchemaTransformConfig(r: Reader, depth: number): SchemaTransformConfig {
  const m: Draft<SchemaTransformConfig> = {
    configSchema: undefined,
    inputPcollectionNames: [],
    outputPcollectionNames: [],
    description: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.configSchema = readNested(r, readSchema, depth);
        break;
      case 18:
        m.inputPcollectionNames.push(readString(r));
        break;
      case 26:
        m.outputPcollectionNames.push(readString(r));
        break;
      case 34:
        m.description = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface DiscoverSchemaTransformResponse {
  readonly schemaTransformConfigs: ReadonlyMap<string, SchemaTransformConfig>;
  readonly error: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDiscoverSchemaTransformResponse(m: Init<DiscoverSchemaTransformResponse>): Uint8Array {
  return encodeMessage(writeDiscoverSchemaTransformResponse, m);
}
export function decodeDiscoverSchemaTransformResponse(bytes: Uint8Array): DiscoverSchemaTransformResponse {
  return decodeMessage('DiscoverSchemaTransformResponse', readDiscoverSchemaTransformResponse, bytes);
}
export function writeDiscoverSchemaTransformResponse(m: Init<DiscoverSchemaTransformResponse>, w: Writer): void {
  m.schemaTransformConfigs?.forEach((value, key) => {
    w.uint32(10).fork();
    writeString(w, 10, key);
    writeSchemaTransformConfig(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.error) {
    writeString(w, 18, m.error);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDiscoverSchemaTransformResponse(r: Reader, depth: number): DiscoverSchemaTransformResponse {
  const m: Draft<DiscoverSchemaTransformResponse> = {
    schemaTransformConfigs: NO_ENTRIES,
    error: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.schemaTransformConfigs = readMessageEntry(r, m.schemaTransformConfigs, readSchemaTransformConfig, depth);
        break;
      case 18:
        m.error = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

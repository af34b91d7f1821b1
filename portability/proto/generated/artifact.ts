// Made from ../artifact.proto by scripts/gen-protos.ts: change the text, not this module.
import { NO_BYTES, decodeMessage, readBytes, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { encodeMessage, type Writer, writeString } from '../message-writer.js';
import { readArtifactInformation, type ArtifactInformation, writeArtifactInformation } from './pipeline.js';

export interface ResolveArtifactsRequest {
  readonly artifacts: readonly ArtifactInformation[];
  readonly preferredUrns: readonly string[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeResolveArtifactsRequest(m: Init<ResolveArtifactsRequest>): Uint8Array {
  return encodeMessage(writeResolveArtifactsRequest, m);
}
export function decodeResolveArtifactsRequest(bytes: Uint8Array): ResolveArtifactsRequest {
  return decodeMessage('ResolveArtifactsRequest', readResolveArtifactsRequest, bytes);
}
export function writeResolveArtifactsRequest(m: Init<ResolveArtifactsRequest>, w: Writer): void {
  if (m.artifacts !== undefined) {
    for (const item of m.artifacts) {
      writeArtifactInformation(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.preferredUrns !== undefined) {
    for (const item of m.preferredUrns) {
      writeString(w, 18, item);
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readResolveArtifactsRequest(r: Reader, depth: number): ResolveArtifactsRequest {
  const m: Draft<ResolveArtifactsRequest> = {
    artifacts: [],
    preferredUrns: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.artifacts.push(readNested(r, readArtifactInformation, depth));
        break;
      case 18:
        m.preferredUrns.push(readString(r));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ResolveArtifactsResponse {
  readonly replacements: readonly ArtifactInformation[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeResolveArtifactsResponse(m: Init<ResolveArtifactsResponse>): Uint8Array {
  return encodeMessage(writeResolveArtifactsResponse, m);
}
export function decodeResolveArtifactsResponse(bytes: Uint8Array): ResolveArtifactsResponse {
  return decodeMessage('ResolveArtifactsResponse', readResolveArtifactsResponse, bytes);
}
export function writeResolveArtifactsResponse(m: Init<ResolveArtifactsResponse>, w: Writer): void {
  if (m.replacements !== undefined) {
    for (const item of m.replacements) {
      writeArtifactInformation(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readResolveArtifactsResponse(r: Reader, depth: number): ResolveArtifactsResponse {
  const m: Draft<ResolveArtifactsResponse> = {
    replacements: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.replacements.push(readNested(r, readArtifactInformation, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetArtifactRequest {
  readonly artifact?: ArtifactInformation | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetArtifactRequest(m: Init<GetArtifactRequest>): Uint8Array {
  return encodeMessage(writeGetArtifactRequest, m);
}
export function decodeGetArtifactRequest(bytes: Uint8Array): GetArtifactRequest {
  return decodeMessage('GetArtifactRequest', readGetArtifactRequest, bytes);
}
export function writeGetArtifactRequest(m: Init<GetArtifactRequest>, w: Writer): void {
  if (m.artifact !== undefined) {
    writeArtifactInformation(m.artifact, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetArtifactRequest(r: Reader, depth: number): GetArtifactRequest {
  const m: Draft<GetArtifactRequest> = {
    artifact: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.artifact = readNested(r, readArtifactInformation, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetArtifactResponse {
  readonly data: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetArtifactResponse(m: Init<GetArtifactResponse>): Uint8Array {
  return encodeMessage(writeGetArtifactResponse, m);
}
export function decodeGetArtifactResponse(bytes: Uint8Array): GetArtifactResponse {
  return decodeMessage('GetArtifactResponse', readGetArtifactResponse, bytes);
}
export function writeGetArtifactResponse(m: Init<GetArtifactResponse>, w: Writer): void {
  if (m.data !== undefined && m.data.length > 0) {
    w.uint32(10).bytes(m.data);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetArtifactResponse(r: Reader, _depth: number): GetArtifactResponse {
  const m: Draft<GetArtifactResponse> = {
    data: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.data = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ArtifactRequestWrapper {
  readonly request?:
    | { readonly case: 'resolveArtifact'; readonly value: ResolveArtifactsRequest }
    | { readonly case: 'getArtifact'; readonly value: GetArtifactRequest }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeArtifactRequestWrapper(m: Init<ArtifactRequestWrapper>): Uint8Array {
  return encodeMessage(writeArtifactRequestWrapper, m);
}
export function decodeArtifactRequestWrapper(bytes: Uint8Array): ArtifactRequestWrapper {
  return decodeMessage('ArtifactRequestWrapper', readArtifactRequestWrapper, bytes);
}
export function writeArtifactRequestWrapper(m: Init<ArtifactRequestWrapper>, w: Writer): void {
  if (m.request !== undefined) {
    switch (m.request.case) {
      case 'resolveArtifact':
        writeResolveArtifactsRequest(m.request.value, w.uint32(8002).fork()); w.ldelim();
        break;
      case 'getArtifact':
        writeGetArtifactRequest(m.request.value, w.uint32(8010).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readArtifactRequestWrapper(r: Reader, depth: number): ArtifactRequestWrapper {
  const m: Draft<ArtifactRequestWrapper> = {
    request: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8002:
        m.request = { case: 'resolveArtifact', value: readNested(r, readResolveArtifactsRequest, depth) };
        break;
      case 8010:
        m.request = { case: 'getArtifact', value: readNested(r, readGetArtifactRequest, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ArtifactResponseWrapper {
  readonly stagingToken: string;
  readonly isLast: boolean;
  readonly response?:
    | { readonly case: 'resolveArtifactResponse'; readonly value: ResolveArtifactsResponse }
    | { readonly case: 'getArtifactResponse'; readonly value: GetArtifactResponse }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeArtifactResponseWrapper(m: Init<ArtifactResponseWrapper>): Uint8Array {
  return encodeMessage(writeArtifactResponseWrapper, m);
}
export function decodeArtifactResponseWrapper(bytes: Uint8Array): ArtifactResponseWrapper {
  return decodeMessage('ArtifactResponseWrapper', readArtifactResponseWrapper, bytes);
}
export function writeArtifactResponseWrapper(m: Init<ArtifactResponseWrapper>, w: Writer): void {
  if (m.stagingToken) {
    writeString(w, 10, m.stagingToken);
  }
  if (m.isLast) {
    w.uint32(16).bool(m.isLast);
  }
  if (m.response !== undefined) {
    switch (m.response.case) {
      case 'resolveArtifactResponse':
        writeResolveArtifactsResponse(m.response.value, w.uint32(8002).fork()); w.ldelim();
        break;
      case 'getArtifactResponse':
        writeGetArtifactResponse(m.response.value, w.uint32(8010).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readArtifactResponseWrapper(r: Reader, depth: number): ArtifactResponseWrapper {
  const m: Draft<ArtifactResponseWrapper> = {
    stagingToken: '',
    isLast: false,
    response: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.stagingToken = readString(r);
        break;
      case 16:
        m.isLast = r.bool();
        break;
      case 8002:
        m.response = { case: 'resolveArtifactResponse', value: readNested(r, readResolveArtifactsResponse, depth) };
        break;
      case 8010:
        m.response = { case: 'getArtifactResponse', value: readNested(r, readGetArtifactResponse, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ArtifactMetadata {
  readonly name: string;
  readonly permissions: number;
  readonly sha256: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeArtifactMetadata(m: Init<ArtifactMetadata>): Uint8Array {
  return encodeMessage(writeArtifactMetadata, m);
}
export function decodeArtifactMetadata(bytes: Uint8Array): ArtifactMetadata {
  return decodeMessage('ArtifactMetadata', readArtifactMetadata, bytes);
}
export function writeArtifactMetadata(m: Init<ArtifactMetadata>, w: Writer): void {
  if (m.name) {
    writeString(w, 10, m.name);
  }
  if (m.permissions) {
    w.uint32(16).uint32(m.permissions);
  }
  if (m.sha256) {
    writeString(w, 34, m.sha256);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readArtifactMetadata(r: Reader, _depth: number): ArtifactMetadata {
  const m: Draft<ArtifactMetadata> = {
    name: '',
    permissions: 0,
    sha256: '',
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
      case 16:
        m.permissions = r.uint32();
        break;
      case 34:
        m.sha256 = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Manifest {
  readonly artifact: readonly ArtifactMetadata[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeManifest(m: Init<Manifest>): Uint8Array {
  return encodeMessage(writeManifest, m);
}
export function decodeManifest(bytes: Uint8Array): Manifest {
  return decodeMessage('Manifest', readManifest, bytes);
}
export function writeManifest(m: Init<Manifest>, w: Writer): void {
  if (m.artifact !== undefined) {
    for (const item of m.artifact) {
      writeArtifactMetadata(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readManifest(r: Reader, depth: number): Manifest {
  const m: Draft<Manifest> = {
    artifact: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.artifact.push(readNested(r, readArtifactMetadata, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProxyManifest {
  readonly manifest?: Manifest | undefined;
  readonly location: readonly ProxyManifest_Location[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProxyManifest(m: Init<ProxyManifest>): Uint8Array {
  return encodeMessage(writeProxyManifest, m);
}
export function decodeProxyManifest(bytes: Uint8Array): ProxyManifest {
  return decodeMessage('ProxyManifest', readProxyManifest, bytes);
}
export function writeProxyManifest(m: Init<ProxyManifest>, w: Writer): void {
  if (m.manifest !== undefined) {
    writeManifest(m.manifest, w.uint32(10).fork()); w.ldelim();
  }
  if (m.location !== undefined) {
    for (const item of m.location) {
      writeProxyManifest_Location(item, w.uint32(18).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProxyManifest(r: Reader, depth: number): ProxyManifest {
  const m: Draft<ProxyManifest> = {
    manifest: undefined,
    location: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.manifest = readNested(r, readManifest, depth);
        break;
      case 18:
        m.location.push(readNested(r, readProxyManifest_Location, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProxyManifest_Location {
  readonly name: string;
  readonly uri: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProxyManifest_Location(m: Init<ProxyManifest_Location>): Uint8Array {
  return encodeMessage(writeProxyManifest_Location, m);
}
export function decodeProxyManifest_Location(bytes: Uint8Array): ProxyManifest_Location {
  return decodeMessage('ProxyManifest_Location', readProxyManifest_Location, bytes);
}
export function writeProxyManifest_Location(m: Init<ProxyManifest_Location>, w: Writer): void {
  if (m.name) {
    writeString(w, 10, m.name);
  }
  if (m.uri) {
    writeString(w, 18, m.uri);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProxyManifest_Location(r: Reader, _depth: number): ProxyManifest_Location {
  const m: Draft<ProxyManifest_Location> = {
    name: '',
    uri: '',
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
        m.uri = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetManifestRequest {
  readonly retrievalToken: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetManifestRequest(m: Init<GetManifestRequest>): Uint8Array {
  return encodeMessage(writeGetManifestRequest, m);
}
export function decodeGetManifestRequest(bytes: Uint8Array): GetManifestRequest {
  return decodeMessage('GetManifestRequest', readGetManifestRequest, bytes);
}
export function writeGetManifestRequest(m: Init<GetManifestRequest>, w: Writer): void {
  if (m.retrievalToken) {
    writeString(w, 10, m.retrievalToken);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetManifestRequest(r: Reader, _depth: number): GetManifestRequest {
  const m: Draft<GetManifestRequest> = {
    retrievalToken: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.retrievalToken = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GetManifestResponse {
  readonly manifest?: Manifest | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGetManifestResponse(m: Init<GetManifestResponse>): Uint8Array {
  return encodeMessage(writeGetManifestResponse, m);
}
export function decodeGetManifestResponse(bytes: Uint8Array): GetManifestResponse {
  return decodeMessage('GetManifestResponse', readGetManifestResponse, bytes);
}
export function writeGetManifestResponse(m: Init<GetManifestResponse>, w: Writer): void {
  if (m.manifest !== undefined) {
    writeManifest(m.manifest, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGetManifestResponse(r: Reader, depth: number): GetManifestResponse {
  const m: Draft<GetManifestResponse> = {
    manifest: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.manifest = readNested(r, readManifest, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface LegacyGetArtifactRequest {
  readonly name: string;
  readonly retrievalToken: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeLegacyGetArtifactRequest(m: Init<LegacyGetArtifactRequest>): Uint8Array {
  return encodeMessage(writeLegacyGetArtifactRequest, m);
}
export function decodeLegacyGetArtifactRequest(bytes: Uint8Array): LegacyGetArtifactRequest {
  return decodeMessage('LegacyGetArtifactRequest', readLegacyGetArtifactRequest, bytes);
}
export function writeLegacyGetArtifactRequest(m: Init<LegacyGetArtifactRequest>, w: Writer): void {
  if (m.name) {
    writeString(w, 10, m.name);
  }
  if (m.retrievalToken) {
    writeString(w, 18, m.retrievalToken);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readLegacyGetArtifactRequest(r: Reader, _depth: number): LegacyGetArtifactRequest {
  const m: Draft<LegacyGetArtifactRequest> = {
    name: '',
    retrievalToken: '',
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
        m.retrievalToken = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ArtifactChunk {
  readonly data: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeArtifactChunk(m: Init<ArtifactChunk>): Uint8Array {
  return encodeMessage(writeArtifactChunk, m);
}
export function decodeArtifactChunk(bytes: Uint8Array): ArtifactChunk {
  return decodeMessage('ArtifactChunk', readArtifactChunk, bytes);
}
export function writeArtifactChunk(m: Init<ArtifactChunk>, w: Writer): void {
  if (m.data !== undefined && m.data.length > 0) {
    w.uint32(10).bytes(m.data);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readArtifactChunk(r: Reader, _depth: number): ArtifactChunk {
  const m: Draft<ArtifactChunk> = {
    data: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.data = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface PutArtifactMetadata {
  readonly stagingSessionToken: string;
  readonly metadata?: ArtifactMetadata | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePutArtifactMetadata(m: Init<PutArtifactMetadata>): Uint8Array {
  return encodeMessage(writePutArtifactMetadata, m);
}
export function decodePutArtifactMetadata(bytes: Uint8Array): PutArtifactMetadata {
  return decodeMessage('PutArtifactMetadata', readPutArtifactMetadata, bytes);
}
export function writePutArtifactMetadata(m: Init<PutArtifactMetadata>, w: Writer): void {
  if (m.stagingSessionToken) {
    writeString(w, 10, m.stagingSessionToken);
  }
  if (m.metadata !== undefined) {
    writeArtifactMetadata(m.metadata, w.uint32(18).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPutArtifactMetadata(r: Reader, depth: number): PutArtifactMetadata {
  const m: Draft<PutArtifactMetadata> = {
    stagingSessionToken: '',
    metadata: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.stagingSessionToken = readString(r);
        break;
      case 18:
        m.metadata = readNested(r, readArtifactMetadata, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface PutArtifactRequest {
  readonly content?:
    | { readonly case: 'metadata'; readonly value: PutArtifactMetadata }
    | { readonly case: 'data'; readonly value: ArtifactChunk }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePutArtifactRequest(m: Init<PutArtifactRequest>): Uint8Array {
  return encodeMessage(writePutArtifactRequest, m);
}
export function decodePutArtifactRequest(bytes: Uint8Array): PutArtifactRequest {
  return decodeMessage('PutArtifactRequest', readPutArtifactRequest, bytes);
}
export function writePutArtifactRequest(m: Init<PutArtifactRequest>, w: Writer): void {
  if (m.content !== undefined) {
    switch (m.content.case) {
      case 'metadata':
        writePutArtifactMetadata(m.content.value, w.uint32(10).fork()); w.ldelim();
        break;
      case 'data':
        writeArtifactChunk(m.content.value, w.uint32(18).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPutArtifactRequest(r: Reader, depth: number): PutArtifactRequest {
  const m: Draft<PutArtifactRequest> = {
    content: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.content = { case: 'metadata', value: readNested(r, readPutArtifactMetadata, depth) };
        break;
      case 18:
        m.content = { case: 'data', value: readNested(r, readArtifactChunk, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface PutArtifactResponse {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePutArtifactResponse(m: Init<PutArtifactResponse>): Uint8Array {
  return encodeMessage(writePutArtifactResponse, m);
}
export function decodePutArtifactResponse(bytes: Uint8Array): PutArtifactResponse {
  return decodeMessage('PutArtifactResponse', readPutArtifactResponse, bytes);
}
export function writePutArtifactResponse(m: Init<PutArtifactResponse>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPutArtifactResponse(r: Reader, _depth: number): PutArtifactResponse {
  const m: Draft<PutArtifactResponse> = {
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

export interface CommitManifestRequest {
  readonly manifest?: Manifest | undefined;
  readonly stagingSessionToken: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeCommitManifestRequest(m: Init<CommitManifestRequest>): Uint8Array {
  return encodeMessage(writeCommitManifestRequest, m);
}
export function decodeCommitManifestRequest(bytes: Uint8Array): CommitManifestRequest {
  return decodeMessage('CommitManifestRequest', readCommitManifestRequest, bytes);
}
export function writeCommitManifestRequest(m: Init<CommitManifestRequest>, w: Writer): void {
  if (m.manifest !== undefined) {
    writeManifest(m.manifest, w.uint32(10).fork()); w.ldelim();
  }
  if (m.stagingSessionToken) {
    writeString(w, 18, m.stagingSessionToken);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readCommitManifestRequest(r: Reader, depth: number): CommitManifestRequest {
  const m: Draft<CommitManifestRequest> = {
    manifest: undefined,
    stagingSessionToken: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.manifest = readNested(r, readManifest, depth);
        break;
      case 18:
        m.stagingSessionToken = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface CommitManifestResponse {
  readonly retrievalToken: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeCommitManifestResponse(m: Init<CommitManifestResponse>): Uint8Array {
  return encodeMessage(writeCommitManifestResponse, m);
}
export function decodeCommitManifestResponse(bytes: Uint8Array): CommitManifestResponse {
  return decodeMessage('CommitManifestResponse', readCommitManifestResponse, bytes);
}
export function writeCommitManifestResponse(m: Init<CommitManifestResponse>, w: Writer): void {
  if (m.retrievalToken) {
    writeString(w, 10, m.retrievalToken);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readCommitManifestResponse(r: Reader, _depth: number): CommitManifestResponse {
  const m: Draft<CommitManifestResponse> = {
    retrievalToken: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.retrievalToken = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

// Made from ../metrics.proto by scripts/gen-protos.ts: change the text, not this module.
import { NO_BYTES, NO_ENTRIES, decodeMessage, readBytes, readEntry, readInt64, readMessageEntry, readNested, readPacked, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { readTimestamp, type Timestamp, writeTimestamp } from './google/protobuf/timestamp.js';
import { encodeMessage, type Writer, writeInt64, writeString } from '../message-writer.js';

export interface MonitoringInfoSpec {
  readonly urn: string;
  readonly type: string;
  readonly requiredLabels: readonly string[];
  readonly annotations: readonly Annotation[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMonitoringInfoSpec(m: Init<MonitoringInfoSpec>): Uint8Array {
  return encodeMessage(writeMonitoringInfoSpec, m);
}
export function decodeMonitoringInfoSpec(bytes: Uint8Array): MonitoringInfoSpec {
  return decodeMessage('MonitoringInfoSpec', readMonitoringInfoSpec, bytes);
}
export function writeMonitoringInfoSpec(m: Init<MonitoringInfoSpec>, w: Writer): void {
  if (m.urn) {
    writeString(w, 10, m.urn);
  }
  if (m.type) {
    writeString(w, 18, m.type);
  }
  if (m.requiredLabels !== undefined) {
    for (const item of m.requiredLabels) {
      writeString(w, 26, item);
    }
  }
  if (m.annotations !== undefined) {
    for (const item of m.annotations) {
      writeAnnotation(item, w.uint32(34).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMonitoringInfoSpec(r: Reader, depth: number): MonitoringInfoSpec {
  const m: Draft<MonitoringInfoSpec> = {
    urn: '',
    type: '',
    requiredLabels: [],
    annotations: [],
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
        m.type = readString(r);
        break;
      case 26:
        m.requiredLabels.push(readString(r));
        break;
      case 34:
        m.annotations.push(readNested(r, readAnnotation, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Annotation {
  readonly key: string;
  readonly value: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeAnnotation(m: Init<Annotation>): Uint8Array {
  return encodeMessage(writeAnnotation, m);
}
export function decodeAnnotation(bytes: Uint8Array): Annotation {
  return decodeMessage('Annotation', readAnnotation, bytes);
}
export function writeAnnotation(m: Init<Annotation>, w: Writer): void {
  if (m.key) {
    writeString(w, 10, m.key);
  }
  if (m.value) {
    writeString(w, 18, m.value);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readAnnotation(r: Reader, _depth: number): Annotation {
  const m: Draft<Annotation> = {
    key: '',
    value: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.key = readString(r);
        break;
      case 18:
        m.value = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MonitoringInfoLabelProps {
  readonly name: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMonitoringInfoLabelProps(m: Init<MonitoringInfoLabelProps>): Uint8Array {
  return encodeMessage(writeMonitoringInfoLabelProps, m);
}
export function decodeMonitoringInfoLabelProps(bytes: Uint8Array): MonitoringInfoLabelProps {
  return decodeMessage('MonitoringInfoLabelProps', readMonitoringInfoLabelProps, bytes);
}
export function writeMonitoringInfoLabelProps(m: Init<MonitoringInfoLabelProps>, w: Writer): void {
  if (m.name) {
    writeString(w, 10, m.name);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMonitoringInfoLabelProps(r: Reader, _depth: number): MonitoringInfoLabelProps {
  const m: Draft<MonitoringInfoLabelProps> = {
    name: '',
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
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MonitoringInfo {
  readonly urn: string;
  readonly type: string;
  readonly payload: Uint8Array;
  readonly labels: ReadonlyMap<string, string>;
  readonly startTime?: Timestamp | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMonitoringInfo(m: Init<MonitoringInfo>): Uint8Array {
  return encodeMessage(writeMonitoringInfo, m);
}
export function decodeMonitoringInfo(bytes: Uint8Array): MonitoringInfo {
  return decodeMessage('MonitoringInfo', readMonitoringInfo, bytes);
}
export function writeMonitoringInfo(m: Init<MonitoringInfo>, w: Writer): void {
  if (m.urn) {
    writeString(w, 10, m.urn);
  }
  if (m.type) {
    writeString(w, 18, m.type);
  }
  if (m.payload !== undefined && m.payload.length > 0) {
    w.uint32(26).bytes(m.payload);
  }
  m.labels?.forEach((value, key) => {
    w.uint32(34).fork();
    writeString(w, 10, key);
    writeString(w, 18, value);
    w.ldelim();
  });
  if (m.startTime !== undefined) {
    writeTimestamp(m.startTime, w.uint32(42).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMonitoringInfo(r: Reader, depth: number): MonitoringInfo {
  const m: Draft<MonitoringInfo> = {
    urn: '',
    type: '',
    payload: NO_BYTES,
    labels: NO_ENTRIES,
    startTime: undefined,
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
        m.type = readString(r);
        break;
      case 26:
        m.payload = readBytes(r);
        break;
      case 34:
        m.labels = readEntry(r, m.labels, 18, readString, '');
        break;
      case 42:
        m.startTime = readNested(r, readTimestamp, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface BoundedTrieNode {
  readonly truncated: boolean;
  readonly children: ReadonlyMap<string, BoundedTrieNode>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeBoundedTrieNode(m: Init<BoundedTrieNode>): Uint8Array {
  return encodeMessage(writeBoundedTrieNode, m);
}
export function decodeBoundedTrieNode(bytes: Uint8Array): BoundedTrieNode {
  return decodeMessage('BoundedTrieNode', readBoundedTrieNode, bytes);
}
export function writeBoundedTrieNode(m: Init<BoundedTrieNode>, w: Writer): void {
  if (m.truncated) {
    w.uint32(8).bool(m.truncated);
  }
  m.children?.forEach((value, key) => {
    w.uint32(18).fork();
    writeString(w, 10, key);
    writeBoundedTrieNode(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readBoundedTrieNode(r: Reader, depth: number): BoundedTrieNode {
  const m: Draft<BoundedTrieNode> = {
    truncated: false,
    children: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.truncated = r.bool();
        break;
      case 18:
        m.children = readMessageEntry(r, m.children, readBoundedTrieNode, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface BoundedTrie {
  readonly bound: number;
  readonly root?: BoundedTrieNode | undefined;
  readonly singleton: readonly string[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeBoundedTrie(m: Init<BoundedTrie>): Uint8Array {
  return encodeMessage(writeBoundedTrie, m);
}
export function decodeBoundedTrie(bytes: Uint8Array): BoundedTrie {
  return decodeMessage('BoundedTrie', readBoundedTrie, bytes);
}
export function writeBoundedTrie(m: Init<BoundedTrie>, w: Writer): void {
  if (m.bound) {
    w.uint32(8).int32(m.bound);
  }
  if (m.root !== undefined) {
    writeBoundedTrieNode(m.root, w.uint32(18).fork()); w.ldelim();
  }
  if (m.singleton !== undefined) {
    for (const item of m.singleton) {
      writeString(w, 26, item);
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readBoundedTrie(r: Reader, depth: number): BoundedTrie {
  const m: Draft<BoundedTrie> = {
    bound: 0,
    root: undefined,
    singleton: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.bound = r.int32();
        break;
      case 18:
        m.root = readNested(r, readBoundedTrieNode, depth);
        break;
      case 26:
        m.singleton.push(readString(r));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface HistogramValue {
  readonly count?: number | undefined;
  readonly bucketOptions?: HistogramValue_BucketOptions | undefined;
  readonly bucketCounts: readonly number[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeHistogramValue(m: Init<HistogramValue>): Uint8Array {
  return encodeMessage(writeHistogramValue, m);
}
export function decodeHistogramValue(bytes: Uint8Array): HistogramValue {
  return decodeMessage('HistogramValue', readHistogramValue, bytes);
}
export function writeHistogramValue(m: Init<HistogramValue>, w: Writer): void {
  if (m.count !== undefined) {
    writeInt64(w.uint32(8), m.count);
  }
  if (m.bucketOptions !== undefined) {
    writeHistogramValue_BucketOptions(m.bucketOptions, w.uint32(18).fork()); w.ldelim();
  }
  if (m.bucketCounts !== undefined && m.bucketCounts.length > 0) {
    w.uint32(26).fork();
    for (const item of m.bucketCounts) writeInt64(w, item);
    w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readHistogramValue(r: Reader, depth: number): HistogramValue {
  const m: Draft<HistogramValue> = {
    count: undefined,
    bucketOptions: undefined,
    bucketCounts: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.count = readInt64(r);
        break;
      case 18:
        m.bucketOptions = readNested(r, readHistogramValue_BucketOptions, depth);
        break;
      case 24:
        m.bucketCounts.push(readInt64(r));
        break;
      case 26:
        readPacked(r, m.bucketCounts, readInt64);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface HistogramValue_BucketOptions {
  readonly bucketType?:
    | { readonly case: 'linear'; readonly value: HistogramValue_BucketOptions_Linear }
    | { readonly case: 'exponential'; readonly value: HistogramValue_BucketOptions_Base2Exponent }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeHistogramValue_BucketOptions(m: Init<HistogramValue_BucketOptions>): Uint8Array {
  return encodeMessage(writeHistogramValue_BucketOptions, m);
}
export function decodeHistogramValue_BucketOptions(bytes: Uint8Array): HistogramValue_BucketOptions {
  return decodeMessage('HistogramValue_BucketOptions', readHistogramValue_BucketOptions, bytes);
}
export function writeHistogramValue_BucketOptions(m: Init<HistogramValue_BucketOptions>, w: Writer): void {
  if (m.bucketType !== undefined) {
    switch (m.bucketType.case) {
      case 'linear':
        writeHistogramValue_BucketOptions_Linear(m.bucketType.value, w.uint32(10).fork()); w.ldelim();
        break;
      case 'exponential':
        writeHistogramValue_BucketOptions_Base2Exponent(m.bucketType.value, w.uint32(18).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readHistogramValue_BucketOptions(r: Reader, depth: number): HistogramValue_BucketOptions {
  const m: Draft<HistogramValue_BucketOptions> = {
    bucketType: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.bucketType = { case: 'linear', value: readNested(r, readHistogramValue_BucketOptions_Linear, depth) };
        break;
      case 18:
        m.bucketType = { case: 'exponential', value: readNested(r, readHistogramValue_BucketOptions_Base2Exponent, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface HistogramValue_BucketOptions_Linear {
  readonly numberOfBuckets?: number | undefined;
  readonly width?: number | undefined;
  readonly start?: number | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeHistogramValue_BucketOptions_Linear(m: Init<HistogramValue_BucketOptions_Linear>): Uint8Array {
  return encodeMessage(writeHistogramValue_BucketOptions_Linear, m);
}
export function decodeHistogramValue_BucketOptions_Linear(bytes: Uint8Array): HistogramValue_BucketOptions_Linear {
  return decodeMessage('HistogramValue_BucketOptions_Linear', readHistogramValue_BucketOptions_Linear, bytes);
}
export function writeHistogramValue_BucketOptions_Linear(m: Init<HistogramValue_BucketOptions_Linear>, w: Writer): void {
  if (m.numberOfBuckets !== undefined) {
    w.uint32(8).int32(m.numberOfBuckets);
  }
  if (m.width !== undefined) {
    w.uint32(17).double(m.width);
  }
  if (m.start !== undefined) {
    w.uint32(25).double(m.start);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readHistogramValue_BucketOptions_Linear(r: Reader, _depth: number): HistogramValue_BucketOptions_Linear {
  const m: Draft<HistogramValue_BucketOptions_Linear> = {
    numberOfBuckets: undefined,
    width: undefined,
    start: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.numberOfBuckets = r.int32();
        break;
      case 17:
        m.width = r.double();
        break;
      case 25:
        m.start = r.double();
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface HistogramValue_BucketOptions_Base2Exponent {
  readonly numberOfBuckets?: number | undefined;
  readonly scale?: number | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeHistogramValue_BucketOptions_Base2Exponent(m: Init<HistogramValue_BucketOptions_Base2Exponent>): Uint8Array {
  return encodeMessage(writeHistogramValue_BucketOptions_Base2Exponent, m);
}
export function decodeHistogramValue_BucketOptions_Base2Exponent(bytes: Uint8Array): HistogramValue_BucketOptions_Base2Exponent {
  return decodeMessage('HistogramValue_BucketOptions_Base2Exponent', readHistogramValue_BucketOptions_Base2Exponent, bytes);
}
export function writeHistogramValue_BucketOptions_Base2Exponent(m: Init<HistogramValue_BucketOptions_Base2Exponent>, w: Writer): void {
  if (m.numberOfBuckets !== undefined) {
    w.uint32(8).int32(m.numberOfBuckets);
  }
  if (m.scale !== undefined) {
    w.uint32(16).int32(m.scale);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readHistogramValue_BucketOptions_Base2Exponent(r: Reader, _depth: number): HistogramValue_BucketOptions_Base2Exponent {
  const m: Draft<HistogramValue_BucketOptions_Base2Exponent> = {
    numberOfBuckets: undefined,
    scale: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.numberOfBuckets = r.int32();
        break;
      case 16:
        m.scale = r.int32();
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

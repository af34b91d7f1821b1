// Made from ../pipeline.proto by scripts/gen-protos.ts: change the text, not this module.
import { NO_BYTES, NO_ENTRIES, decodeMessage, readBigInt64, readBytes, readEntry, readInt64, readMessageEntry, readNested, readString, skipUnknown, type Draft, type Init, type Reader, type UnknownFields, unknownBytes } from '../codec.js';
import { readApiServiceDescriptor, type ApiServiceDescriptor, writeApiServiceDescriptor } from './endpoints.js';
import { encodeMessage, type Writer, writeBigInt64, writeInt64, writeString } from '../message-writer.js';

export const IsBounded = {
  UNSPECIFIED: 0,
  UNBOUNDED: 1,
  BOUNDED: 2,
} as const;
export type IsBounded = (typeof IsBounded)[keyof typeof IsBounded];

export const MergeStatus = {
  UNSPECIFIED: 0,
  NON_MERGING: 1,
  NEEDS_MERGE: 2,
  ALREADY_MERGED: 3,
} as const;
export type MergeStatus = (typeof MergeStatus)[keyof typeof MergeStatus];

export const AccumulationMode = {
  UNSPECIFIED: 0,
  DISCARDING: 1,
  ACCUMULATING: 2,
  RETRACTING: 3,
} as const;
export type AccumulationMode = (typeof AccumulationMode)[keyof typeof AccumulationMode];

export const ClosingBehavior = {
  UNSPECIFIED: 0,
  EMIT_ALWAYS: 1,
  EMIT_IF_NONEMPTY: 2,
} as const;
export type ClosingBehavior = (typeof ClosingBehavior)[keyof typeof ClosingBehavior];

export const OnTimeBehavior = {
  UNSPECIFIED: 0,
  FIRE_ALWAYS: 1,
  FIRE_IF_NONEMPTY: 2,
} as const;
export type OnTimeBehavior = (typeof OnTimeBehavior)[keyof typeof OnTimeBehavior];

export const OutputTime = {
  UNSPECIFIED: 0,
  END_OF_WINDOW: 1,
  LATEST_IN_PANE: 2,
  EARLIEST_IN_PANE: 3,
} as const;
export type OutputTime = (typeof OutputTime)[keyof typeof OutputTime];

export const TimeDomain = {
  UNSPECIFIED: 0,
  EVENT_TIME: 1,
  PROCESSING_TIME: 2,
} as const;
export type TimeDomain = (typeof TimeDomain)[keyof typeof TimeDomain];

export interface Components {
  readonly transforms: ReadonlyMap<string, PTransform>;
  readonly pcollections: ReadonlyMap<string, PCollection>;
  readonly windowingStrategies: ReadonlyMap<string, WindowingStrategy>;
  readonly coders: ReadonlyMap<string, Coder>;
  readonly environments: ReadonlyMap<string, Environment>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeComponents(m: Init<Components>): Uint8Array {
  return encodeMessage(writeComponents, m);
}
export function decodeComponents(bytes: Uint8Array): Components {
  return decodeMessage('Components', readComponents, bytes);
}
export function writeComponents(m: Init<Components>, w: Writer): void {
  m.transforms?.forEach((value, key) => {
    w.uint32(10).fork();
    writeString(w, 10, key);
    writePTransform(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  m.pcollections?.forEach((value, key) => {
    w.uint32(18).fork();
    writeString(w, 10, key);
    writePCollection(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  m.windowingStrategies?.forEach((value, key) => {
    w.uint32(26).fork();
    writeString(w, 10, key);
    writeWindowingStrategy(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  m.coders?.forEach((value, key) => {
    w.uint32(34).fork();
    writeString(w, 10, key);
    writeCoder(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  m.environments?.forEach((value, key) => {
    w.uint32(42).fork();
    writeString(w, 10, key);
    writeEnvironment(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readComponents(r: Reader, depth: number): Components {
  const m: Draft<Components> = {
    transforms: NO_ENTRIES,
    pcollections: NO_ENTRIES,
    windowingStrategies: NO_ENTRIES,
    coders: NO_ENTRIES,
    environments: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transforms = readMessageEntry(r, m.transforms, readPTransform, depth);
        break;
      case 18:
        m.pcollections = readMessageEntry(r, m.pcollections, readPCollection, depth);
        break;
      case 26:
        m.windowingStrategies = readMessageEntry(r, m.windowingStrategies, readWindowingStrategy, depth);
        break;
      case 34:
        m.coders = readMessageEntry(r, m.coders, readCoder, depth);
        break;
      case 42:
        m.environments = readMessageEntry(r, m.environments, readEnvironment, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Pipeline {
  readonly components?: Components | undefined;
  readonly rootTransformIds: readonly string[];
  readonly displayData: readonly DisplayData[];
  readonly requirements: readonly string[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePipeline(m: Init<Pipeline>): Uint8Array {
  return encodeMessage(writePipeline, m);
}
export function decodePipeline(bytes: Uint8Array): Pipeline {
  return decodeMessage('Pipeline', readPipeline, bytes);
}
export function writePipeline(m: Init<Pipeline>, w: Writer): void {
  if (m.components !== undefined) {
    writeComponents(m.components, w.uint32(10).fork()); w.ldelim();
  }
  if (m.rootTransformIds !== undefined) {
    for (const item of m.rootTransformIds) {
      writeString(w, 18, item);
    }
  }
  if (m.displayData !== undefined) {
    for (const item of m.displayData) {
      writeDisplayData(item, w.uint32(26).fork()); w.ldelim();
    }
  }
  if (m.requirements !== undefined) {
    for (const item of m.requirements) {
      writeString(w, 34, item);
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPipeline(r: Reader, depth: number): Pipeline {
  const m: Draft<Pipeline> = {
    components: undefined,
    rootTransformIds: [],
    displayData: [],
    requirements: [],
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
        m.rootTransformIds.push(readString(r));
        break;
      case 26:
        m.displayData.push(readNested(r, readDisplayData, depth));
        break;
      case 34:
        m.requirements.push(readString(r));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface PTransform {
  readonly spec?: FunctionSpec | undefined;
  readonly subtransforms: readonly string[];
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  readonly uniqueName: string;
  readonly displayData: readonly DisplayData[];
  readonly environmentId: string;
  readonly annotations: ReadonlyMap<string, Uint8Array>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePTransform(m: Init<PTransform>): Uint8Array {
  return encodeMessage(writePTransform, m);
}
export function decodePTransform(bytes: Uint8Array): PTransform {
  return decodeMessage('PTransform', readPTransform, bytes);
}
export function writePTransform(m: Init<PTransform>, w: Writer): void {
  if (m.spec !== undefined) {
    writeFunctionSpec(m.spec, w.uint32(10).fork()); w.ldelim();
  }
  if (m.subtransforms !== undefined) {
    for (const item of m.subtransforms) {
      writeString(w, 18, item);
    }
  }
  m.inputs?.forEach((value, key) => {
    w.uint32(26).fork();
    writeString(w, 10, key);
    writeString(w, 18, value);
    w.ldelim();
  });
  m.outputs?.forEach((value, key) => {
    w.uint32(34).fork();
    writeString(w, 10, key);
    writeString(w, 18, value);
    w.ldelim();
  });
  if (m.uniqueName) {
    writeString(w, 42, m.uniqueName);
  }
  if (m.displayData !== undefined) {
    for (const item of m.displayData) {
      writeDisplayData(item, w.uint32(50).fork()); w.ldelim();
    }
  }
  if (m.environmentId) {
    writeString(w, 58, m.environmentId);
  }
  m.annotations?.forEach((value, key) => {
    w.uint32(66).fork();
    writeString(w, 10, key);
    w.uint32(18).bytes(value);
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPTransform(r: Reader, depth: number): PTransform {
  const m: Draft<PTransform> = {
    spec: undefined,
    subtransforms: [],
    inputs: NO_ENTRIES,
    outputs: NO_ENTRIES,
    uniqueName: '',
    displayData: [],
    environmentId: '',
    annotations: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.spec = readNested(r, readFunctionSpec, depth);
        break;
      case 18:
        m.subtransforms.push(readString(r));
        break;
      case 26:
        m.inputs = readEntry(r, m.inputs, 18, readString, '');
        break;
      case 34:
        m.outputs = readEntry(r, m.outputs, 18, readString, '');
        break;
      case 42:
        m.uniqueName = readString(r);
        break;
      case 50:
        m.displayData.push(readNested(r, readDisplayData, depth));
        break;
      case 58:
        m.environmentId = readString(r);
        break;
      case 66:
        m.annotations = readEntry(r, m.annotations, 18, readBytes, NO_BYTES);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface PCollection {
  readonly uniqueName: string;
  readonly coderId: string;
  readonly isBounded: IsBounded;
  readonly windowingStrategyId: string;
  readonly displayData: readonly DisplayData[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePCollection(m: Init<PCollection>): Uint8Array {
  return encodeMessage(writePCollection, m);
}
export function decodePCollection(bytes: Uint8Array): PCollection {
  return decodeMessage('PCollection', readPCollection, bytes);
}
export function writePCollection(m: Init<PCollection>, w: Writer): void {
  if (m.uniqueName) {
    writeString(w, 10, m.uniqueName);
  }
  if (m.coderId) {
    writeString(w, 18, m.coderId);
  }
  if (m.isBounded) {
    w.uint32(24).int32(m.isBounded);
  }
  if (m.windowingStrategyId) {
    writeString(w, 34, m.windowingStrategyId);
  }
  if (m.displayData !== undefined) {
    for (const item of m.displayData) {
      writeDisplayData(item, w.uint32(42).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPCollection(r: Reader, depth: number): PCollection {
  const m: Draft<PCollection> = {
    uniqueName: '',
    coderId: '',
    isBounded: 0,
    windowingStrategyId: '',
    displayData: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.uniqueName = readString(r);
        break;
      case 18:
        m.coderId = readString(r);
        break;
      case 24:
        m.isBounded = r.int32() as IsBounded;
        break;
      case 34:
        m.windowingStrategyId = readString(r);
        break;
      case 42:
        m.displayData.push(readNested(r, readDisplayData, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ParDoPayload {
  readonly doFn?: FunctionSpec | undefined;
  readonly sideInputs: ReadonlyMap<string, SideInput>;
  readonly stateSpecs: ReadonlyMap<string, StateSpec>;
  readonly restrictionCoderId: string;
  readonly requestsFinalization: boolean;
  readonly timerFamilySpecs: ReadonlyMap<string, TimerFamilySpec>;
  readonly requiresTimeSortedInput: boolean;
  readonly requiresStableInput: boolean;
  readonly onWindowExpirationTimerFamilySpec: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeParDoPayload(m: Init<ParDoPayload>): Uint8Array {
  return encodeMessage(writeParDoPayload, m);
}
export function decodeParDoPayload(bytes: Uint8Array): ParDoPayload {
  return decodeMessage('ParDoPayload', readParDoPayload, bytes);
}
export function writeParDoPayload(m: Init<ParDoPayload>, w: Writer): void {
  if (m.doFn !== undefined) {
    writeFunctionSpec(m.doFn, w.uint32(10).fork()); w.ldelim();
  }
  m.sideInputs?.forEach((value, key) => {
    w.uint32(26).fork();
    writeString(w, 10, key);
    writeSideInput(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  m.stateSpecs?.forEach((value, key) => {
    w.uint32(34).fork();
    writeString(w, 10, key);
    writeStateSpec(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.restrictionCoderId) {
    writeString(w, 58, m.restrictionCoderId);
  }
  if (m.requestsFinalization) {
    w.uint32(64).bool(m.requestsFinalization);
  }
  m.timerFamilySpecs?.forEach((value, key) => {
    w.uint32(74).fork();
    writeString(w, 10, key);
    writeTimerFamilySpec(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.requiresTimeSortedInput) {
    w.uint32(80).bool(m.requiresTimeSortedInput);
  }
  if (m.requiresStableInput) {
    w.uint32(88).bool(m.requiresStableInput);
  }
  if (m.onWindowExpirationTimerFamilySpec) {
    writeString(w, 98, m.onWindowExpirationTimerFamilySpec);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readParDoPayload(r: Reader, depth: number): ParDoPayload {
  const m: Draft<ParDoPayload> = {
    doFn: undefined,
    sideInputs: NO_ENTRIES,
    stateSpecs: NO_ENTRIES,
    restrictionCoderId: '',
    requestsFinalization: false,
    timerFamilySpecs: NO_ENTRIES,
    requiresTimeSortedInput: false,
    requiresStableInput: false,
    onWindowExpirationTimerFamilySpec: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.doFn = readNested(r, readFunctionSpec, depth);
        break;
      case 26:
        m.sideInputs = readMessageEntry(r, m.sideInputs, readSideInput, depth);
        break;
      case 34:
        m.stateSpecs = readMessageEntry(r, m.stateSpecs, readStateSpec, depth);
        break;
      case 58:
        m.restrictionCoderId = readString(r);
        break;
      case 64:
        m.requestsFinalization = r.bool();
        break;
      case 74:
        m.timerFamilySpecs = readMessageEntry(r, m.timerFamilySpecs, readTimerFamilySpec, depth);
        break;
      case 80:
        m.requiresTimeSortedInput = r.bool();
        break;
      case 88:
        m.requiresStableInput = r.bool();
        break;
      case 98:
        m.onWindowExpirationTimerFamilySpec = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface StateSpec {
  readonly spec?:
    | { readonly case: 'readModifyWriteSpec'; readonly value: ReadModifyWriteStateSpec }
    | { readonly case: 'bagSpec'; readonly value: BagStateSpec }
    | { readonly case: 'combiningSpec'; readonly value: CombiningStateSpec }
    | { readonly case: 'mapSpec'; readonly value: MapStateSpec }
    | { readonly case: 'setSpec'; readonly value: SetStateSpec }
    | { readonly case: 'orderedListSpec'; readonly value: OrderedListStateSpec }
    | { readonly case: 'multimapSpec'; readonly value: MultimapStateSpec }
    | undefined;
  readonly protocol?: FunctionSpec | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeStateSpec(m: Init<StateSpec>): Uint8Array {
  return encodeMessage(writeStateSpec, m);
}
export function decodeStateSpec(bytes: Uint8Array): StateSpec {
  return decodeMessage('StateSpec', readStateSpec, bytes);
}
export function writeStateSpec(m: Init<StateSpec>, w: Writer): void {
  if (m.spec !== undefined) {
    switch (m.spec.case) {
      case 'readModifyWriteSpec':
        writeReadModifyWriteStateSpec(m.spec.value, w.uint32(10).fork()); w.ldelim();
        break;
      case 'bagSpec':
        writeBagStateSpec(m.spec.value, w.uint32(18).fork()); w.ldelim();
        break;
      case 'combiningSpec':
        writeCombiningStateSpec(m.spec.value, w.uint32(26).fork()); w.ldelim();
        break;
      case 'mapSpec':
        writeMapStateSpec(m.spec.value, w.uint32(34).fork()); w.ldelim();
        break;
      case 'setSpec':
        writeSetStateSpec(m.spec.value, w.uint32(42).fork()); w.ldelim();
        break;
      case 'orderedListSpec':
        writeOrderedListStateSpec(m.spec.value, w.uint32(50).fork()); w.ldelim();
        break;
      case 'multimapSpec':
        writeMultimapStateSpec(m.spec.value, w.uint32(66).fork()); w.ldelim();
        break;
    }
  }
  if (m.protocol !== undefined) {
    writeFunctionSpec(m.protocol, w.uint32(58).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readStateSpec(r: Reader, depth: number): StateSpec {
  const m: Draft<StateSpec> = {
    spec: undefined,
    protocol: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.spec = { case: 'readModifyWriteSpec', value: readNested(r, readReadModifyWriteStateSpec, depth) };
        break;
      case 18:
        m.spec = { case: 'bagSpec', value: readNested(r, readBagStateSpec, depth) };
        break;
      case 26:
        m.spec = { case: 'combiningSpec', value: readNested(r, readCombiningStateSpec, depth) };
        break;
      case 34:
        m.spec = { case: 'mapSpec', value: readNested(r, readMapStateSpec, depth) };
        break;
      case 42:
        m.spec = { case: 'setSpec', value: readNested(r, readSetStateSpec, depth) };
        break;
      case 50:
        m.spec = { case: 'orderedListSpec', value: readNested(r, readOrderedListStateSpec, depth) };
        break;
      case 66:
        m.spec = { case: 'multimapSpec', value: readNested(r, readMultimapStateSpec, depth) };
        break;
      case 58:
        m.protocol = readNested(r, readFunctionSpec, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ReadModifyWriteStateSpec {
  readonly coderId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeReadModifyWriteStateSpec(m: Init<ReadModifyWriteStateSpec>): Uint8Array {
  return encodeMessage(writeReadModifyWriteStateSpec, m);
}
export function decodeReadModifyWriteStateSpec(bytes: Uint8Array): ReadModifyWriteStateSpec {
  return decodeMessage('ReadModifyWriteStateSpec', readReadModifyWriteStateSpec, bytes);
}
export function writeReadModifyWriteStateSpec(m: Init<ReadModifyWriteStateSpec>, w: Writer): void {
  if (m.coderId) {
    writeString(w, 10, m.coderId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readReadModifyWriteStateSpec(r: Reader, _depth: number): ReadModifyWriteStateSpec {
  const m: Draft<ReadModifyWriteStateSpec> = {
    coderId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.coderId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface BagStateSpec {
  readonly elementCoderId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeBagStateSpec(m: Init<BagStateSpec>): Uint8Array {
  return encodeMessage(writeBagStateSpec, m);
}
export function decodeBagStateSpec(bytes: Uint8Array): BagStateSpec {
  return decodeMessage('BagStateSpec', readBagStateSpec, bytes);
}
export function writeBagStateSpec(m: Init<BagStateSpec>, w: Writer): void {
  if (m.elementCoderId) {
    writeString(w, 10, m.elementCoderId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readBagStateSpec(r: Reader, _depth: number): BagStateSpec {
  const m: Draft<BagStateSpec> = {
    elementCoderId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.elementCoderId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface OrderedListStateSpec {
  readonly elementCoderId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeOrderedListStateSpec(m: Init<OrderedListStateSpec>): Uint8Array {
  return encodeMessage(writeOrderedListStateSpec, m);
}
export function decodeOrderedListStateSpec(bytes: Uint8Array): OrderedListStateSpec {
  return decodeMessage('OrderedListStateSpec', readOrderedListStateSpec, bytes);
}
export function writeOrderedListStateSpec(m: Init<OrderedListStateSpec>, w: Writer): void {
  if (m.elementCoderId) {
    writeString(w, 10, m.elementCoderId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readOrderedListStateSpec(r: Reader, _depth: number): OrderedListStateSpec {
  const m: Draft<OrderedListStateSpec> = {
    elementCoderId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.elementCoderId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface CombiningStateSpec {
  readonly accumulatorCoderId: string;
  readonly combineFn?: FunctionSpec | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeCombiningStateSpec(m: Init<CombiningStateSpec>): Uint8Array {
  return encodeMessage(writeCombiningStateSpec, m);
}
export function decodeCombiningStateSpec(bytes: Uint8Array): CombiningStateSpec {
  return decodeMessage('CombiningStateSpec', readCombiningStateSpec, bytes);
}
export function writeCombiningStateSpec(m: Init<CombiningStateSpec>, w: Writer): void {
  if (m.accumulatorCoderId) {
    writeString(w, 10, m.accumulatorCoderId);
  }
  if (m.combineFn !== undefined) {
    writeFunctionSpec(m.combineFn, w.uint32(18).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readCombiningStateSpec(r: Reader, depth: number): CombiningStateSpec {
  const m: Draft<CombiningStateSpec> = {
    accumulatorCoderId: '',
    combineFn: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.accumulatorCoderId = readString(r);
        break;
      case 18:
        m.combineFn = readNested(r, readFunctionSpec, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MapStateSpec {
  readonly keyCoderId: string;
  readonly valueCoderId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMapStateSpec(m: Init<MapStateSpec>): Uint8Array {
  return encodeMessage(writeMapStateSpec, m);
}
export function decodeMapStateSpec(bytes: Uint8Array): MapStateSpec {
  return decodeMessage('MapStateSpec', readMapStateSpec, bytes);
}
export function writeMapStateSpec(m: Init<MapStateSpec>, w: Writer): void {
  if (m.keyCoderId) {
    writeString(w, 10, m.keyCoderId);
  }
  if (m.valueCoderId) {
    writeString(w, 18, m.valueCoderId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMapStateSpec(r: Reader, _depth: number): MapStateSpec {
  const m: Draft<MapStateSpec> = {
    keyCoderId: '',
    valueCoderId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.keyCoderId = readString(r);
        break;
      case 18:
        m.valueCoderId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MultimapStateSpec {
  readonly keyCoderId: string;
  readonly valueCoderId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMultimapStateSpec(m: Init<MultimapStateSpec>): Uint8Array {
  return encodeMessage(writeMultimapStateSpec, m);
}
export function decodeMultimapStateSpec(bytes: Uint8Array): MultimapStateSpec {
  return decodeMessage('MultimapStateSpec', readMultimapStateSpec, bytes);
}
export function writeMultimapStateSpec(m: Init<MultimapStateSpec>, w: Writer): void {
  if (m.keyCoderId) {
    writeString(w, 10, m.keyCoderId);
  }
  if (m.valueCoderId) {
    writeString(w, 18, m.valueCoderId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMultimapStateSpec(r: Reader, _depth: number): MultimapStateSpec {
  const m: Draft<MultimapStateSpec> = {
    keyCoderId: '',
    valueCoderId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.keyCoderId = readString(r);
        break;
      case 18:
        m.valueCoderId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SetStateSpec {
  readonly elementCoderId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSetStateSpec(m: Init<SetStateSpec>): Uint8Array {
  return encodeMessage(writeSetStateSpec, m);
}
export function decodeSetStateSpec(bytes: Uint8Array): SetStateSpec {
  return decodeMessage('SetStateSpec', readSetStateSpec, bytes);
}
export function writeSetStateSpec(m: Init<SetStateSpec>, w: Writer): void {
  if (m.elementCoderId) {
    writeString(w, 10, m.elementCoderId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSetStateSpec(r: Reader, _depth: number): SetStateSpec {
  const m: Draft<SetStateSpec> = {
    elementCoderId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.elementCoderId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TimerFamilySpec {
  readonly timeDomain: TimeDomain;
  readonly timerFamilyCoderId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTimerFamilySpec(m: Init<TimerFamilySpec>): Uint8Array {
  return encodeMessage(writeTimerFamilySpec, m);
}
export function decodeTimerFamilySpec(bytes: Uint8Array): TimerFamilySpec {
  return decodeMessage('TimerFamilySpec', readTimerFamilySpec, bytes);
}
export function writeTimerFamilySpec(m: Init<TimerFamilySpec>, w: Writer): void {
  if (m.timeDomain) {
    w.uint32(8).int32(m.timeDomain);
  }
  if (m.timerFamilyCoderId) {
    writeString(w, 18, m.timerFamilyCoderId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTimerFamilySpec(r: Reader, _depth: number): TimerFamilySpec {
  const m: Draft<TimerFamilySpec> = {
    timeDomain: 0,
    timerFamilyCoderId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.timeDomain = r.int32() as TimeDomain;
        break;
      case 18:
        m.timerFamilyCoderId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ReadPayload {
  readonly source?: FunctionSpec | undefined;
  readonly isBounded: IsBounded;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeReadPayload(m: Init<ReadPayload>): Uint8Array {
  return encodeMessage(writeReadPayload, m);
}
export function decodeReadPayload(bytes: Uint8Array): ReadPayload {
  return decodeMessage('ReadPayload', readReadPayload, bytes);
}
export function writeReadPayload(m: Init<ReadPayload>, w: Writer): void {
  if (m.source !== undefined) {
    writeFunctionSpec(m.source, w.uint32(10).fork()); w.ldelim();
  }
  if (m.isBounded) {
    w.uint32(16).int32(m.isBounded);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readReadPayload(r: Reader, depth: number): ReadPayload {
  const m: Draft<ReadPayload> = {
    source: undefined,
    isBounded: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.source = readNested(r, readFunctionSpec, depth);
        break;
      case 16:
        m.isBounded = r.int32() as IsBounded;
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface WindowIntoPayload {
  readonly windowFn?: FunctionSpec | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeWindowIntoPayload(m: Init<WindowIntoPayload>): Uint8Array {
  return encodeMessage(writeWindowIntoPayload, m);
}
export function decodeWindowIntoPayload(bytes: Uint8Array): WindowIntoPayload {
  return decodeMessage('WindowIntoPayload', readWindowIntoPayload, bytes);
}
export function writeWindowIntoPayload(m: Init<WindowIntoPayload>, w: Writer): void {
  if (m.windowFn !== undefined) {
    writeFunctionSpec(m.windowFn, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readWindowIntoPayload(r: Reader, depth: number): WindowIntoPayload {
  const m: Draft<WindowIntoPayload> = {
    windowFn: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.windowFn = readNested(r, readFunctionSpec, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface CombinePayload {
  readonly combineFn?: FunctionSpec | undefined;
  readonly accumulatorCoderId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeCombinePayload(m: Init<CombinePayload>): Uint8Array {
  return encodeMessage(writeCombinePayload, m);
}
export function decodeCombinePayload(bytes: Uint8Array): CombinePayload {
  return decodeMessage('CombinePayload', readCombinePayload, bytes);
}
export function writeCombinePayload(m: Init<CombinePayload>, w: Writer): void {
  if (m.combineFn !== undefined) {
    writeFunctionSpec(m.combineFn, w.uint32(10).fork()); w.ldelim();
  }
  if (m.accumulatorCoderId) {
    writeString(w, 18, m.accumulatorCoderId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readCombinePayload(r: Reader, depth: number): CombinePayload {
  const m: Draft<CombinePayload> = {
    combineFn: undefined,
    accumulatorCoderId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.combineFn = readNested(r, readFunctionSpec, depth);
        break;
      case 18:
        m.accumulatorCoderId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TestStreamPayload {
  readonly coderId: string;
  readonly events: readonly TestStreamPayload_Event[];
  readonly endpoint?: ApiServiceDescriptor | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTestStreamPayload(m: Init<TestStreamPayload>): Uint8Array {
  return encodeMessage(writeTestStreamPayload, m);
}
export function decodeTestStreamPayload(bytes: Uint8Array): TestStreamPayload {
  return decodeMessage('TestStreamPayload', readTestStreamPayload, bytes);
}
export function writeTestStreamPayload(m: Init<TestStreamPayload>, w: Writer): void {
  if (m.coderId) {
    writeString(w, 10, m.coderId);
  }
  if (m.events !== undefined) {
    for (const item of m.events) {
      writeTestStreamPayload_Event(item, w.uint32(18).fork()); w.ldelim();
    }
  }
  if (m.endpoint !== undefined) {
    writeApiServiceDescriptor(m.endpoint, w.uint32(26).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTestStreamPayload(r: Reader, depth: number): TestStreamPayload {
  const m: Draft<TestStreamPayload> = {
    coderId: '',
    events: [],
    endpoint: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.coderId = readString(r);
        break;
      case 18:
        m.events.push(readNested(r, readTestStreamPayload_Event, depth));
        break;
      case 26:
        m.endpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TestStreamPayload_Event {
  readonly event?:
    | { readonly case: 'watermarkEvent'; readonly value: TestStreamPayload_Event_AdvanceWatermark }
    | { readonly case: 'processingTimeEvent'; readonly value: TestStreamPayload_Event_AdvanceProcessingTime }
    | { readonly case: 'elementEvent'; readonly value: TestStreamPayload_Event_AddElements }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTestStreamPayload_Event(m: Init<TestStreamPayload_Event>): Uint8Array {
  return encodeMessage(writeTestStreamPayload_Event, m);
}
export function decodeTestStreamPayload_Event(bytes: Uint8Array): TestStreamPayload_Event {
  return decodeMessage('TestStreamPayload_Event', readTestStreamPayload_Event, bytes);
}
export function writeTestStreamPayload_Event(m: Init<TestStreamPayload_Event>, w: Writer): void {
  if (m.event !== undefined) {
    switch (m.event.case) {
      case 'watermarkEvent':
        writeTestStreamPayload_Event_AdvanceWatermark(m.event.value, w.uint32(10).fork()); w.ldelim();
        break;
      case 'processingTimeEvent':
        writeTestStreamPayload_Event_AdvanceProcessingTime(m.event.value, w.uint32(18).fork()); w.ldelim();
        break;
      case 'elementEvent':
        writeTestStreamPayload_Event_AddElements(m.event.value, w.uint32(26).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTestStreamPayload_Event(r: Reader, depth: number): TestStreamPayload_Event {
  const m: Draft<TestStreamPayload_Event> = {
    event: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.event = { case: 'watermarkEvent', value: readNested(r, readTestStreamPayload_Event_AdvanceWatermark, depth) };
        break;
      case 18:
        m.event = { case: 'processingTimeEvent', value: readNested(r, readTestStreamPayload_Event_AdvanceProcessingTime, depth) };
        break;
      case 26:
        m.event = { case: 'elementEvent', value: readNested(r, readTestStreamPayload_Event_AddElements, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TestStreamPayload_Event_AdvanceWatermark {
  readonly newWatermark: bigint;
  readonly tag: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTestStreamPayload_Event_AdvanceWatermark(m: Init<TestStreamPayload_Event_AdvanceWatermark>): Uint8Array {
  return encodeMessage(writeTestStreamPayload_Event_AdvanceWatermark, m);
}
export function decodeTestStreamPayload_Event_AdvanceWatermark(bytes: Uint8Array): TestStreamPayload_Event_AdvanceWatermark {
  return decodeMessage('TestStreamPayload_Event_AdvanceWatermark', readTestStreamPayload_Event_AdvanceWatermark, bytes);
}
export function writeTestStreamPayload_Event_AdvanceWatermark(m: Init<TestStreamPayload_Event_AdvanceWatermark>, w: Writer): void {
  if (m.newWatermark) {
    writeBigInt64(w.uint32(8), m.newWatermark);
  }
  if (m.tag) {
    writeString(w, 18, m.tag);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTestStreamPayload_Event_AdvanceWatermark(r: Reader, _depth: number): TestStreamPayload_Event_AdvanceWatermark {
  const m: Draft<TestStreamPayload_Event_AdvanceWatermark> = {
    newWatermark: 0n,
    tag: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.newWatermark = readBigInt64(r);
        break;
      case 18:
        m.tag = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TestStreamPayload_Event_AdvanceProcessingTime {
  readonly advanceDuration: bigint;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTestStreamPayload_Event_AdvanceProcessingTime(m: Init<TestStreamPayload_Event_AdvanceProcessingTime>): Uint8Array {
  return encodeMessage(writeTestStreamPayload_Event_AdvanceProcessingTime, m);
}
export function decodeTestStreamPayload_Event_AdvanceProcessingTime(bytes: Uint8Array): TestStreamPayload_Event_AdvanceProcessingTime {
  return decodeMessage('TestStreamPayload_Event_AdvanceProcessingTime', readTestStreamPayload_Event_AdvanceProcessingTime, bytes);
}
export function writeTestStreamPayload_Event_AdvanceProcessingTime(m: Init<TestStreamPayload_Event_AdvanceProcessingTime>, w: Writer): void {
  if (m.advanceDuration) {
    writeBigInt64(w.uint32(8), m.advanceDuration);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTestStreamPayload_Event_AdvanceProcessingTime(r: Reader, _depth: number): TestStreamPayload_Event_AdvanceProcessingTime {
  const m: Draft<TestStreamPayload_Event_AdvanceProcessingTime> = {
    advanceDuration: 0n,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.advanceDuration = readBigInt64(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TestStreamPayload_Event_AddElements {
  readonly elements: readonly TestStreamPayload_TimestampedElement[];
  readonly tag: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTestStreamPayload_Event_AddElements(m: Init<TestStreamPayload_Event_AddElements>): Uint8Array {
  return encodeMessage(writeTestStreamPayload_Event_AddElements, m);
}
export function decodeTestStreamPayload_Event_AddElements(bytes: Uint8Array): TestStreamPayload_Event_AddElements {
  return decodeMessage('TestStreamPayload_Event_AddElements', readTestStreamPayload_Event_AddElements, bytes);
}
export function writeTestStreamPayload_Event_AddElements(m: Init<TestStreamPayload_Event_AddElements>, w: Writer): void {
  if (m.elements !== undefined) {
    for (const item of m.elements) {
      writeTestStreamPayload_TimestampedElement(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.tag) {
    writeString(w, 26, m.tag);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTestStreamPayload_Event_AddElements(r: Reader, depth: number): TestStreamPayload_Event_AddElements {
  const m: Draft<TestStreamPayload_Event_AddElements> = {
    elements: [],
    tag: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.elements.push(readNested(r, readTestStreamPayload_TimestampedElement, depth));
        break;
      case 26:
        m.tag = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TestStreamPayload_TimestampedElement {
  readonly encodedElement: Uint8Array;
  readonly timestamp: bigint;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTestStreamPayload_TimestampedElement(m: Init<TestStreamPayload_TimestampedElement>): Uint8Array {
  return encodeMessage(writeTestStreamPayload_TimestampedElement, m);
}
export function decodeTestStreamPayload_TimestampedElement(bytes: Uint8Array): TestStreamPayload_TimestampedElement {
  return decodeMessage('TestStreamPayload_TimestampedElement', readTestStreamPayload_TimestampedElement, bytes);
}
export function writeTestStreamPayload_TimestampedElement(m: Init<TestStreamPayload_TimestampedElement>, w: Writer): void {
  if (m.encodedElement !== undefined && m.encodedElement.length > 0) {
    w.uint32(10).bytes(m.encodedElement);
  }
  if (m.timestamp) {
    writeBigInt64(w.uint32(16), m.timestamp);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTestStreamPayload_TimestampedElement(r: Reader, _depth: number): TestStreamPayload_TimestampedElement {
  const m: Draft<TestStreamPayload_TimestampedElement> = {
    encodedElement: NO_BYTES,
    timestamp: 0n,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.encodedElement = readBytes(r);
        break;
      case 16:
        m.timestamp = readBigInt64(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface WriteFilesPayload {
  readonly sink?: FunctionSpec | undefined;
  readonly formatFunction?: FunctionSpec | undefined;
  readonly windowedWrites: boolean;
  readonly runnerDeterminedSharding: boolean;
  readonly sideInputs: ReadonlyMap<string, SideInput>;
  readonly autoSharded: boolean;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeWriteFilesPayload(m: Init<WriteFilesPayload>): Uint8Array {
  return encodeMessage(writeWriteFilesPayload, m);
}
export function decodeWriteFilesPayload(bytes: Uint8Array): WriteFilesPayload {
  return decodeMessage('WriteFilesPayload', readWriteFilesPayload, bytes);
}
export function writeWriteFilesPayload(m: Init<WriteFilesPayload>, w: Writer): void {
  if (m.sink !== undefined) {
    writeFunctionSpec(m.sink, w.uint32(10).fork()); w.ldelim();
  }
  if (m.formatFunction !== undefined) {
    writeFunctionSpec(m.formatFunction, w.uint32(18).fork()); w.ldelim();
  }
  if (m.windowedWrites) {
    w.uint32(24).bool(m.windowedWrites);
  }
  if (m.runnerDeterminedSharding) {
    w.uint32(32).bool(m.runnerDeterminedSharding);
  }
  m.sideInputs?.forEach((value, key) => {
    w.uint32(42).fork();
    writeString(w, 10, key);
    writeSideInput(value, w.uint32(18).fork()); w.ldelim();
    w.ldelim();
  });
  if (m.autoSharded) {
    w.uint32(48).bool(m.autoSharded);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readWriteFilesPayload(r: Reader, depth: number): WriteFilesPayload {
  const m: Draft<WriteFilesPayload> = {
    sink: undefined,
    formatFunction: undefined,
    windowedWrites: false,
    runnerDeterminedSharding: false,
    sideInputs: NO_ENTRIES,
    autoSharded: false,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.sink = readNested(r, readFunctionSpec, depth);
        break;
      case 18:
        m.formatFunction = readNested(r, readFunctionSpec, depth);
        break;
      case 24:
        m.windowedWrites = r.bool();
        break;
      case 32:
        m.runnerDeterminedSharding = r.bool();
        break;
      case 42:
        m.sideInputs = readMessageEntry(r, m.sideInputs, readSideInput, depth);
        break;
      case 48:
        m.autoSharded = r.bool();
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface PubSubReadPayload {
  readonly topic: string;
  readonly subscription: string;
  readonly timestampAttribute: string;
  readonly idAttribute: string;
  readonly withAttributes: boolean;
  readonly topicRuntimeOverridden: string;
  readonly subscriptionRuntimeOverridden: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePubSubReadPayload(m: Init<PubSubReadPayload>): Uint8Array {
  return encodeMessage(writePubSubReadPayload, m);
}
export function decodePubSubReadPayload(bytes: Uint8Array): PubSubReadPayload {
  return decodeMessage('PubSubReadPayload', readPubSubReadPayload, bytes);
}
export function writePubSubReadPayload(m: Init<PubSubReadPayload>, w: Writer): void {
  if (m.topic) {
    writeString(w, 10, m.topic);
  }
  if (m.subscription) {
    writeString(w, 18, m.subscription);
  }
  if (m.timestampAttribute) {
    writeString(w, 26, m.timestampAttribute);
  }
  if (m.idAttribute) {
    writeString(w, 34, m.idAttribute);
  }
  if (m.withAttributes) {
    w.uint32(40).bool(m.withAttributes);
  }
  if (m.topicRuntimeOverridden) {
    writeString(w, 50, m.topicRuntimeOverridden);
  }
  if (m.subscriptionRuntimeOverridden) {
    writeString(w, 58, m.subscriptionRuntimeOverridden);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPubSubReadPayload(r: Reader, _depth: number): PubSubReadPayload {
  const m: Draft<PubSubReadPayload> = {
    topic: '',
    subscription: '',
    timestampAttribute: '',
    idAttribute: '',
    withAttributes: false,
    topicRuntimeOverridden: '',
    subscriptionRuntimeOverridden: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.topic = readString(r);
        break;
      case 18:
        m.subscription = readString(r);
        break;
      case 26:
        m.timestampAttribute = readString(r);
        break;
      case 34:
        m.idAttribute = readString(r);
        break;
      case 40:
        m.withAttributes = r.bool();
        break;
      case 50:
        m.topicRuntimeOverridden = readString(r);
        break;
      case 58:
        m.subscriptionRuntimeOverridden = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface PubSubWritePayload {
  readonly topic: string;
  readonly timestampAttribute: string;
  readonly idAttribute: string;
  readonly topicRuntimeOverridden: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePubSubWritePayload(m: Init<PubSubWritePayload>): Uint8Array {
  return encodeMessage(writePubSubWritePayload, m);
}
export function decodePubSubWritePayload(bytes: Uint8Array): PubSubWritePayload {
  return decodeMessage('PubSubWritePayload', readPubSubWritePayload, bytes);
}
export function writePubSubWritePayload(m: Init<PubSubWritePayload>, w: Writer): void {
  if (m.topic) {
    writeString(w, 10, m.topic);
  }
  if (m.timestampAttribute) {
    writeString(w, 18, m.timestampAttribute);
  }
  if (m.idAttribute) {
    writeString(w, 26, m.idAttribute);
  }
  if (m.topicRuntimeOverridden) {
    writeString(w, 34, m.topicRuntimeOverridden);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPubSubWritePayload(r: Reader, _depth: number): PubSubWritePayload {
  const m: Draft<PubSubWritePayload> = {
    topic: '',
    timestampAttribute: '',
    idAttribute: '',
    topicRuntimeOverridden: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.topic = readString(r);
        break;
      case 18:
        m.timestampAttribute = readString(r);
        break;
      case 26:
        m.idAttribute = readString(r);
        break;
      case 34:
        m.topicRuntimeOverridden = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface GroupIntoBatchesPayload {
  readonly batchSize: number;
  readonly maxBufferingDurationMillis: number;
  readonly batchSizeBytes: number;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeGroupIntoBatchesPayload(m: Init<GroupIntoBatchesPayload>): Uint8Array {
  return encodeMessage(writeGroupIntoBatchesPayload, m);
}
export function decodeGroupIntoBatchesPayload(bytes: Uint8Array): GroupIntoBatchesPayload {
  return decodeMessage('GroupIntoBatchesPayload', readGroupIntoBatchesPayload, bytes);
}
export function writeGroupIntoBatchesPayload(m: Init<GroupIntoBatchesPayload>, w: Writer): void {
  if (m.batchSize) {
    writeInt64(w.uint32(8), m.batchSize);
  }
  if (m.maxBufferingDurationMillis) {
    writeInt64(w.uint32(16), m.maxBufferingDurationMillis);
  }
  if (m.batchSizeBytes) {
    writeInt64(w.uint32(24), m.batchSizeBytes);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readGroupIntoBatchesPayload(r: Reader, _depth: number): GroupIntoBatchesPayload {
  const m: Draft<GroupIntoBatchesPayload> = {
    batchSize: 0,
    maxBufferingDurationMillis: 0,
    batchSizeBytes: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.batchSize = readInt64(r);
        break;
      case 16:
        m.maxBufferingDurationMillis = readInt64(r);
        break;
      case 24:
        m.batchSizeBytes = readInt64(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface RedistributePayload {
  readonly allowDuplicates: boolean;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeRedistributePayload(m: Init<RedistributePayload>): Uint8Array {
  return encodeMessage(writeRedistributePayload, m);
}
export function decodeRedistributePayload(bytes: Uint8Array): RedistributePayload {
  return decodeMessage('RedistributePayload', readRedistributePayload, bytes);
}
export function writeRedistributePayload(m: Init<RedistributePayload>, w: Writer): void {
  if (m.allowDuplicates) {
    w.uint32(8).bool(m.allowDuplicates);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readRedistributePayload(r: Reader, _depth: number): RedistributePayload {
  const m: Draft<RedistributePayload> = {
    allowDuplicates: false,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.allowDuplicates = r.bool();
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Coder {
  readonly spec?: FunctionSpec | undefined;
  readonly componentCoderIds: readonly string[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeCoder(m: Init<Coder>): Uint8Array {
  return encodeMessage(writeCoder, m);
}
export function decodeCoder(bytes: Uint8Array): Coder {
  return decodeMessage('Coder', readCoder, bytes);
}
export function writeCoder(m: Init<Coder>, w: Writer): void {
  if (m.spec !== undefined) {
    writeFunctionSpec(m.spec, w.uint32(10).fork()); w.ldelim();
  }
  if (m.componentCoderIds !== undefined) {
    for (const item of m.componentCoderIds) {
      writeString(w, 18, item);
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readCoder(r: Reader, depth: number): Coder {
  const m: Draft<Coder> = {
    spec: undefined,
    componentCoderIds: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.spec = readNested(r, readFunctionSpec, depth);
        break;
      case 18:
        m.componentCoderIds.push(readString(r));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface WindowingStrategy {
  readonly windowFn?: FunctionSpec | undefined;
  readonly mergeStatus: MergeStatus;
  readonly windowCoderId: string;
  readonly trigger?: Trigger | undefined;
  readonly accumulationMode: AccumulationMode;
  readonly outputTime: OutputTime;
  readonly closingBehavior: ClosingBehavior;
  readonly allowedLateness: bigint;
  readonly onTimeBehavior: OnTimeBehavior;
  readonly assignsToOneWindow: boolean;
  readonly environmentId: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeWindowingStrategy(m: Init<WindowingStrategy>): Uint8Array {
  return encodeMessage(writeWindowingStrategy, m);
}
export function decodeWindowingStrategy(bytes: Uint8Array): WindowingStrategy {
  return decodeMessage('WindowingStrategy', readWindowingStrategy, bytes);
}
export function writeWindowingStrategy(m: Init<WindowingStrategy>, w: Writer): void {
  if (m.windowFn !== undefined) {
    writeFunctionSpec(m.windowFn, w.uint32(10).fork()); w.ldelim();
  }
  if (m.mergeStatus) {
    w.uint32(16).int32(m.mergeStatus);
  }
  if (m.windowCoderId) {
    writeString(w, 26, m.windowCoderId);
  }
  if (m.trigger !== undefined) {
    writeTrigger(m.trigger, w.uint32(34).fork()); w.ldelim();
  }
  if (m.accumulationMode) {
    w.uint32(40).int32(m.accumulationMode);
  }
  if (m.outputTime) {
    w.uint32(48).int32(m.outputTime);
  }
  if (m.closingBehavior) {
    w.uint32(56).int32(m.closingBehavior);
  }
  if (m.allowedLateness) {
    writeBigInt64(w.uint32(64), m.allowedLateness);
  }
  if (m.onTimeBehavior) {
    w.uint32(72).int32(m.onTimeBehavior);
  }
  if (m.assignsToOneWindow) {
    w.uint32(80).bool(m.assignsToOneWindow);
  }
  if (m.environmentId) {
    writeString(w, 90, m.environmentId);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readWindowingStrategy(r: Reader, depth: number): WindowingStrategy {
  const m: Draft<WindowingStrategy> = {
    windowFn: undefined,
    mergeStatus: 0,
    windowCoderId: '',
    trigger: undefined,
    accumulationMode: 0,
    outputTime: 0,
    closingBehavior: 0,
    allowedLateness: 0n,
    onTimeBehavior: 0,
    assignsToOneWindow: false,
    environmentId: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.windowFn = readNested(r, readFunctionSpec, depth);
        break;
      case 16:
        m.mergeStatus = r.int32() as MergeStatus;
        break;
      case 26:
        m.windowCoderId = readString(r);
        break;
      case 34:
        m.trigger = readNested(r, readTrigger, depth);
        break;
      case 40:
        m.accumulationMode = r.int32() as AccumulationMode;
        break;
      case 48:
        m.outputTime = r.int32() as OutputTime;
        break;
      case 56:
        m.closingBehavior = r.int32() as ClosingBehavior;
        break;
      case 64:
        m.allowedLateness = readBigInt64(r);
        break;
      case 72:
        m.onTimeBehavior = r.int32() as OnTimeBehavior;
        break;
      case 80:
        m.assignsToOneWindow = r.bool();
        break;
      case 90:
        m.environmentId = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Trigger {
  readonly trigger?:
    | { readonly case: 'afterAll'; readonly value: Trigger_AfterAll }
    | { readonly case: 'afterAny'; readonly value: Trigger_AfterAny }
    | { readonly case: 'afterEach'; readonly value: Trigger_AfterEach }
    | { readonly case: 'afterEndOfWindow'; readonly value: Trigger_AfterEndOfWindow }
    | { readonly case: 'afterProcessingTime'; readonly value: Trigger_AfterProcessingTime }
    | { readonly case: 'afterSynchronizedProcessingTime'; readonly value: Trigger_AfterSynchronizedProcessingTime }
    | { readonly case: 'default'; readonly value: Trigger_Default }
    | { readonly case: 'elementCount'; readonly value: Trigger_ElementCount }
    | { readonly case: 'never'; readonly value: Trigger_Never }
    | { readonly case: 'orFinally'; readonly value: Trigger_OrFinally }
    | { readonly case: 'repeat'; readonly value: Trigger_Repeat }
    | { readonly case: 'always'; readonly value: Trigger_Always }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger(m: Init<Trigger>): Uint8Array {
  return encodeMessage(writeTrigger, m);
}
export function decodeTrigger(bytes: Uint8Array): Trigger {
  return decodeMessage('Trigger', readTrigger, bytes);
}
export function writeTrigger(m: Init<Trigger>, w: Writer): void {
  if (m.trigger !== undefined) {
    switch (m.trigger.case) {
      case 'afterAll':
        writeTrigger_AfterAll(m.trigger.value, w.uint32(10).fork()); w.ldelim();
        break;
      case 'afterAny':
        writeTrigger_AfterAny(m.trigger.value, w.uint32(18).fork()); w.ldelim();
        break;
      case 'afterEach':
        writeTrigger_AfterEach(m.trigger.value, w.uint32(26).fork()); w.ldelim();
        break;
      case 'afterEndOfWindow':
        writeTrigger_AfterEndOfWindow(m.trigger.value, w.uint32(34).fork()); w.ldelim();
        break;
      case 'afterProcessingTime':
        writeTrigger_AfterProcessingTime(m.trigger.value, w.uint32(42).fork()); w.ldelim();
        break;
      case 'afterSynchronizedProcessingTime':
        writeTrigger_AfterSynchronizedProcessingTime(m.trigger.value, w.uint32(50).fork()); w.ldelim();
        break;
      case 'default':
        writeTrigger_Default(m.trigger.value, w.uint32(58).fork()); w.ldelim();
        break;
      case 'elementCount':
        writeTrigger_ElementCount(m.trigger.value, w.uint32(66).fork()); w.ldelim();
        break;
      case 'never':
        writeTrigger_Never(m.trigger.value, w.uint32(74).fork()); w.ldelim();
        break;
      case 'orFinally':
        writeTrigger_OrFinally(m.trigger.value, w.uint32(82).fork()); w.ldelim();
        break;
      case 'repeat':
        writeTrigger_Repeat(m.trigger.value, w.uint32(90).fork()); w.ldelim();
        break;
      case 'always':
        writeTrigger_Always(m.trigger.value, w.uint32(98).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger(r: Reader, depth: number): Trigger {
  const m: Draft<Trigger> = {
    trigger: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.trigger = { case: 'afterAll', value: readNested(r, readTrigger_AfterAll, depth) };
        break;
      case 18:
        m.trigger = { case: 'afterAny', value: readNested(r, readTrigger_AfterAny, depth) };
        break;
      case 26:
        m.trigger = { case: 'afterEach', value: readNested(r, readTrigger_AfterEach, depth) };
        break;
      case 34:
        m.trigger = { case: 'afterEndOfWindow', value: readNested(r, readTrigger_AfterEndOfWindow, depth) };
        break;
      case 42:
        m.trigger = { case: 'afterProcessingTime', value: readNested(r, readTrigger_AfterProcessingTime, depth) };
        break;
      case 50:
        m.trigger = { case: 'afterSynchronizedProcessingTime', value: readNested(r, readTrigger_AfterSynchronizedProcessingTime, depth) };
        break;
      case 58:
        m.trigger = { case: 'default', value: readNested(r, readTrigger_Default, depth) };
        break;
      case 66:
        m.trigger = { case: 'elementCount', value: readNested(r, readTrigger_ElementCount, depth) };
        break;
      case 74:
        m.trigger = { case: 'never', value: readNested(r, readTrigger_Never, depth) };
        break;
      case 82:
        m.trigger = { case: 'orFinally', value: readNested(r, readTrigger_OrFinally, depth) };
        break;
      case 90:
        m.trigger = { case: 'repeat', value: readNested(r, readTrigger_Repeat, depth) };
        break;
      case 98:
        m.trigger = { case: 'always', value: readNested(r, readTrigger_Always, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Trigger_AfterAll {
  readonly subtriggers: readonly Trigger[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_AfterAll(m: Init<Trigger_AfterAll>): Uint8Array {
  return encodeMessage(writeTrigger_AfterAll, m);
}
export function decodeTrigger_AfterAll(bytes: Uint8Array): Trigger_AfterAll {
  return decodeMessage('Trigger_AfterAll', readTrigger_AfterAll, bytes);
}
export function writeTrigger_AfterAll(m: Init<Trigger_AfterAll>, w: Writer): void {
  if (m.subtriggers !== undefined) {
    for (const item of m.subtriggers) {
      writeTrigger(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_AfterAll(r: Reader, depth: number): Trigger_AfterAll {
  const m: Draft<Trigger_AfterAll> = {
    subtriggers: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.subtriggers.push(readNested(r, readTrigger, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Trigger_AfterAny {
  readonly subtriggers: readonly Trigger[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_AfterAny(m: Init<Trigger_AfterAny>): Uint8Array {
  return encodeMessage(writeTrigger_AfterAny, m);
}
export function decodeTrigger_AfterAny(bytes: Uint8Array): Trigger_AfterAny {
  return decodeMessage('Trigger_AfterAny', readTrigger_AfterAny, bytes);
}
export function writeTrigger_AfterAny(m: Init<Trigger_AfterAny>, w: Writer): void {
  if (m.subtriggers !== undefined) {
    for (const item of m.subtriggers) {
      writeTrigger(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_AfterAny(r: Reader, depth: number): Trigger_AfterAny {
  const m: Draft<Trigger_AfterAny> = {
    subtriggers: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.subtriggers.push(readNested(r, readTrigger, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Trigger_AfterEach {
  readonly subtriggers: readonly Trigger[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_AfterEach(m: Init<Trigger_AfterEach>): Uint8Array {
  return encodeMessage(writeTrigger_AfterEach, m);
}
export function decodeTrigger_AfterEach(bytes: Uint8Array): Trigger_AfterEach {
  return decodeMessage('Trigger_AfterEach', readTrigger_AfterEach, bytes);
}
export function writeTrigger_AfterEach(m: Init<Trigger_AfterEach>, w: Writer): void {
  if (m.subtriggers !== undefined) {
    for (const item of m.subtriggers) {
      writeTrigger(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_AfterEach(r: Reader, depth: number): Trigger_AfterEach {
  const m: Draft<Trigger_AfterEach> = {
    subtriggers: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.subtriggers.push(readNested(r, readTrigger, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Trigger_AfterEndOfWindow {
  readonly earlyFirings?: Trigger | undefined;
  readonly lateFirings?: Trigger | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_AfterEndOfWindow(m: Init<Trigger_AfterEndOfWindow>): Uint8Array {
  return encodeMessage(writeTrigger_AfterEndOfWindow, m);
}
export function decodeTrigger_AfterEndOfWindow(bytes: Uint8Array): Trigger_AfterEndOfWindow {
  return decodeMessage('Trigger_AfterEndOfWindow', readTrigger_AfterEndOfWindow, bytes);
}
export function writeTrigger_AfterEndOfWindow(m: Init<Trigger_AfterEndOfWindow>, w: Writer): void {
  if (m.earlyFirings !== undefined) {
    writeTrigger(m.earlyFirings, w.uint32(10).fork()); w.ldelim();
  }
  if (m.lateFirings !== undefined) {
    writeTrigger(m.lateFirings, w.uint32(18).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_AfterEndOfWindow(r: Reader, depth: number): Trigger_AfterEndOfWindow {
  const m: Draft<Trigger_AfterEndOfWindow> = {
    earlyFirings: undefined,
    lateFirings: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.earlyFirings = readNested(r, readTrigger, depth);
        break;
      case 18:
        m.lateFirings = readNested(r, readTrigger, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Trigger_AfterProcessingTime {
  readonly timestampTransforms: readonly TimestampTransform[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_AfterProcessingTime(m: Init<Trigger_AfterProcessingTime>): Uint8Array {
  return encodeMessage(writeTrigger_AfterProcessingTime, m);
}
export function decodeTrigger_AfterProcessingTime(bytes: Uint8Array): Trigger_AfterProcessingTime {
  return decodeMessage('Trigger_AfterProcessingTime', readTrigger_AfterProcessingTime, bytes);
}
export function writeTrigger_AfterProcessingTime(m: Init<Trigger_AfterProcessingTime>, w: Writer): void {
  if (m.timestampTransforms !== undefined) {
    for (const item of m.timestampTransforms) {
      writeTimestampTransform(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_AfterProcessingTime(r: Reader, depth: number): Trigger_AfterProcessingTime {
  const m: Draft<Trigger_AfterProcessingTime> = {
    timestampTransforms: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.timestampTransforms.push(readNested(r, readTimestampTransform, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Trigger_AfterSynchronizedProcessingTime {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_AfterSynchronizedProcessingTime(m: Init<Trigger_AfterSynchronizedProcessingTime>): Uint8Array {
  return encodeMessage(writeTrigger_AfterSynchronizedProcessingTime, m);
}
export function decodeTrigger_AfterSynchronizedProcessingTime(bytes: Uint8Array): Trigger_AfterSynchronizedProcessingTime {
  return decodeMessage('Trigger_AfterSynchronizedProcessingTime', readTrigger_AfterSynchronizedProcessingTime, bytes);
}
export function writeTrigger_AfterSynchronizedProcessingTime(m: Init<Trigger_AfterSynchronizedProcessingTime>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_AfterSynchronizedProcessingTime(r: Reader, _depth: number): Trigger_AfterSynchronizedProcessingTime {
  const m: Draft<Trigger_AfterSynchronizedProcessingTime> = {
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

export interface Trigger_Default {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_Default(m: Init<Trigger_Default>): Uint8Array {
  return encodeMessage(writeTrigger_Default, m);
}
export function decodeTrigger_Default(bytes: Uint8Array): Trigger_Default {
  return decodeMessage('Trigger_Default', readTrigger_Default, bytes);
}
export function writeTrigger_Default(m: Init<Trigger_Default>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_Default(r: Reader, _depth: number): Trigger_Default {
  const m: Draft<Trigger_Default> = {
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

export interface Trigger_ElementCount {
  readonly elementCount: number;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_ElementCount(m: Init<Trigger_ElementCount>): Uint8Array {
  return encodeMessage(writeTrigger_ElementCount, m);
}
export function decodeTrigger_ElementCount(bytes: Uint8Array): Trigger_ElementCount {
  return decodeMessage('Trigger_ElementCount', readTrigger_ElementCount, bytes);
}
export function writeTrigger_ElementCount(m: Init<Trigger_ElementCount>, w: Writer): void {
  if (m.elementCount) {
    w.uint32(8).int32(m.elementCount);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_ElementCount(r: Reader, _depth: number): Trigger_ElementCount {
  const m: Draft<Trigger_ElementCount> = {
    elementCount: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.elementCount = r.int32();
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Trigger_Never {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_Never(m: Init<Trigger_Never>): Uint8Array {
  return encodeMessage(writeTrigger_Never, m);
}
export function decodeTrigger_Never(bytes: Uint8Array): Trigger_Never {
  return decodeMessage('Trigger_Never', readTrigger_Never, bytes);
}
export function writeTrigger_Never(m: Init<Trigger_Never>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_Never(r: Reader, _depth: number): Trigger_Never {
  const m: Draft<Trigger_Never> = {
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

export interface Trigger_Always {
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_Always(m: Init<Trigger_Always>): Uint8Array {
  return encodeMessage(writeTrigger_Always, m);
}
export function decodeTrigger_Always(bytes: Uint8Array): Trigger_Always {
  return decodeMessage('Trigger_Always', readTrigger_Always, bytes);
}
export function writeTrigger_Always(m: Init<Trigger_Always>, w: Writer): void {
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_Always(r: Reader, _depth: number): Trigger_Always {
  const m: Draft<Trigger_Always> = {
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

export interface Trigger_OrFinally {
  readonly main?: Trigger | undefined;
  readonly finally?: Trigger | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_OrFinally(m: Init<Trigger_OrFinally>): Uint8Array {
  return encodeMessage(writeTrigger_OrFinally, m);
}
export function decodeTrigger_OrFinally(bytes: Uint8Array): Trigger_OrFinally {
  return decodeMessage('Trigger_OrFinally', readTrigger_OrFinally, bytes);
}
export function writeTrigger_OrFinally(m: Init<Trigger_OrFinally>, w: Writer): void {
  if (m.main !== undefined) {
    writeTrigger(m.main, w.uint32(10).fork()); w.ldelim();
  }
  if (m.finally !== undefined) {
    writeTrigger(m.finally, w.uint32(18).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_OrFinally(r: Reader, depth: number): Trigger_OrFinally {
  const m: Draft<Trigger_OrFinally> = {
    main: undefined,
    finally: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.main = readNested(r, readTrigger, depth);
        break;
      case 18:
        m.finally = readNested(r, readTrigger, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Trigger_Repeat {
  readonly subtrigger?: Trigger | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTrigger_Repeat(m: Init<Trigger_Repeat>): Uint8Array {
  return encodeMessage(writeTrigger_Repeat, m);
}
export function decodeTrigger_Repeat(bytes: Uint8Array): Trigger_Repeat {
  return decodeMessage('Trigger_Repeat', readTrigger_Repeat, bytes);
}
export function writeTrigger_Repeat(m: Init<Trigger_Repeat>, w: Writer): void {
  if (m.subtrigger !== undefined) {
    writeTrigger(m.subtrigger, w.uint32(10).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTrigger_Repeat(r: Reader, depth: number): Trigger_Repeat {
  const m: Draft<Trigger_Repeat> = {
    subtrigger: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.subtrigger = readNested(r, readTrigger, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TimestampTransform {
  readonly timestampTransform?:
    | { readonly case: 'delay'; readonly value: TimestampTransform_Delay }
    | { readonly case: 'alignTo'; readonly value: TimestampTransform_AlignTo }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTimestampTransform(m: Init<TimestampTransform>): Uint8Array {
  return encodeMessage(writeTimestampTransform, m);
}
export function decodeTimestampTransform(bytes: Uint8Array): TimestampTransform {
  return decodeMessage('TimestampTransform', readTimestampTransform, bytes);
}
export function writeTimestampTransform(m: Init<TimestampTransform>, w: Writer): void {
  if (m.timestampTransform !== undefined) {
    switch (m.timestampTransform.case) {
      case 'delay':
        writeTimestampTransform_Delay(m.timestampTransform.value, w.uint32(10).fork()); w.ldelim();
        break;
      case 'alignTo':
        writeTimestampTransform_AlignTo(m.timestampTransform.value, w.uint32(18).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTimestampTransform(r: Reader, depth: number): TimestampTransform {
  const m: Draft<TimestampTransform> = {
    timestampTransform: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.timestampTransform = { case: 'delay', value: readNested(r, readTimestampTransform_Delay, depth) };
        break;
      case 18:
        m.timestampTransform = { case: 'alignTo', value: readNested(r, readTimestampTransform_AlignTo, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TimestampTransform_Delay {
  readonly delayMillis: number;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTimestampTransform_Delay(m: Init<TimestampTransform_Delay>): Uint8Array {
  return encodeMessage(writeTimestampTransform_Delay, m);
}
export function decodeTimestampTransform_Delay(bytes: Uint8Array): TimestampTransform_Delay {
  return decodeMessage('TimestampTransform_Delay', readTimestampTransform_Delay, bytes);
}
export function writeTimestampTransform_Delay(m: Init<TimestampTransform_Delay>, w: Writer): void {
  if (m.delayMillis) {
    writeInt64(w.uint32(8), m.delayMillis);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTimestampTransform_Delay(r: Reader, _depth: number): TimestampTransform_Delay {
  const m: Draft<TimestampTransform_Delay> = {
    delayMillis: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 8:
        m.delayMillis = readInt64(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface TimestampTransform_AlignTo {
  readonly period: number;
  readonly offset: number;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeTimestampTransform_AlignTo(m: Init<TimestampTransform_AlignTo>): Uint8Array {
  return encodeMessage(writeTimestampTransform_AlignTo, m);
}
export function decodeTimestampTransform_AlignTo(bytes: Uint8Array): TimestampTransform_AlignTo {
  return decodeMessage('TimestampTransform_AlignTo', readTimestampTransform_AlignTo, bytes);
}
export function writeTimestampTransform_AlignTo(m: Init<TimestampTransform_AlignTo>, w: Writer): void {
  if (m.period) {
    writeInt64(w.uint32(24), m.period);
  }
  if (m.offset) {
    writeInt64(w.uint32(32), m.offset);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readTimestampTransform_AlignTo(r: Reader, _depth: number): TimestampTransform_AlignTo {
  const m: Draft<TimestampTransform_AlignTo> = {
    period: 0,
    offset: 0,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 24:
        m.period = readInt64(r);
        break;
      case 32:
        m.offset = readInt64(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface SideInput {
  readonly accessPattern?: FunctionSpec | undefined;
  readonly viewFn?: FunctionSpec | undefined;
  readonly windowMappingFn?: FunctionSpec | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeSideInput(m: Init<SideInput>): Uint8Array {
  return encodeMessage(writeSideInput, m);
}
export function decodeSideInput(bytes: Uint8Array): SideInput {
  return decodeMessage('SideInput', readSideInput, bytes);
}
export function writeSideInput(m: Init<SideInput>, w: Writer): void {
  if (m.accessPattern !== undefined) {
    writeFunctionSpec(m.accessPattern, w.uint32(10).fork()); w.ldelim();
  }
  if (m.viewFn !== undefined) {
    writeFunctionSpec(m.viewFn, w.uint32(18).fork()); w.ldelim();
  }
  if (m.windowMappingFn !== undefined) {
    writeFunctionSpec(m.windowMappingFn, w.uint32(26).fork()); w.ldelim();
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readSideInput(r: Reader, depth: number): SideInput {
  const m: Draft<SideInput> = {
    accessPattern: undefined,
    viewFn: undefined,
    windowMappingFn: undefined,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.accessPattern = readNested(r, readFunctionSpec, depth);
        break;
      case 18:
        m.viewFn = readNested(r, readFunctionSpec, depth);
        break;
      case 26:
        m.windowMappingFn = readNested(r, readFunctionSpec, depth);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ArtifactFilePayload {
  readonly path: string;
  readonly sha256: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeArtifactFilePayload(m: Init<ArtifactFilePayload>): Uint8Array {
  return encodeMessage(writeArtifactFilePayload, m);
}
export function decodeArtifactFilePayload(bytes: Uint8Array): ArtifactFilePayload {
  return decodeMessage('ArtifactFilePayload', readArtifactFilePayload, bytes);
}
export function writeArtifactFilePayload(m: Init<ArtifactFilePayload>, w: Writer): void {
  if (m.path) {
    writeString(w, 10, m.path);
  }
  if (m.sha256) {
    writeString(w, 18, m.sha256);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readArtifactFilePayload(r: Reader, _depth: number): ArtifactFilePayload {
  const m: Draft<ArtifactFilePayload> = {
    path: '',
    sha256: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.path = readString(r);
        break;
      case 18:
        m.sha256 = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ArtifactUrlPayload {
  readonly url: string;
  readonly sha256: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeArtifactUrlPayload(m: Init<ArtifactUrlPayload>): Uint8Array {
  return encodeMessage(writeArtifactUrlPayload, m);
}
export function decodeArtifactUrlPayload(bytes: Uint8Array): ArtifactUrlPayload {
  return decodeMessage('ArtifactUrlPayload', readArtifactUrlPayload, bytes);
}
export function writeArtifactUrlPayload(m: Init<ArtifactUrlPayload>, w: Writer): void {
  if (m.url) {
    writeString(w, 10, m.url);
  }
  if (m.sha256) {
    writeString(w, 18, m.sha256);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readArtifactUrlPayload(r: Reader, _depth: number): ArtifactUrlPayload {
  const m: Draft<ArtifactUrlPayload> = {
    url: '',
    sha256: '',
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
        m.sha256 = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface EmbeddedFilePayload {
  readonly data: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeEmbeddedFilePayload(m: Init<EmbeddedFilePayload>): Uint8Array {
  return encodeMessage(writeEmbeddedFilePayload, m);
}
export function decodeEmbeddedFilePayload(bytes: Uint8Array): EmbeddedFilePayload {
  return decodeMessage('EmbeddedFilePayload', readEmbeddedFilePayload, bytes);
}
export function writeEmbeddedFilePayload(m: Init<EmbeddedFilePayload>, w: Writer): void {
  if (m.data !== undefined && m.data.length > 0) {
    w.uint32(10).bytes(m.data);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readEmbeddedFilePayload(r: Reader, _depth: number): EmbeddedFilePayload {
  const m: Draft<EmbeddedFilePayload> = {
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

export interface PyPIPayload {
  readonly artifactId: string;
  readonly version: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodePyPIPayload(m: Init<PyPIPayload>): Uint8Array {
  return encodeMessage(writePyPIPayload, m);
}
export function decodePyPIPayload(bytes: Uint8Array): PyPIPayload {
  return decodeMessage('PyPIPayload', readPyPIPayload, bytes);
}
export function writePyPIPayload(m: Init<PyPIPayload>, w: Writer): void {
  if (m.artifactId) {
    writeString(w, 10, m.artifactId);
  }
  if (m.version) {
    writeString(w, 18, m.version);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readPyPIPayload(r: Reader, _depth: number): PyPIPayload {
  const m: Draft<PyPIPayload> = {
    artifactId: '',
    version: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.artifactId = readString(r);
        break;
      case 18:
        m.version = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface MavenPayload {
  readonly artifact: string;
  readonly repositoryUrl: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMavenPayload(m: Init<MavenPayload>): Uint8Array {
  return encodeMessage(writeMavenPayload, m);
}
export function decodeMavenPayload(bytes: Uint8Array): MavenPayload {
  return decodeMessage('MavenPayload', readMavenPayload, bytes);
}
export function writeMavenPayload(m: Init<MavenPayload>, w: Writer): void {
  if (m.artifact) {
    writeString(w, 10, m.artifact);
  }
  if (m.repositoryUrl) {
    writeString(w, 18, m.repositoryUrl);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMavenPayload(r: Reader, _depth: number): MavenPayload {
  const m: Draft<MavenPayload> = {
    artifact: '',
    repositoryUrl: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.artifact = readString(r);
        break;
      case 18:
        m.repositoryUrl = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface DeferredArtifactPayload {
  readonly key: string;
  readonly data: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDeferredArtifactPayload(m: Init<DeferredArtifactPayload>): Uint8Array {
  return encodeMessage(writeDeferredArtifactPayload, m);
}
export function decodeDeferredArtifactPayload(bytes: Uint8Array): DeferredArtifactPayload {
  return decodeMessage('DeferredArtifactPayload', readDeferredArtifactPayload, bytes);
}
export function writeDeferredArtifactPayload(m: Init<DeferredArtifactPayload>, w: Writer): void {
  if (m.key) {
    writeString(w, 10, m.key);
  }
  if (m.data !== undefined && m.data.length > 0) {
    w.uint32(18).bytes(m.data);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDeferredArtifactPayload(r: Reader, _depth: number): DeferredArtifactPayload {
  const m: Draft<DeferredArtifactPayload> = {
    key: '',
    data: NO_BYTES,
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
        m.data = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ArtifactStagingToRolePayload {
  readonly stagedName: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeArtifactStagingToRolePayload(m: Init<ArtifactStagingToRolePayload>): Uint8Array {
  return encodeMessage(writeArtifactStagingToRolePayload, m);
}
export function decodeArtifactStagingToRolePayload(bytes: Uint8Array): ArtifactStagingToRolePayload {
  return decodeMessage('ArtifactStagingToRolePayload', readArtifactStagingToRolePayload, bytes);
}
export function writeArtifactStagingToRolePayload(m: Init<ArtifactStagingToRolePayload>, w: Writer): void {
  if (m.stagedName) {
    writeString(w, 10, m.stagedName);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readArtifactStagingToRolePayload(r: Reader, _depth: number): ArtifactStagingToRolePayload {
  const m: Draft<ArtifactStagingToRolePayload> = {
    stagedName: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.stagedName = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ArtifactInformation {
  readonly typeUrn: string;
  readonly typePayload: Uint8Array;
  readonly roleUrn: string;
  readonly rolePayload: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeArtifactInformation(m: Init<ArtifactInformation>): Uint8Array {
  return encodeMessage(writeArtifactInformation, m);
}
export function decodeArtifactInformation(bytes: Uint8Array): ArtifactInformation {
  return decodeMessage('ArtifactInformation', readArtifactInformation, bytes);
}
export function writeArtifactInformation(m: Init<ArtifactInformation>, w: Writer): void {
  if (m.typeUrn) {
    writeString(w, 10, m.typeUrn);
  }
  if (m.typePayload !== undefined && m.typePayload.length > 0) {
    w.uint32(18).bytes(m.typePayload);
  }
  if (m.roleUrn) {
    writeString(w, 26, m.roleUrn);
  }
  if (m.rolePayload !== undefined && m.rolePayload.length > 0) {
    w.uint32(34).bytes(m.rolePayload);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readArtifactInformation(r: Reader, _depth: number): ArtifactInformation {
  const m: Draft<ArtifactInformation> = {
    typeUrn: '',
    typePayload: NO_BYTES,
    roleUrn: '',
    rolePayload: NO_BYTES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.typeUrn = readString(r);
        break;
      case 18:
        m.typePayload = readBytes(r);
        break;
      case 26:
        m.roleUrn = readString(r);
        break;
      case 34:
        m.rolePayload = readBytes(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface Environment {
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly displayData: readonly DisplayData[];
  readonly capabilities: readonly string[];
  readonly dependencies: readonly ArtifactInformation[];
  readonly resourceHints: ReadonlyMap<string, Uint8Array>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeEnvironment(m: Init<Environment>): Uint8Array {
  return encodeMessage(writeEnvironment, m);
}
export function decodeEnvironment(bytes: Uint8Array): Environment {
  return decodeMessage('Environment', readEnvironment, bytes);
}
export function writeEnvironment(m: Init<Environment>, w: Writer): void {
  if (m.urn) {
    writeString(w, 18, m.urn);
  }
  if (m.payload !== undefined && m.payload.length > 0) {
    w.uint32(26).bytes(m.payload);
  }
  if (m.displayData !== undefined) {
    for (const item of m.displayData) {
      writeDisplayData(item, w.uint32(34).fork()); w.ldelim();
    }
  }
  if (m.capabilities !== undefined) {
    for (const item of m.capabilities) {
      writeString(w, 42, item);
    }
  }
  if (m.dependencies !== undefined) {
    for (const item of m.dependencies) {
      writeArtifactInformation(item, w.uint32(50).fork()); w.ldelim();
    }
  }
  m.resourceHints?.forEach((value, key) => {
    w.uint32(58).fork();
    writeString(w, 10, key);
    w.uint32(18).bytes(value);
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readEnvironment(r: Reader, depth: number): Environment {
  const m: Draft<Environment> = {
    urn: '',
    payload: NO_BYTES,
    displayData: [],
    capabilities: [],
    dependencies: [],
    resourceHints: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 18:
        m.urn = readString(r);
        break;
      case 26:
        m.payload = readBytes(r);
        break;
      case 34:
        m.displayData.push(readNested(r, readDisplayData, depth));
        break;
      case 42:
        m.capabilities.push(readString(r));
        break;
      case 50:
        m.dependencies.push(readNested(r, readArtifactInformation, depth));
        break;
      case 58:
        m.resourceHints = readEntry(r, m.resourceHints, 18, readBytes, NO_BYTES);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface DockerPayload {
  readonly containerImage: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDockerPayload(m: Init<DockerPayload>): Uint8Array {
  return encodeMessage(writeDockerPayload, m);
}
export function decodeDockerPayload(bytes: Uint8Array): DockerPayload {
  return decodeMessage('DockerPayload', readDockerPayload, bytes);
}
export function writeDockerPayload(m: Init<DockerPayload>, w: Writer): void {
  if (m.containerImage) {
    writeString(w, 10, m.containerImage);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDockerPayload(r: Reader, _depth: number): DockerPayload {
  const m: Draft<DockerPayload> = {
    containerImage: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.containerImage = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ProcessPayload {
  readonly os: string;
  readonly arch: string;
  readonly command: string;
  readonly env: ReadonlyMap<string, string>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeProcessPayload(m: Init<ProcessPayload>): Uint8Array {
  return encodeMessage(writeProcessPayload, m);
}
export function decodeProcessPayload(bytes: Uint8Array): ProcessPayload {
  return decodeMessage('ProcessPayload', readProcessPayload, bytes);
}
export function writeProcessPayload(m: Init<ProcessPayload>, w: Writer): void {
  if (m.os) {
    writeString(w, 10, m.os);
  }
  if (m.arch) {
    writeString(w, 18, m.arch);
  }
  if (m.command) {
    writeString(w, 26, m.command);
  }
  m.env?.forEach((value, key) => {
    w.uint32(34).fork();
    writeString(w, 10, key);
    writeString(w, 18, value);
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readProcessPayload(r: Reader, _depth: number): ProcessPayload {
  const m: Draft<ProcessPayload> = {
    os: '',
    arch: '',
    command: '',
    env: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.os = readString(r);
        break;
      case 18:
        m.arch = readString(r);
        break;
      case 26:
        m.command = readString(r);
        break;
      case 34:
        m.env = readEntry(r, m.env, 18, readString, '');
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ExternalPayload {
  readonly endpoint?: ApiServiceDescriptor | undefined;
  readonly params: ReadonlyMap<string, string>;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeExternalPayload(m: Init<ExternalPayload>): Uint8Array {
  return encodeMessage(writeExternalPayload, m);
}
export function decodeExternalPayload(bytes: Uint8Array): ExternalPayload {
  return decodeMessage('ExternalPayload', readExternalPayload, bytes);
}
export function writeExternalPayload(m: Init<ExternalPayload>, w: Writer): void {
  if (m.endpoint !== undefined) {
    writeApiServiceDescriptor(m.endpoint, w.uint32(10).fork()); w.ldelim();
  }
  m.params?.forEach((value, key) => {
    w.uint32(18).fork();
    writeString(w, 10, key);
    writeString(w, 18, value);
    w.ldelim();
  });
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readExternalPayload(r: Reader, depth: number): ExternalPayload {
  const m: Draft<ExternalPayload> = {
    endpoint: undefined,
    params: NO_ENTRIES,
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.endpoint = readNested(r, readApiServiceDescriptor, depth);
        break;
      case 18:
        m.params = readEntry(r, m.params, 18, readString, '');
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface AnyOfEnvironmentPayload {
  readonly environments: readonly Environment[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeAnyOfEnvironmentPayload(m: Init<AnyOfEnvironmentPayload>): Uint8Array {
  return encodeMessage(writeAnyOfEnvironmentPayload, m);
}
export function decodeAnyOfEnvironmentPayload(bytes: Uint8Array): AnyOfEnvironmentPayload {
  return decodeMessage('AnyOfEnvironmentPayload', readAnyOfEnvironmentPayload, bytes);
}
export function writeAnyOfEnvironmentPayload(m: Init<AnyOfEnvironmentPayload>, w: Writer): void {
  if (m.environments !== undefined) {
    for (const item of m.environments) {
      writeEnvironment(item, w.uint32(10).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readAnyOfEnvironmentPayload(r: Reader, depth: number): AnyOfEnvironmentPayload {
  const m: Draft<AnyOfEnvironmentPayload> = {
    environments: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.environments.push(readNested(r, readEnvironment, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface FunctionSpec {
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeFunctionSpec(m: Init<FunctionSpec>): Uint8Array {
  return encodeMessage(writeFunctionSpec, m);
}
export function decodeFunctionSpec(bytes: Uint8Array): FunctionSpec {
  return decodeMessage('FunctionSpec', readFunctionSpec, bytes);
}
export function writeFunctionSpec(m: Init<FunctionSpec>, w: Writer): void {
  if (m.urn) {
    writeString(w, 10, m.urn);
  }
  if (m.payload !== undefined && m.payload.length > 0) {
    w.uint32(26).bytes(m.payload);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readFunctionSpec(r: Reader, _depth: number): FunctionSpec {
  const m: Draft<FunctionSpec> = {
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

export interface LabelledPayload {
  readonly label: string;
  readonly value?:
    | { readonly case: 'stringValue'; readonly value: string }
    | { readonly case: 'boolValue'; readonly value: boolean }
    | { readonly case: 'doubleValue'; readonly value: number }
    | { readonly case: 'intValue'; readonly value: bigint }
    | undefined;
  readonly key: string;
  readonly namespace: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeLabelledPayload(m: Init<LabelledPayload>): Uint8Array {
  return encodeMessage(writeLabelledPayload, m);
}
export function decodeLabelledPayload(bytes: Uint8Array): LabelledPayload {
  return decodeMessage('LabelledPayload', readLabelledPayload, bytes);
}
export function writeLabelledPayload(m: Init<LabelledPayload>, w: Writer): void {
  if (m.label) {
    writeString(w, 10, m.label);
  }
  if (m.value !== undefined) {
    switch (m.value.case) {
      case 'stringValue':
        writeString(w, 18, m.value.value);
        break;
      case 'boolValue':
        w.uint32(24).bool(m.value.value);
        break;
      case 'doubleValue':
        w.uint32(33).double(m.value.value);
        break;
      case 'intValue':
        writeBigInt64(w.uint32(40), m.value.value);
        break;
    }
  }
  if (m.key) {
    writeString(w, 50, m.key);
  }
  if (m.namespace) {
    writeString(w, 58, m.namespace);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readLabelledPayload(r: Reader, _depth: number): LabelledPayload {
  const m: Draft<LabelledPayload> = {
    label: '',
    value: undefined,
    key: '',
    namespace: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.label = readString(r);
        break;
      case 18:
        m.value = { case: 'stringValue', value: readString(r) };
        break;
      case 24:
        m.value = { case: 'boolValue', value: r.bool() };
        break;
      case 33:
        m.value = { case: 'doubleValue', value: r.double() };
        break;
      case 40:
        m.value = { case: 'intValue', value: readBigInt64(r) };
        break;
      case 50:
        m.key = readString(r);
        break;
      case 58:
        m.namespace = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface DisplayData {
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeDisplayData(m: Init<DisplayData>): Uint8Array {
  return encodeMessage(writeDisplayData, m);
}
export function decodeDisplayData(bytes: Uint8Array): DisplayData {
  return decodeMessage('DisplayData', readDisplayData, bytes);
}
export function writeDisplayData(m: Init<DisplayData>, w: Writer): void {
  if (m.urn) {
    writeString(w, 10, m.urn);
  }
  if (m.payload !== undefined && m.payload.length > 0) {
    w.uint32(18).bytes(m.payload);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readDisplayData(r: Reader, _depth: number): DisplayData {
  const m: Draft<DisplayData> = {
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

export interface MessageWithComponents {
  readonly components?: Components | undefined;
  readonly root?:
    | { readonly case: 'coder'; readonly value: Coder }
    | { readonly case: 'combinePayload'; readonly value: CombinePayload }
    | { readonly case: 'functionSpec'; readonly value: FunctionSpec }
    | { readonly case: 'parDoPayload'; readonly value: ParDoPayload }
    | { readonly case: 'ptransform'; readonly value: PTransform }
    | { readonly case: 'pcollection'; readonly value: PCollection }
    | { readonly case: 'readPayload'; readonly value: ReadPayload }
    | { readonly case: 'sideInput'; readonly value: SideInput }
    | { readonly case: 'windowIntoPayload'; readonly value: WindowIntoPayload }
    | { readonly case: 'windowingStrategy'; readonly value: WindowingStrategy }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeMessageWithComponents(m: Init<MessageWithComponents>): Uint8Array {
  return encodeMessage(writeMessageWithComponents, m);
}
export function decodeMessageWithComponents(bytes: Uint8Array): MessageWithComponents {
  return decodeMessage('MessageWithComponents', readMessageWithComponents, bytes);
}
export function writeMessageWithComponents(m: Init<MessageWithComponents>, w: Writer): void {
  if (m.components !== undefined) {
    writeComponents(m.components, w.uint32(10).fork()); w.ldelim();
  }
  if (m.root !== undefined) {
    switch (m.root.case) {
      case 'coder':
        writeCoder(m.root.value, w.uint32(18).fork()); w.ldelim();
        break;
      case 'combinePayload':
        writeCombinePayload(m.root.value, w.uint32(26).fork()); w.ldelim();
        break;
      case 'functionSpec':
        writeFunctionSpec(m.root.value, w.uint32(34).fork()); w.ldelim();
        break;
      case 'parDoPayload':
        writeParDoPayload(m.root.value, w.uint32(50).fork()); w.ldelim();
        break;
      case 'ptransform':
        writePTransform(m.root.value, w.uint32(58).fork()); w.ldelim();
        break;
      case 'pcollection':
        writePCollection(m.root.value, w.uint32(66).fork()); w.ldelim();
        break;
      case 'readPayload':
        writeReadPayload(m.root.value, w.uint32(74).fork()); w.ldelim();
        break;
      case 'sideInput':
        writeSideInput(m.root.value, w.uint32(90).fork()); w.ldelim();
        break;
      case 'windowIntoPayload':
        writeWindowIntoPayload(m.root.value, w.uint32(98).fork()); w.ldelim();
        break;
      case 'windowingStrategy':
        writeWindowingStrategy(m.root.value, w.uint32(106).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readMessageWithComponents(r: Reader, depth: number): MessageWithComponents {
  const m: Draft<MessageWithComponents> = {
    components: undefined,
    root: undefined,
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
        m.root = { case: 'coder', value: readNested(r, readCoder, depth) };
        break;
      case 26:
        m.root = { case: 'combinePayload', value: readNested(r, readCombinePayload, depth) };
        break;
      case 34:
        m.root = { case: 'functionSpec', value: readNested(r, readFunctionSpec, depth) };
        break;
      case 50:
        m.root = { case: 'parDoPayload', value: readNested(r, readParDoPayload, depth) };
        break;
      case 58:
        m.root = { case: 'ptransform', value: readNested(r, readPTransform, depth) };
        break;
      case 66:
        m.root = { case: 'pcollection', value: readNested(r, readPCollection, depth) };
        break;
      case 74:
        m.root = { case: 'readPayload', value: readNested(r, readReadPayload, depth) };
        break;
      case 90:
        m.root = { case: 'sideInput', value: readNested(r, readSideInput, depth) };
        break;
      case 98:
        m.root = { case: 'windowIntoPayload', value: readNested(r, readWindowIntoPayload, depth) };
        break;
      case 106:
        m.root = { case: 'windowingStrategy', value: readNested(r, readWindowingStrategy, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ExecutableStagePayload {
  readonly environment?: Environment | undefined;
  readonly input: string;
  readonly sideInputs: readonly ExecutableStagePayload_SideInputId[];
  readonly transforms: readonly string[];
  readonly outputs: readonly string[];
  readonly components?: Components | undefined;
  readonly userStates: readonly ExecutableStagePayload_UserStateId[];
  readonly timers: readonly ExecutableStagePayload_TimerId[];
  readonly wireCoderSettings: readonly ExecutableStagePayload_WireCoderSetting[];
  readonly timerFamilies: readonly ExecutableStagePayload_TimerFamilyId[];
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeExecutableStagePayload(m: Init<ExecutableStagePayload>): Uint8Array {
  return encodeMessage(writeExecutableStagePayload, m);
}
export function decodeExecutableStagePayload(bytes: Uint8Array): ExecutableStagePayload {
  return decodeMessage('ExecutableStagePayload', readExecutableStagePayload, bytes);
}
export function writeExecutableStagePayload(m: Init<ExecutableStagePayload>, w: Writer): void {
  if (m.environment !== undefined) {
    writeEnvironment(m.environment, w.uint32(10).fork()); w.ldelim();
  }
  if (m.input) {
    writeString(w, 18, m.input);
  }
  if (m.sideInputs !== undefined) {
    for (const item of m.sideInputs) {
      writeExecutableStagePayload_SideInputId(item, w.uint32(26).fork()); w.ldelim();
    }
  }
  if (m.transforms !== undefined) {
    for (const item of m.transforms) {
      writeString(w, 34, item);
    }
  }
  if (m.outputs !== undefined) {
    for (const item of m.outputs) {
      writeString(w, 42, item);
    }
  }
  if (m.components !== undefined) {
    writeComponents(m.components, w.uint32(50).fork()); w.ldelim();
  }
  if (m.userStates !== undefined) {
    for (const item of m.userStates) {
      writeExecutableStagePayload_UserStateId(item, w.uint32(58).fork()); w.ldelim();
    }
  }
  if (m.timers !== undefined) {
    for (const item of m.timers) {
      writeExecutableStagePayload_TimerId(item, w.uint32(66).fork()); w.ldelim();
    }
  }
  if (m.wireCoderSettings !== undefined) {
    for (const item of m.wireCoderSettings) {
      writeExecutableStagePayload_WireCoderSetting(item, w.uint32(74).fork()); w.ldelim();
    }
  }
  if (m.timerFamilies !== undefined) {
    for (const item of m.timerFamilies) {
      writeExecutableStagePayload_TimerFamilyId(item, w.uint32(82).fork()); w.ldelim();
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readExecutableStagePayload(r: Reader, depth: number): ExecutableStagePayload {
  const m: Draft<ExecutableStagePayload> = {
    environment: undefined,
    input: '',
    sideInputs: [],
    transforms: [],
    outputs: [],
    components: undefined,
    userStates: [],
    timers: [],
    wireCoderSettings: [],
    timerFamilies: [],
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.environment = readNested(r, readEnvironment, depth);
        break;
      case 18:
        m.input = readString(r);
        break;
      case 26:
        m.sideInputs.push(readNested(r, readExecutableStagePayload_SideInputId, depth));
        break;
      case 34:
        m.transforms.push(readString(r));
        break;
      case 42:
        m.outputs.push(readString(r));
        break;
      case 50:
        m.components = readNested(r, readComponents, depth);
        break;
      case 58:
        m.userStates.push(readNested(r, readExecutableStagePayload_UserStateId, depth));
        break;
      case 66:
        m.timers.push(readNested(r, readExecutableStagePayload_TimerId, depth));
        break;
      case 74:
        m.wireCoderSettings.push(readNested(r, readExecutableStagePayload_WireCoderSetting, depth));
        break;
      case 82:
        m.timerFamilies.push(readNested(r, readExecutableStagePayload_TimerFamilyId, depth));
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ExecutableStagePayload_SideInputId {
  readonly transformId: string;
  readonly localName: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeExecutableStagePayload_SideInputId(m: Init<ExecutableStagePayload_SideInputId>): Uint8Array {
  return encodeMessage(writeExecutableStagePayload_SideInputId, m);
}
export function decodeExecutableStagePayload_SideInputId(bytes: Uint8Array): ExecutableStagePayload_SideInputId {
  return decodeMessage('ExecutableStagePayload_SideInputId', readExecutableStagePayload_SideInputId, bytes);
}
export function writeExecutableStagePayload_SideInputId(m: Init<ExecutableStagePayload_SideInputId>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.localName) {
    writeString(w, 18, m.localName);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readExecutableStagePayload_SideInputId(r: Reader, _depth: number): ExecutableStagePayload_SideInputId {
  const m: Draft<ExecutableStagePayload_SideInputId> = {
    transformId: '',
    localName: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.localName = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ExecutableStagePayload_UserStateId {
  readonly transformId: string;
  readonly localName: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeExecutableStagePayload_UserStateId(m: Init<ExecutableStagePayload_UserStateId>): Uint8Array {
  return encodeMessage(writeExecutableStagePayload_UserStateId, m);
}
export function decodeExecutableStagePayload_UserStateId(bytes: Uint8Array): ExecutableStagePayload_UserStateId {
  return decodeMessage('ExecutableStagePayload_UserStateId', readExecutableStagePayload_UserStateId, bytes);
}
export function writeExecutableStagePayload_UserStateId(m: Init<ExecutableStagePayload_UserStateId>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.localName) {
    writeString(w, 18, m.localName);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readExecutableStagePayload_UserStateId(r: Reader, _depth: number): ExecutableStagePayload_UserStateId {
  const m: Draft<ExecutableStagePayload_UserStateId> = {
    transformId: '',
    localName: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.localName = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ExecutableStagePayload_TimerId {
  readonly transformId: string;
  readonly localName: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeExecutableStagePayload_TimerId(m: Init<ExecutableStagePayload_TimerId>): Uint8Array {
  return encodeMessage(writeExecutableStagePayload_TimerId, m);
}
export function decodeExecutableStagePayload_TimerId(bytes: Uint8Array): ExecutableStagePayload_TimerId {
  return decodeMessage('ExecutableStagePayload_TimerId', readExecutableStagePayload_TimerId, bytes);
}
export function writeExecutableStagePayload_TimerId(m: Init<ExecutableStagePayload_TimerId>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.localName) {
    writeString(w, 18, m.localName);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readExecutableStagePayload_TimerId(r: Reader, _depth: number): ExecutableStagePayload_TimerId {
  const m: Draft<ExecutableStagePayload_TimerId> = {
    transformId: '',
    localName: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.localName = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ExecutableStagePayload_TimerFamilyId {
  readonly transformId: string;
  readonly localName: string;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeExecutableStagePayload_TimerFamilyId(m: Init<ExecutableStagePayload_TimerFamilyId>): Uint8Array {
  return encodeMessage(writeExecutableStagePayload_TimerFamilyId, m);
}
export function decodeExecutableStagePayload_TimerFamilyId(bytes: Uint8Array): ExecutableStagePayload_TimerFamilyId {
  return decodeMessage('ExecutableStagePayload_TimerFamilyId', readExecutableStagePayload_TimerFamilyId, bytes);
}
export function writeExecutableStagePayload_TimerFamilyId(m: Init<ExecutableStagePayload_TimerFamilyId>, w: Writer): void {
  if (m.transformId) {
    writeString(w, 10, m.transformId);
  }
  if (m.localName) {
    writeString(w, 18, m.localName);
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readExecutableStagePayload_TimerFamilyId(r: Reader, _depth: number): ExecutableStagePayload_TimerFamilyId {
  const m: Draft<ExecutableStagePayload_TimerFamilyId> = {
    transformId: '',
    localName: '',
    unknownFields: undefined,
  };
  let unknown: UnknownFields | undefined;
  while (r.pos < r.len) {
    const start = r.pos;
    const tag = r.tag();
    switch (tag) {
      case 10:
        m.transformId = readString(r);
        break;
      case 18:
        m.localName = readString(r);
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

export interface ExecutableStagePayload_WireCoderSetting {
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly target?:
    | { readonly case: 'inputOrOutputId'; readonly value: string }
    | { readonly case: 'timer'; readonly value: ExecutableStagePayload_TimerId }
    | undefined;
  readonly unknownFields?: Uint8Array | undefined;
}
export function encodeExecutableStagePayload_WireCoderSetting(m: Init<ExecutableStagePayload_WireCoderSetting>): Uint8Array {
  return encodeMessage(writeExecutableStagePayload_WireCoderSetting, m);
}
export function decodeExecutableStagePayload_WireCoderSetting(bytes: Uint8Array): ExecutableStagePayload_WireCoderSetting {
  return decodeMessage('ExecutableStagePayload_WireCoderSetting', readExecutableStagePayload_WireCoderSetting, bytes);
}
export function writeExecutableStagePayload_WireCoderSetting(m: Init<ExecutableStagePayload_WireCoderSetting>, w: Writer): void {
  if (m.urn) {
    writeString(w, 10, m.urn);
  }
  if (m.payload !== undefined && m.payload.length > 0) {
    w.uint32(18).bytes(m.payload);
  }
  if (m.target !== undefined) {
    switch (m.target.case) {
      case 'inputOrOutputId':
        writeString(w, 26, m.target.value);
        break;
      case 'timer':
        writeExecutableStagePayload_TimerId(m.target.value, w.uint32(34).fork()); w.ldelim();
        break;
    }
  }
  if (m.unknownFields !== undefined) w.raw(m.unknownFields);
}
export function readExecutableStagePayload_WireCoderSetting(r: Reader, depth: number): ExecutableStagePayload_WireCoderSetting {
  const m: Draft<ExecutableStagePayload_WireCoderSetting> = {
    urn: '',
    payload: NO_BYTES,
    target: undefined,
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
        m.target = { case: 'inputOrOutputId', value: readString(r) };
        break;
      case 34:
        m.target = { case: 'timer', value: readNested(r, readExecutableStagePayload_TimerId, depth) };
        break;
      default:
        unknown = skipUnknown(r, start, tag, unknown);
    }
  }
  if (unknown !== undefined) m.unknownFields = unknownBytes(r, unknown);
  return m;
}

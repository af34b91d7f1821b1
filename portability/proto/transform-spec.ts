import { isStrahlError, StrahlError } from '../errors.js';
import { functionSpec, type FunctionSpec } from '../model/function-spec.js';
import { siteOf, type Transform } from '../model/graph.js';
import { coderId } from '../model/ids.js';
import type { CombineSpec, TransformSpec } from '../model/transform-spec.js';
import { TRANSFORM_URN } from '../urns.js';
import { boundednessFromProto, boundednessToProto, functionFromProto } from './components-proto.js';
import {
  decodeCombinePayload,
  decodeFunctionSpec,
  decodeReadPayload,
  decodeRedistributePayload,
  decodeWindowIntoPayload,
  encodeCombinePayload,
  encodeFunctionSpec,
  encodeReadPayload,
  encodeRedistributePayload,
  encodeWindowIntoPayload,
} from './generated/pipeline.js';
import { decodeRemoteGrpcPort, encodeRemoteGrpcPort } from './generated/remote-port.js';
import { readParDo, required, writeParDo } from './par-do-proto.js';
import { readTestStream, writeTestStream } from './test-stream-proto.js';
import { readWindowFn, writeWindowFn } from './window-fn.js';

type Kind = TransformSpec['kind'];
type CombineKind = Extract<TransformSpec, CombineSpec<string>>['kind'];

/** The kinds that one URN stands for; `redistribute` has two, and two kinds have none. */
const URNS: Readonly<Record<Exclude<Kind, 'redistribute' | 'composite' | 'unknown'>, string>> = {
  'par-do': TRANSFORM_URN.PAR_DO,
  impulse: TRANSFORM_URN.IMPULSE,
  'group-by-key': TRANSFORM_URN.GROUP_BY_KEY,
  flatten: TRANSFORM_URN.FLATTEN,
  reshuffle: TRANSFORM_URN.RESHUFFLE,
  'window-into': TRANSFORM_URN.ASSIGN_WINDOWS,
  'test-stream': TRANSFORM_URN.TEST_STREAM,
  read: TRANSFORM_URN.READ,
  'map-windows': TRANSFORM_URN.MAP_WINDOWS,
  'merge-windows': TRANSFORM_URN.MERGE_WINDOWS,
  'combine-per-key': TRANSFORM_URN.COMBINE_PER_KEY,
  'combine-globally': TRANSFORM_URN.COMBINE_GLOBALLY,
  'combine-precombine': TRANSFORM_URN.COMBINE_PER_KEY_PRECOMBINE,
  'combine-merge-accumulators': TRANSFORM_URN.COMBINE_PER_KEY_MERGE_ACCUMULATORS,
  'combine-extract-outputs': TRANSFORM_URN.COMBINE_PER_KEY_EXTRACT_OUTPUTS,
  'combine-convert-to-accumulators': TRANSFORM_URN.COMBINE_PER_KEY_CONVERT_TO_ACCUMULATORS,
  'combine-grouped-values': TRANSFORM_URN.COMBINE_GROUPED_VALUES,
  'sdf-pair-with-restriction': TRANSFORM_URN.SDF_PAIR_WITH_RESTRICTION,
  'sdf-split-and-size': TRANSFORM_URN.SDF_SPLIT_AND_SIZE_RESTRICTIONS,
  'sdf-process-sized': TRANSFORM_URN.SDF_PROCESS_SIZED_ELEMENTS_AND_RESTRICTIONS,
  'sdf-truncate': TRANSFORM_URN.SDF_TRUNCATE_SIZED_RESTRICTION,
  'runner-source': TRANSFORM_URN.DATA_SOURCE,
  'runner-sink': TRANSFORM_URN.DATA_SINK,
};

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...Object.entries(URNS).map(([kind, urn]) => [urn, kind as Kind] as const),
  [TRANSFORM_URN.REDISTRIBUTE_BY_KEY, 'redistribute'],
  [TRANSFORM_URN.REDISTRIBUTE_ARBITRARILY, 'redistribute'],
]);

const known = new WeakMap<Transform, TransformSpec>();
const COMPOSITE: TransformSpec = Object.freeze({ kind: 'composite' });

/**
 * The typed view of what a transform does; made once per transform.
 *
 * @throws STRAHL-2002 when the payload of a known URN cannot be understood
 * @example
 * ```ts
 * import { readTransformSpec, type Transform } from 'strahl/portability';
 * const isStateful = (transform: Transform) => {
 *   const spec = readTransformSpec(transform);
 *   return spec.kind === 'par-do' && spec.stateSpecs.size > 0;
 * };
 * ```
 */
export function readTransformSpec(transform: Transform): TransformSpec {
  const found = known.get(transform);
  if (found !== undefined) return found;
  const spec = parse(transform);
  known.set(transform, spec);
  return spec;
}

function parse(transform: Transform): TransformSpec {
  const { spec } = transform;
  if (spec === undefined || spec.urn === '') return COMPOSITE;
  const kind = KINDS.get(spec.urn) ?? 'unknown';
  try {
    return Object.freeze(parsePayload(kind, spec));
  } catch (cause) {
    const site = siteOf(transform);
    throw new StrahlError('unsupportedUrn', {
      title: `the payload of ${spec.urn} cannot be understood`,
      step: transform.uniqueName,
      ...(site === undefined ? {} : { site }),
      why: isStrahlError(cause)
        ? [cause.title, cause.why].filter((text) => text !== undefined).join(': ')
        : (cause as Error).message,
      cause,
    });
  }
}

function parsePayload(kind: Kind, spec: FunctionSpec): TransformSpec {
  const { urn, payload } = spec;
  switch (kind) {
    case 'par-do':
      return readParDo(payload);
    case 'sdf-pair-with-restriction':
    case 'sdf-split-and-size':
    case 'sdf-process-sized':
    case 'sdf-truncate':
      return { kind, parDo: readParDo(payload) };
    case 'impulse':
    case 'group-by-key':
    case 'flatten':
    case 'reshuffle':
    case 'composite':
      return { kind };
    case 'window-into': {
      const windowFn = required('window_fn', decodeWindowIntoPayload(payload).windowFn);
      return { kind, windowFn: readWindowFn(windowFn) };
    }
    case 'test-stream':
      return readTestStream(payload);
    case 'read':
      return readSource(payload);
    case 'redistribute': {
      const { allowDuplicates } = decodeRedistributePayload(payload);
      return { kind, byKey: urn === TRANSFORM_URN.REDISTRIBUTE_BY_KEY, allowDuplicates };
    }
    case 'map-windows':
    case 'merge-windows':
      return { kind, windowFn: functionFromProto(decodeFunctionSpec(payload)) };
    case 'runner-source':
    case 'runner-sink':
      return { kind, coderId: coderId(decodeRemoteGrpcPort(payload).coderId) };
    case 'unknown':
      return { kind, spec };
    default:
      return combine(kind, payload);
  }
}

function readSource(payload: Uint8Array): TransformSpec {
  const { source, isBounded } = decodeReadPayload(payload);
  const boundedness = boundednessFromProto(isBounded, 'the source');
  return { kind: 'read', source: required('source', source), boundedness };
}

function combine(kind: CombineKind, payload: Uint8Array): CombineSpec<CombineKind> {
  const { combineFn, accumulatorCoderId } = decodeCombinePayload(payload);
  return {
    kind,
    combineFn: required('combine_fn', combineFn),
    accumulatorCoderId: coderId(accumulatorCoderId),
  };
}

type Primitive = Exclude<TransformSpec, { readonly kind: 'composite' }>;

/**
 * The inverse of `readTransformSpec`; `undefined` for a composite, which has no meaning of its own.
 *
 * @example
 * ```ts
 * import { writeTransformSpec } from 'strahl/portability';
 * const { urn } = writeTransformSpec({ kind: 'group-by-key' });
 * ```
 */
export function writeTransformSpec(spec: Primitive): FunctionSpec;
export function writeTransformSpec(spec: TransformSpec): FunctionSpec | undefined;
export function writeTransformSpec(spec: TransformSpec): FunctionSpec | undefined {
  switch (spec.kind) {
    case 'composite':
      return undefined;
    case 'unknown':
      return spec.spec;
    case 'test-stream':
      return writeTestStream(spec);
    case 'redistribute': {
      const urn = spec.byKey
        ? TRANSFORM_URN.REDISTRIBUTE_BY_KEY
        : TRANSFORM_URN.REDISTRIBUTE_ARBITRARILY;
      return functionSpec(urn, encodeRedistributePayload(spec));
    }
    default:
      return functionSpec(URNS[spec.kind], payloadOf(spec));
  }
}

function payloadOf(
  spec: Exclude<Primitive, { readonly kind: 'unknown' | 'redistribute' | 'test-stream' }>,
): Uint8Array | undefined {
  switch (spec.kind) {
    case 'impulse':
    case 'group-by-key':
    case 'flatten':
    case 'reshuffle':
      return undefined;
    case 'par-do':
      return writeParDo(spec);
    case 'sdf-pair-with-restriction':
    case 'sdf-split-and-size':
    case 'sdf-process-sized':
    case 'sdf-truncate':
      return writeParDo(spec.parDo);
    case 'window-into':
      return encodeWindowIntoPayload({ windowFn: writeWindowFn(spec.windowFn) });
    case 'read': {
      const isBounded = boundednessToProto(spec.boundedness);
      return encodeReadPayload({ source: spec.source, isBounded });
    }
    case 'map-windows':
    case 'merge-windows':
      return encodeFunctionSpec(spec.windowFn);
    case 'runner-source':
    case 'runner-sink':
      return encodeRemoteGrpcPort({ coderId: spec.coderId });
    default: {
      const { combineFn, accumulatorCoderId } = spec;
      return encodeCombinePayload({ combineFn, accumulatorCoderId });
    }
  }
}

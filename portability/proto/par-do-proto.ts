import { functionSpec } from '../model/function-spec.js';
import { coderId } from '../model/ids.js';
import type { ParDoSpec, SideInputSpec, StateSpec, TimeDomain } from '../model/transform-spec.js';
import { USER_STATE_URN } from '../urns.js';
import type { Init } from './codec.js';
import { functionFromProto, mapValues } from './components-proto.js';
import {
  decodeParDoPayload,
  encodeParDoPayload,
  TimeDomain as TimeDomainProto,
  type FunctionSpec as FunctionMessage,
  type SideInput,
  type StateSpec as StateMessage,
  type TimerFamilySpec,
} from './generated/pipeline.js';

/**
 * The payload that a spec was read from, so that writing it gives the same bytes, fields of a newer Beam
 * included (G3 of `model/graph.ts`). A changed copy does not have it: spreading leaves out what is not enumerable.
 */
const PAYLOAD: unique symbol = Symbol('payload');

const TIME_DOMAIN: Readonly<Record<TimeDomain, TimeDomainProto>> = {
  'event-time': TimeDomainProto.EVENT_TIME,
  'processing-time': TimeDomainProto.PROCESSING_TIME,
};

/** Throws a plain Error that says what is wrong with the payload. */
export function readParDo(payload: Uint8Array): ParDoSpec {
  const m = decodeParDoPayload(payload);
  const spec: ParDoSpec = {
    kind: 'par-do',
    doFn: required('do_fn', m.doFn),
    sideInputs: mapValues(m.sideInputs, sideInputFromProto),
    stateSpecs: mapValues(m.stateSpecs, stateFromProto),
    timerFamilies: mapValues(m.timerFamilySpecs, timerFromProto),
    ...(m.restrictionCoderId === '' ? {} : { restrictionCoderId: coderId(m.restrictionCoderId) }),
    requestsFinalization: m.requestsFinalization,
    requiresTimeSortedInput: m.requiresTimeSortedInput,
    requiresStableInput: m.requiresStableInput,
    ...(m.onWindowExpirationTimerFamilySpec === ''
      ? {}
      : { onWindowExpirationTimerFamily: m.onWindowExpirationTimerFamilySpec }),
  };
  Object.defineProperty(spec, PAYLOAD, { value: payload });
  return Object.freeze(spec);
}

export function writeParDo(spec: ParDoSpec): Uint8Array {
  const { [PAYLOAD]: exact } = spec as { readonly [PAYLOAD]?: Uint8Array };
  if (exact !== undefined) return exact;
  return encodeParDoPayload({
    doFn: spec.doFn,
    sideInputs: spec.sideInputs,
    stateSpecs: mapValues(spec.stateSpecs, stateToProto),
    timerFamilySpecs: mapValues(spec.timerFamilies, ({ domain, coderId: timerFamilyCoderId }) => ({
      timeDomain: TIME_DOMAIN[domain],
      timerFamilyCoderId,
    })),
    restrictionCoderId: spec.restrictionCoderId,
    requestsFinalization: spec.requestsFinalization,
    requiresTimeSortedInput: spec.requiresTimeSortedInput,
    requiresStableInput: spec.requiresStableInput,
    onWindowExpirationTimerFamilySpec: spec.onWindowExpirationTimerFamily,
  });
}

/** A message field that has no meaning when absent. */
export function required(
  field: string,
  message: FunctionMessage | undefined,
): ReturnType<typeof functionFromProto> {
  if (message === undefined) throw new Error(`${field} is missing`);
  return functionFromProto(message);
}

function sideInputFromProto(m: SideInput, name: string): SideInputSpec {
  const of = (field: string): string => `${field} of side input "${name}"`;
  return Object.freeze({
    accessPattern: required(of('access_pattern'), m.accessPattern),
    viewFn: required(of('view_fn'), m.viewFn),
    windowMappingFn: required(of('window_mapping_fn'), m.windowMappingFn),
  });
}

function timerFromProto(
  { timeDomain, timerFamilyCoderId }: TimerFamilySpec,
  family: string,
): { readonly domain: TimeDomain; readonly coderId: ReturnType<typeof coderId> } {
  for (const domain of ['event-time', 'processing-time'] as const) {
    if (TIME_DOMAIN[domain] === timeDomain) return { domain, coderId: coderId(timerFamilyCoderId) };
  }
  throw new Error(`timer family "${family}" has time domain ${String(timeDomain)}`);
}

function stateFromProto({ spec, protocol }: StateMessage, name: string): StateSpec {
  switch (spec?.case) {
    case 'readModifyWriteSpec':
      return { kind: 'value', coderId: coderId(spec.value.coderId) };
    case 'bagSpec':
      return { kind: 'bag', coderId: coderId(spec.value.elementCoderId) };
    case 'setSpec':
      return {
        kind: 'set',
        coderId: coderId(spec.value.elementCoderId),
        ...(protocol?.urn === BAG.urn ? { asBag: true } : {}),
      };
    case 'orderedListSpec':
      return { kind: 'ordered-list', coderId: coderId(spec.value.elementCoderId) };
    case 'combiningSpec': {
      const combineFn = required(`combine_fn of state "${name}"`, spec.value.combineFn);
      return { kind: 'combining', coderId: coderId(spec.value.accumulatorCoderId), combineFn };
    }
    case 'mapSpec':
    case 'multimapSpec':
      return {
        kind: spec.case === 'mapSpec' ? 'map' : 'multimap',
        keyCoderId: coderId(spec.value.keyCoderId),
        valueCoderId: coderId(spec.value.valueCoderId),
      };
    case undefined:
      throw new Error(`state "${name}" is of no known kind`);
  }
}

function stateToProto(spec: StateSpec): Init<StateMessage> {
  switch (spec.kind) {
    case 'value': {
      const value = { coderId: spec.coderId };
      return { spec: { case: 'readModifyWriteSpec', value }, protocol: BAG };
    }
    case 'bag':
      return { spec: { case: 'bagSpec', value: elements(spec) }, protocol: BAG };
    case 'set':
      return {
        spec: { case: 'setSpec', value: elements(spec) },
        protocol: spec.asBag === true ? BAG : MULTIMAP,
      };
    case 'ordered-list':
      return { spec: { case: 'orderedListSpec', value: elements(spec) }, protocol: ORDERED_LIST };
    case 'combining': {
      const value = { accumulatorCoderId: spec.coderId, combineFn: spec.combineFn };
      return { spec: { case: 'combiningSpec', value }, protocol: BAG };
    }
    case 'map':
    case 'multimap': {
      const { keyCoderId, valueCoderId } = spec;
      const name = spec.kind === 'map' ? 'mapSpec' : 'multimapSpec';
      return { spec: { case: name, value: { keyCoderId, valueCoderId } }, protocol: MULTIMAP };
    }
  }
}

function elements(spec: { readonly coderId: string }): { readonly elementCoderId: string } {
  return { elementCoderId: spec.coderId };
}

/** Which state requests reach a cell of each kind. */
const BAG = functionSpec(USER_STATE_URN.BAG);
const MULTIMAP = functionSpec(USER_STATE_URN.MULTIMAP);
const ORDERED_LIST = functionSpec(USER_STATE_URN.ORDERED_LIST);

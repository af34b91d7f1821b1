import { StrahlError } from '../../errors.js';
import { transformId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import type { StateKey as StateKeyMessage } from '../../proto/generated/fn-api.js';
import type { SideStateKey, StateKey, UserStateKey } from '../connection.js';

/** The name of a cell as the Fn API writes it. */
export function stateKeyToProto(key: StateKey): Init<StateKeyMessage> {
  if (key.kind === 'group-values') return { type: { case: 'runner', value: { key: key.token } } };
  const { transform, window } = key;
  if ('sideInput' in key) {
    return { type: sideKeyToProto(key) };
  }
  const cell = { transformId: transform, userStateId: key.state, window, key: key.key };
  switch (key.kind) {
    case 'bag':
      return { type: { case: 'bagUserState', value: cell } };
    case 'multimap':
      return { type: { case: 'multimapUserState', value: { ...cell, mapKey: key.mapKey } } };
    case 'multimap-keys':
      return { type: { case: 'multimapKeysUserState', value: cell } };
    case 'multimap-entries':
      return { type: { case: 'multimapEntriesUserState', value: cell } };
    case 'ordered-list': {
      const range = { start: BigInt(key.start), end: BigInt(key.end) };
      return { type: { case: 'orderedListUserState', value: { ...cell, range } } };
    }
  }
}

/** @throws STRAHL-2001 for a kind of state that this runner does not keep */
export function stateKeyFromProto(message: StateKeyMessage | undefined): StateKey {
  const type = message?.type;
  switch (type?.case) {
    case 'iterableSideInput':
      return { kind: 'iterable-side-input', ...sideOf(type.value) };
    case 'multimapSideInput':
      return { kind: 'multimap-side-input', ...sideOf(type.value), key: type.value.key };
    case 'multimapKeysSideInput':
      return { kind: 'multimap-keys-side-input', ...sideOf(type.value) };
    case 'multimapKeysValuesSideInput':
      return { kind: 'multimap-keys-values-side-input', ...sideOf(type.value) };
    case 'runner':
      return { kind: 'group-values', token: type.value.key };
    case 'bagUserState':
      return { kind: 'bag', ...cellOf(type.value) };
    case 'multimapUserState':
      return { kind: 'multimap', ...cellOf(type.value), mapKey: type.value.mapKey };
    case 'multimapKeysUserState':
      return { kind: 'multimap-keys', ...cellOf(type.value) };
    case 'multimapEntriesUserState':
      return { kind: 'multimap-entries', ...cellOf(type.value) };
    case 'orderedListUserState': {
      const { start = 0n, end = 0n } = type.value.range ?? {};
      const range = { start: Number(start), end: Number(end) };
      return { kind: 'ordered-list', ...cellOf(type.value), ...range };
    }
    default:
      throw new StrahlError('unsupportedFeature', {
        title: 'state of an unknown kind is not kept here',
      });
  }
}

/** @throws STRAHL-2001 for what is read only */
export function userStateKeyFromProto(message: StateKeyMessage | undefined): UserStateKey {
  const key = stateKeyFromProto(message);
  if ('state' in key) return key;
  throw new StrahlError('unsupportedFeature', { title: `${key.kind} cannot be written` });
}

function sideKeyToProto(key: SideStateKey): NonNullable<Init<StateKeyMessage>['type']> {
  const { transform: transformId, sideInput: sideInputId, window } = key;
  const value = { transformId, sideInputId, window };
  switch (key.kind) {
    case 'iterable-side-input':
      return { case: 'iterableSideInput', value };
    case 'multimap-side-input':
      return { case: 'multimapSideInput', value: { ...value, key: key.key } };
    case 'multimap-keys-side-input':
      return { case: 'multimapKeysSideInput', value };
    case 'multimap-keys-values-side-input':
      return { case: 'multimapKeysValuesSideInput', value };
  }
}

function sideOf(m: {
  readonly transformId: string;
  readonly sideInputId: string;
  readonly window: Uint8Array;
}): Pick<SideStateKey, 'transform' | 'sideInput' | 'window'> {
  const { transformId: transform, sideInputId: sideInput, window } = m;
  return { transform: transformId(transform), sideInput, window };
}

type Cell = Pick<UserStateKey, 'transform' | 'state' | 'window' | 'key'>;

function cellOf(m: {
  readonly transformId: string;
  readonly userStateId: string;
  readonly window: Uint8Array;
  readonly key: Uint8Array;
}): Cell {
  const { transformId: transform, userStateId: state, window, key } = m;
  return { transform: transformId(transform), state, window, key };
}

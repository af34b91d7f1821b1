import { StrahlError } from '../errors.js';
import { TIMESTAMP_MIN, type ProcessingTime } from '../model/time.js';
import type { BundleTimes, StateAccess, UserStateKey } from './connection.js';

/** Of bundles without a stage that keeps state around them: nothing is due. */
export const NO_TIMES: BundleTimes = Object.freeze({
  input: TIMESTAMP_MIN,
  processing: Number.NEGATIVE_INFINITY as ProcessingTime,
});

/** State of a bundle whose stage has none. */
export const NO_STATE: StateAccess = Object.freeze({
  read: () => [],
  append: refuseUserState,
  clear: refuseUserState,
});

/** @throws STRAHL-8001: the stage has no such state */
export function refuseUserState({ transform, state }: UserStateKey): never {
  throw new StrahlError('protocolBroken', {
    title: `${transform} uses state "${state}", but its stage keeps none`,
  });
}

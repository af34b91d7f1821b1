import type { BundleId, StageId, TransformId } from '../../model/ids.js';
import { duration } from '../../model/time.js';
import type { Frame } from '../../wire/frames.js';
import type { BundleRequest } from '../connection.js';
import { NO_STATE, NO_TIMES } from '../no-state.js';

/** One frame through a stage that merges or maps: nothing bounds the bundle, and it has neither state nor timers. */
export function requestOfFrame(
  bundle: BundleId,
  stage: StageId,
  source: TransformId,
  frame: Frame,
): BundleRequest {
  return {
    bundle,
    stage,
    inputs: [{ transform: source, frames: [frame] }],
    timers: [],
    times: NO_TIMES,
    state: NO_STATE,
    limits: { elements: Infinity, outputBytes: Infinity, time: duration(Infinity) },
    signal: new AbortController().signal,
  };
}

import type { BundleRequest } from '#portability/fnapi/connection.js';
import { NO_TIMES } from '#portability/fnapi/no-state.js';
import type { StageId, TransformId } from '#portability/model/ids.js';
import { framesOf, type Bundle } from '../bundle.js';

/** What a stage asks of its user code for a bundle, if its steps keep no state and set no timers. */
export function plainRequest(
  { id, attempt, input }: Bundle,
  { stage, source }: { readonly stage: StageId; readonly source: TransformId },
  given: Pick<BundleRequest, 'state' | 'limits' | 'signal'>,
): BundleRequest {
  return {
    bundle: id,
    attempt,
    stage,
    inputs: [{ transform: source, frames: framesOf(input) }],
    timers: [],
    times: NO_TIMES,
    ...given,
  };
}

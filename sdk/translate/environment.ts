import { COUNTED_CODER_URN } from '#portability/coders/plain/plain-urns.js';
import { CODER_URN, ENVIRONMENT_URN } from '#portability/urns.js';
import type { Environment } from '#portability/model/graph.js';
import { PLAIN_CODER_URN, PLAIN_KEY_CODER_URN } from '../dofn/function-ref.js';

const NOTHING = new Uint8Array(0);

/**
 * Where the functions run: the runner decides. The capabilities are the coders that this SDK reads and
 * writes itself, so that a runner puts no length before them. A user's coder is not among them: only the user can tell
 * where its bytes end.
 */
export const ENVIRONMENT_OF_SDK: Environment = Object.freeze({
  urn: ENVIRONMENT_URN.DEFAULT,
  payload: NOTHING,
  displayData: [],
  capabilities: [
    ...Object.values(CODER_URN).filter((urn) => urn !== CODER_URN.SCHEMA),
    PLAIN_CODER_URN,
    PLAIN_KEY_CODER_URN,
    COUNTED_CODER_URN,
  ],
  dependencies: [],
  resourceHints: new Map(),
});

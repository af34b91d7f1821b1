import type { Environment } from '#portability/model/graph.js';
import { PLAIN_CODER_URN, PLAIN_KEY_CODER_URN } from '../dofn/function-ref.js';

const NOTHING = new Uint8Array(0);

/**
 * Where the functions run: the runner decides. The capabilities are the coders that this SDK reads and
 * writes itself, so that a runner puts no length before them. A user's coder is not among them: only the user can tell
 * where its bytes end.
 */
export const ENVIRONMENT_OF_SDK: Environment = Object.freeze({
  urn: 'beam:env:default:v1',
  payload: NOTHING,
  displayData: [],
  capabilities: [
    ...['bytes', 'string_utf8', 'kv', 'bool', 'varint', 'double', 'iterable', 'timer'],
    ...['interval_window', 'length_prefix', 'global_window', 'windowed_value'],
    ...['param_windowed_value', 'state_backed_iterable', 'custom_window', 'row', 'sharded_key'],
    'nullable',
  ]
    .map((name) => `beam:coder:${name}:v1`)
    .concat(PLAIN_CODER_URN, PLAIN_KEY_CODER_URN),
  dependencies: [],
  resourceHints: new Map(),
});

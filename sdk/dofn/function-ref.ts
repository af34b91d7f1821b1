import { StrahlError } from '#portability/errors.js';
import { functionSpec, type FunctionSpec } from '#portability/model/function-spec.js';
import { textOf } from '#portability/wire/native-buffer.js';

/**
 * How a graph names functions. They are never serialised: whoever runs the graph imports the same
 * module, builds the same pipeline and finds each function by the path of its transform.
 */
export const MODULE_REF_URN = 'strahl:fn:module_ref:v1';
/** A custom window function; payload as `MODULE_REF_URN`. */
export const WINDOW_FN_REF_URN = 'strahl:window_fn:module_ref:v1';
/** The elements themselves: an `iterable` of the output's coder (int32 count, nested elements). */
export const CREATE_URN = 'strahl:fn:create:v1';
/** The integers of [from, to): two varints. Splittable; its restriction is `{ from, to }`. */
export const SEQUENCE_URN = 'strahl:fn:sequence:v1';
export {
  PLAIN_CODER_URN,
  PLAIN_KEY_CODER_URN,
  /** A user's coder; payload as `MODULE_REF_URN`. */
  USER_CODER_URN as CODER_REF_URN,
} from '#portability/coders/plain/plain-urns.js';

const encoder = new TextEncoder();

export function functionRef(path: string, urn: string = MODULE_REF_URN): FunctionSpec {
  return functionSpec(urn, encoder.encode(JSON.stringify({ path })));
}

/** The path inside a payload that `functionRef` wrote. @throws STRAHL-5002 for any other payload */
export function pathOf({ urn, payload }: FunctionSpec): string {
  const path = pathIn(textOf(payload));
  if (path !== undefined) return path;
  throw new StrahlError('cannotDecode', { title: `the payload of ${urn} is not a reference` });
}

function pathIn(text: string): string | undefined {
  try {
    const { path } = JSON.parse(text) as { readonly path?: unknown };
    return typeof path === 'string' ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A name that both sides know and bytes that only they understand; unknown ones pass through untouched.
 *
 * @example
 * ```ts
 * import { functionSpec, type FunctionSpec } from 'strahl/portability';
 * const impulse: FunctionSpec = functionSpec('beam:transform:impulse:v1');
 * ```
 */
export interface FunctionSpec {
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly unknownFields?: Uint8Array;
}

const EMPTY = new Uint8Array(0);

/**
 * A URN with its payload, frozen.
 *
 * @example
 * ```ts
 * import { functionSpec } from 'strahl/portability';
 * const impulse = functionSpec('beam:transform:impulse:v1');
 * ```
 */
export function functionSpec(urn: string, payload: Uint8Array = EMPTY): FunctionSpec {
  return Object.freeze({ urn, payload });
}

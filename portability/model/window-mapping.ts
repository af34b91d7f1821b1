import { functionSpec, type FunctionSpec } from './function-spec.js';
import { duration, type Duration } from './time.js';

/** The window function of the side input, applied to the last timestamp of the main window (SID-1). */
export const DEFAULT_MAPPING: FunctionSpec = functionSpec('strahl:window_mapping_fn:default:v1');

/** The window function of the side input, applied to a time that a function of the user finds. */
const MAPPING_AT_URN = 'strahl:window_mapping_fn:at:v1';

export interface MappingAt {
  /** Path of the function that reads the side input, and its name there. */
  readonly path: string;
  readonly side: string;
  /** How much earlier than the main window a side window may end. */
  readonly lookback: Duration;
}

export function writeMappingAt(mapping: MappingAt): FunctionSpec {
  return functionSpec(MAPPING_AT_URN, new TextEncoder().encode(JSON.stringify(mapping)));
}

/** `undefined` for another mapping. */
export function readMappingAt({ urn, payload }: FunctionSpec): MappingAt | undefined {
  if (urn !== MAPPING_AT_URN) return undefined;
  const read = JSON.parse(new TextDecoder().decode(payload)) as Readonly<Record<string, unknown>>;
  const { path, side, lookback } = read;
  return { path: String(path), side: String(side), lookback: duration(Number(lookback)) };
}

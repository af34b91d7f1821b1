import type { CoderSpec } from '../model/graph.js';
import type { CoderId } from '../model/ids.js';
import { CODER_URN } from '../urns.js';
import {
  COUNTED_CODER_URN,
  PLAIN_CODER_URN,
  PLAIN_KEY_CODER_URN,
  USER_CODER_URN,
} from './plain/plain-urns.js';

/** Coders with a word of their own; those of Beam are called as the middle of their URN. */
const NAMES: ReadonlyMap<string, string> = new Map<string, string>([
  ...Object.values(CODER_URN).map((urn) => [urn, urn.split(':')[2]!.replaceAll('_', ' ')] as const),
  [CODER_URN.STRING_UTF8, 'string'],
  [PLAIN_CODER_URN, 'plain data'],
  [PLAIN_KEY_CODER_URN, 'plain key'],
  [USER_CODER_URN, 'own coder'],
  [COUNTED_CODER_URN, 'counted'],
]);

/** Deeper coders are cut, so that one within itself has a name, too. */
const MAX_DEPTH = 20;

/**
 * A coder as people read it: `kv<plain key, iterable<varint>>`. One that neither Beam nor Strahl defines is
 * called by its URN. A length that a runner puts before a value is left out.
 */
export function coderName(coders: ReadonlyMap<CoderId, CoderSpec>, id: CoderId, depth = 0): string {
  const coder = coders.get(id);
  if (coder === undefined || depth > MAX_DEPTH) return '…';
  const { spec, componentIds } = coder;
  const parts = componentIds.map((part) => coderName(coders, part, depth + 1));
  if (spec.urn === CODER_URN.LENGTH_PREFIX && parts.length === 1) return parts[0]!;
  const name = NAMES.get(spec.urn) ?? spec.urn;
  return parts.length === 0 ? name : `${name}<${parts.join(', ')}>`;
}

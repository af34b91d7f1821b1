import type { StatePage } from '#portability/fnapi/connection.js';
import type { Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';

/**
 * A page of the values that a frame of a bundle does not hold.
 *
 * @param next where to go on: what the page before has answered
 */
export function lazyPage(
  frames: readonly Frame[],
  token: Uint8Array,
  next: Uint8Array | undefined,
): StatePage {
  const lazy = frames.find((frame) => isToken(frame.lazy?.token, token))?.lazy;
  if (lazy === undefined) throw new RangeError('the bundle has no group with such values');
  const n = next === undefined ? 0 : new ByteReader(next).varint();
  const data = lazy.page(n);
  return n + 1 < lazy.pages ? { data, token: tokenOf(n + 1) } : { data };
}

function isToken(known: Uint8Array | undefined, token: Uint8Array): boolean {
  return known?.length === token.length && known.every((byte, i) => byte === token[i]);
}

function tokenOf(n: number): Uint8Array {
  const out = new ByteWriter(8);
  out.varint(n);
  return out.toBytes();
}

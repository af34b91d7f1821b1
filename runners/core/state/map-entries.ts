import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { ElementEnd } from '../plan/plan.js';

/**
 * A key of a map with an iterable of its values: their number, then the values. `undefined` where values take no bytes,
 * so that nobody can tell how many they are.
 */
export function entryOf(
  key: Uint8Array,
  parts: readonly Uint8Array[],
  value: ElementEnd,
): Uint8Array | undefined {
  // A value may begin in one part and end in the next.
  const values = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  const input = new ByteReader(values);
  let count = 0;
  for (let from = 0; from < values.length; from = input.pos, count++) {
    value.skip(input);
    if (input.pos === from) return undefined;
  }
  const out = new ByteWriter(key.length + values.length + COUNT_BYTES);
  out.raw(key);
  out.int32(count);
  out.raw(values);
  return out.toBytes();
}

const COUNT_BYTES = 4;

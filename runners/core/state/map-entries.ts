import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { ElementEnd } from '../plan/plan.js';

/** A key of a map with an iterable of its values: their number, then the values. */
export function entryOf(
  key: Uint8Array,
  parts: readonly Uint8Array[],
  value: ElementEnd,
): Uint8Array {
  // A value may begin in one part and end in the next.
  const values = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  const input = new ByteReader(values);
  let count = 0;
  for (; input.remaining > 0; count++) value.skip(input);
  const out = new ByteWriter(key.length + values.length + COUNT_BYTES);
  out.raw(key);
  out.int32(count);
  out.raw(values);
  return out.toBytes();
}

const COUNT_BYTES = 4;

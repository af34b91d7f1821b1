import { ByteReader } from '#portability/wire/reader.js';
import type { SourceSpec } from '../dofn/source.js';

/** The source that a payload of `SEQUENCE_URN` stands for: two varints, from and to. */
export function sequenceOf(
  payload: Uint8Array,
): Pick<SourceSpec<unknown, unknown>, 'initial' | 'split' | 'size'> {
  const reader = new ByteReader(payload);
  const from = reader.varint();
  const to = reader.varint();
  return { initial: () => ({ from, to }) };
}

import { ByteReader } from '#portability/wire/reader.js';
import type { OffsetRange } from '../../dofn/offset-tracker.js';
import type { RestrictionSpec } from './restriction-spec.js';

/** The integers that a payload of `SEQUENCE_URN` stands for: two varints, from and to. Always bounded. */
export function sequenceOf(payload: Uint8Array): RestrictionSpec {
  const reader = new ByteReader(payload);
  const from = reader.varint();
  const to = reader.varint();
  return {
    initial: () => ({ from, to }),
    size: (r) => (r as OffsetRange).to - (r as OffsetRange).from,
    truncate: (r) => r,
    begin: (r) => r,
    restrictionOf: (wire) => wire,
    replaced: (_wire, r) => r,
  };
}

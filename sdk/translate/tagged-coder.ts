import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { ComposedCoder } from '../dofn/user-function.js';

/** A number `i`, and a value in the coder of the i-th component: what meets in one group has one coder. */
export const taggedCoder: ComposedCoder = (coders) => ({
  encode(tagged) {
    const [i, value] = tagged as readonly [number, unknown];
    const out = new ByteWriter();
    out.varint(i);
    coders[i]!.encode(value, out);
    return out.toBytes();
  },
  decode(bytes) {
    const input = new ByteReader(bytes);
    const i = input.varint();
    const coder = coders[i] ?? input.fail(`there is no input ${String(i)}`);
    return [i, coder.decode(input)];
  },
});

import { plainCoder } from '#portability/coders/plain.js';
import { ByteWriter } from '#portability/wire/writer.js';

const scratch = new ByteWriter();

/** How many bytes a value takes as plain data. @throws STRAHL-5001 for what is none */
export function plainBytes(value: unknown): number {
  scratch.pos = 0;
  plainCoder.encode(value, scratch);
  return scratch.pos;
}

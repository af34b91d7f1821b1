import { Readable } from 'node:stream';
import { fileError } from '../file-error.js';
import type { Feed } from './replay.js';
import { unpack, type Compression, type UnpackLimits } from './unpack.js';

/**
 * The unpacked bytes of standard input. Under `'auto'` the first two bytes tell whether it is packed.
 * There is one standard input per process: a second source over it gets what the first left.
 */
export async function standardInput(
  input: Readable,
  options: UnpackLimits & { readonly compression?: Compression },
  onBytes: (bytes: number) => void,
): Promise<Feed<Buffer>> {
  const pieces = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await pieces.next().catch((e: unknown) => {
    throw fileError('read', 'standard input', e);
  });
  const compression = options.compression ?? 'auto';
  const packed = first.done !== true && first.value[0] === 0x1f && first.value[1] === 0x8b;
  let step: IteratorResult<Buffer, unknown> | undefined = first;
  const next = async (): Promise<Buffer | undefined> => {
    const result: IteratorResult<Buffer, unknown> = step ?? (await pieces.next());
    step = undefined;
    return result.done === true ? undefined : result.value;
  };
  if (compression === 'gzip' || (compression === 'auto' && packed)) {
    return unpack(Readable.from(drain(next)), 'standard input', options, onBytes);
  }
  return {
    lengthOf: (piece) => piece.length,
    close: () => {
      input.destroy();
    },
    async next() {
      const piece = await next();
      if (piece !== undefined) onBytes(piece.length);
      return piece;
    },
  };
}

async function* drain(next: () => Promise<Buffer | undefined>): AsyncGenerator<Buffer> {
  for (let piece = await next(); piece !== undefined; piece = await next()) yield piece;
}

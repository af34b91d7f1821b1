import { StrahlError } from '#portability/errors.js';

/** No room: on the device, in the quota, below the limit on file sizes. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

interface WriteFailure {
  readonly code?: string;
  readonly message?: string;
}

/**
 * Watches what a command prints, which may go to a full disk, or to a reader that has seen enough. The former is
 * told once, by `tell`; the latter is not a failure, and the rest is printed to nobody.
 *
 * Returns whether some of it is lost, which is known once the stream is flushed.
 */
export function guardOutput(
  stream: Pick<NodeJS.WriteStream, 'on'>,
  tell: (error: StrahlError) => void,
): () => boolean {
  let lost = false;
  stream.on('error', (cause: WriteFailure) => {
    if (lost || cause.code === 'EPIPE') return;
    lost = true;
    const title = 'cannot write to standard output';
    const details = { title, why: cause.message ?? 'no reason was given', cause };
    tell(
      FULL.has(cause.code ?? '')
        ? new StrahlError('storeFull', { ...details, fix: 'free some space and run again' })
        : new StrahlError('unreachable', details),
    );
  });
  return () => lost;
}

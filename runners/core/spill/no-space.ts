import { StrahlError } from '#portability/errors.js';

/** What every scratch says when it is full. */
export function noSpace(cause?: unknown): StrahlError {
  return new StrahlError('storeFull', {
    title: 'there is no space left for what does not fit into memory',
    fix: 'free some space where temporary files are kept, name another place with TMPDIR, or give the run more memory with --memory',
    ...(cause === undefined ? {} : { cause }),
  });
}

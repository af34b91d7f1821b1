import { isStrahlError, type ErrorClass } from '#portability/errors.js';

/** Errors of the program or of its data: the same input leads to the same end. */
const FINAL: readonly ErrorClass[] = [
  'UsageError',
  'PipelineError',
  'UnsupportedError',
  'CoderError',
  'ProtocolError',
];

/** Whether a failed bundle is worth another try. */
export function mayRetry(error: unknown): boolean {
  return !isStrahlError(error) || !FINAL.includes(error.class);
}

/** Workers that a bundle may lose before its job fails, whatever the runner allows functions to fail. */
const LOST_WORKERS = 3;

/** How often a bundle is tried that failed with `error`; a worker that was lost is no fault of its functions. */
export function triesAfter(error: unknown, maxAttempts: number): number {
  const lost = isStrahlError(error) && error.key === 'harnessLost';
  return lost ? Math.max(maxAttempts, 1 + LOST_WORKERS) : maxAttempts;
}

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

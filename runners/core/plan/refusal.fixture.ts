import { isStrahlError, type ErrorCode } from '#portability/errors.js';

/** Code and text of the error with which `act` ends; for tests. */
export function refusalOf(act: () => unknown): { readonly code: ErrorCode; readonly text: string } {
  try {
    act();
  } catch (e) {
    if (isStrahlError(e)) return { code: e.code, text: e.message };
    throw e;
  }
  throw new TypeError('nothing was refused');
}

import {
  isStrahlError,
  StrahlError,
  type ErrorDetails,
  type ErrorKey,
} from '#portability/errors.js';
import { siteOfCall, type Callee, type Site } from './site.js';

/** `e` at `site`, if it is an error of ours without a place. */
export function placed(e: unknown, site: Site | undefined): unknown {
  if (!isStrahlError(e) || e.site !== undefined || site === undefined) return e;
  return new StrahlError(e.key, { ...(e as ErrorDetails), cause: e.cause, site });
}

/** Runs `body`. What it refuses without a place, it refuses where the user called `callee`. */
export function placedAt<R>(callee: Callee, body: () => R): R {
  try {
    return body();
  } catch (e) {
    throw placed(e, isStrahlError(e) ? siteOfCall(callee) : undefined);
  }
}

/** `f` as users call it: what it refuses without a place, it refuses where it was called. */
export function placing<F extends Callee>(f: F): F {
  const called = (...args: never[]): unknown => placedAt(called, () => f(...args));
  return called as F;
}

/** The error of a wrong call of `callee`, which the user has made. */
export function refusalOf(
  callee: Callee,
  key: ErrorKey,
  details: Omit<ErrorDetails, 'site'>,
): StrahlError {
  const site = siteOfCall(callee);
  return new StrahlError(key, site === undefined ? details : { ...details, site });
}

import { StrahlError, type ErrorDetails } from '#portability/errors.js';

/** The same error with what it does not say itself. */
export function completed(e: StrahlError, known: Partial<ErrorDetails>): StrahlError {
  const { title, step, site, why, fix, element, position, cause } = e;
  const said = Object.entries({ step, site, why, fix, element, position, cause });
  const own = Object.fromEntries(said.filter(([, detail]) => detail !== undefined));
  return new StrahlError(e.key, { ...known, ...own, title });
}

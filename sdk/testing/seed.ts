import { isStrahlError, StrahlError } from '#portability/errors.js';

/** The same failure, naming the seed that brought it about. */
export function withSeed(error: unknown, seed: number): unknown {
  if (!isStrahlError(error)) return error;
  const { key, title, step, site, why, fix, element, position } = error;
  const given = { step, site, fix, element, position };
  return new StrahlError(key, {
    title,
    ...(Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined)) as object),
    why: [why, `run with seed ${String(seed)}, which gives the same run again`]
      .filter((text) => text !== undefined)
      .join('\n'),
    cause: error,
  });
}

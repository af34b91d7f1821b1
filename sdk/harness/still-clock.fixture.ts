import type { HarnessClock } from './stage/bundle-scope.js';

/** A clock on which no time passes. */
export const STILL_CLOCK: HarnessClock = {
  monotonic: () => 0,
  now: () => 0,
  random: () => 0,
  yield: () => Promise.resolve(),
  sleep: () => Promise.resolve(),
};

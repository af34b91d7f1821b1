import { grouped } from './chain-check.js';
import type { Check } from './check.js';
import { summed } from './compaction-check.js';
import { bundleByBundle, elementByElement } from './grouping-check.js';
import { joined } from './side-input-check.js';
import { split } from './splitting-check.js';
import { stateful } from './stateful-check.js';

/** All kinds of random pipelines; a seed runs one of them. */
export const CHECKS: readonly Check[] = [
  elementByElement,
  bundleByBundle,
  grouped,
  summed,
  joined,
  split,
  stateful,
];

/** Groupings have the most ways to go wrong, so they have the most turns. */
const TURNS: readonly Check[] = [
  ...CHECKS,
  elementByElement,
  elementByElement,
  bundleByBundle,
  bundleByBundle,
  grouped,
];

/** The check that a seed runs. */
export function checkOf(seed: number): Check {
  return TURNS[seed % TURNS.length]!;
}

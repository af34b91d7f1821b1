import { grouped } from './chain-check.js';
import type { Check } from './check.js';
import { summed } from './compaction-check.js';
import { bundleByBundle, elementByElement } from './grouping-check.js';
import { idle } from './idle-check.js';
import { inputs } from './inputs-check.js';
import { joined } from './side-input-check.js';
import { split } from './splitting-check.js';
import { stateful } from './stateful-check.js';

/** Random groupings, compared pane by pane with the reference. */
export const GROUPINGS: readonly Check[] = [elementByElement, bundleByBundle, inputs, grouped];

/** Random steps of other kinds. */
export const STEPS: readonly Check[] = [summed, joined, split, idle, stateful];

/** All kinds of random pipelines; a seed runs one of them. */
export const CHECKS: readonly Check[] = [...GROUPINGS, ...STEPS];

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

import { cpuOf, timing } from './measure.js';

/**
 * What the loop below cost in a quiet run, in ns per step, on the machine that the absolute limits are meant for: two
 * shared cores of an AMD EPYC at 2.6 GHz with 32 MB of third-level cache, Node 20.20.2. A figure is divided by (what the
 * loop costs now / this) before it is compared.
 */
export const FROZEN_NS = 29;

const STEPS = 5_000_000;
const KEYS = 65_536;

/** A fixed walk over a `Map` of numbers; touches memory and calls nothing of ours. */
function loop(): number {
  const map = new Map<number, number>();
  let key = 1;
  for (let i = 0; i < STEPS; i++) {
    key = (Math.imul(key, 1664525) + 1013904223) & (KEYS - 1);
    map.set(key, (map.get(key) ?? 0) + i);
  }
  return map.size;
}

export interface Calibration {
  /** ns per step now. */
  readonly now: number;
  readonly frozen: number;
  /** How much slower than the quiet machine this run is. */
  readonly factor: number;
}

export async function calibrate(): Promise<Calibration> {
  loop();
  const samples: number[] = [];
  for (let i = 0; i < 5; i++) samples.push((await cpuOf(loop)) / STEPS);
  const now = timing(samples).best;
  return { now, frozen: FROZEN_NS, factor: now / FROZEN_NS };
}

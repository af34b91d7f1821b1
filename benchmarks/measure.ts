/**
 * How every figure here is taken.
 *
 *   B1. CPU time (user + system, garbage collector included), not wall: on shared cores wall doubles.
 *   B2. Ours and the peer's runs alternate in one process, after one warm-up of each.
 *   B3. Both return a checksum; the figures count only if the checksums are equal.
 */
export interface Contest {
  /** One run; returns a checksum that the other side must give too. */
  readonly ours: () => unknown;
  readonly peer: () => unknown;
  /** What one run processes; the unit of the result is nanoseconds per element. */
  readonly elements: number;
  readonly rounds?: number;
}

export interface Timing {
  readonly best: number;
  readonly median: number;
}

export interface ContestResult {
  /** ns of CPU per element. */
  readonly ours: Timing;
  readonly peer: Timing;
}

export async function contest(c: Contest): Promise<ContestResult> {
  await verify(c);
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round < (c.rounds ?? 5); round++) {
    ours.push((await cpuOf(c.ours)) / c.elements);
    peer.push((await cpuOf(c.peer)) / c.elements);
  }
  return { ours: timing(ours), peer: timing(peer) };
}

async function verify(c: Contest): Promise<void> {
  const a = String(await c.ours());
  const b = String(await c.peer());
  if (a !== b) throw new Error(`results differ, nothing was measured: ours ${a}, peer ${b}`);
}

/** Nanoseconds of CPU of one run, starting from a collected heap where `--expose-gc` is given. */
export async function cpuOf(run: () => unknown): Promise<number> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}

export function timing(samples: readonly number[]): Timing {
  const sorted = [...samples].sort((a, b) => a - b);
  return { best: sorted[0] ?? NaN, median: sorted[sorted.length >> 1] ?? NaN };
}

/** Highest resident memory of this process so far, in MB. */
export function peakRss(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** CPU time of the best of several rounds, in the unit of `cpuOf`. */
export async function bestCpuOf(work: () => unknown, rounds: number): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) best = Math.min(best, await cpuOf(work));
  return best;
}

import { witnessed } from './witness.js';

/** A kind of random pipeline and what must be true of each of its runs. */
export interface Check {
  readonly name: string;
  /** What is wrong with the run of a seed; nothing, one hopes. */
  readonly run: (seed: number) => Promise<readonly string[]>;
  /** The random part of the run, for a person. */
  readonly describe: (seed: number) => string;
}

export interface Verdict {
  readonly seed: number;
  readonly check: string;
  readonly problems: readonly string[];
  /** P11: the same for the same seed. */
  readonly hash: number;
}

/** Runs one seed of a check under the eyes of a witness. A failed job is a problem, too. */
export async function verdictOf(check: Check, seed: number): Promise<Verdict> {
  try {
    const [problems, testimony] = await witnessed(() => check.run(seed));
    const all = [...new Set([...problems, ...testimony.violations])];
    return { seed, check: check.name, problems: all, hash: testimony.hash };
  } catch (error) {
    const problems = [(error as { readonly message?: string }).message ?? String(error)];
    return { seed, check: check.name, problems, hash: 0 };
  }
}

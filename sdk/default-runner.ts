import type { Runner } from './runner.js';

/** The runner of `run` without one: in this process. Loaded on first use. */
export async function defaultRunner(): Promise<Runner> {
  const { directRunner } = await import('#runners/direct/direct-runner.js');
  return directRunner();
}

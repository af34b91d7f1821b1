import { StrahlError } from '#portability/errors.js';
import type { Runner } from '#sdk/runner.js';
import { nearest } from './nearest.js';

/** Loaded on use: help and graphs need no engine. */
const RUNNERS: Readonly<Record<string, () => Promise<Runner>>> = {
  direct: async () => (await import('#runners/direct/index.js')).directRunner(),
};

export async function runnerNamed(name: string): Promise<Runner> {
  const load = Object.hasOwn(RUNNERS, name) ? RUNNERS[name] : undefined;
  if (load !== undefined) return load();
  throw unknownRunner(name);
}

/** Found before anything is loaded, so that it is told together with other problems. */
export function problemOfRunner(name: string | undefined): readonly StrahlError[] {
  return name === undefined || Object.hasOwn(RUNNERS, name) ? [] : [unknownRunner(name)];
}

function unknownRunner(name: string): StrahlError {
  const names = Object.keys(RUNNERS);
  const guess = nearest(name, names);
  return new StrahlError('unknownCommand', {
    title: `unknown runner ${name}${guess === undefined ? '' : `; did you mean ${guess}?`}`,
    fix: `--runner ${names.join('|')}`,
  });
}

import { StrahlError } from '#portability/errors.js';
import type { Logger } from '#sdk/dofn/dofn.js';
import type { Runner } from '#sdk/runner.js';
import { nearest } from '../nearest.js';

/** What the command line says of every runner. */
export interface RunnerSettings {
  readonly log: Logger;
  /** Milliseconds. */
  readonly hangAfter?: number | 'never';
  /** Bytes. */
  readonly memory?: number;
  readonly seed?: number;
}

/** Loaded on use: help and graphs need no engine. */
const RUNNERS: Readonly<Record<string, (settings: RunnerSettings) => Promise<Runner>>> = {
  direct: async (settings) => (await import('#runners/direct/index.js')).directRunner(settings),
};

export async function runnerNamed(name: string, settings: RunnerSettings): Promise<Runner> {
  const load = Object.hasOwn(RUNNERS, name) ? RUNNERS[name] : undefined;
  if (load !== undefined) return load(settings);
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
    fix:
      name === 'portable'
        ? 'strahl submit FILE --job-endpoint HOST:PORT'
        : `--runner ${names.join('|')}`,
  });
}

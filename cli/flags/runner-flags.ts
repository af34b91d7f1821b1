import type { StrahlError } from '#portability/errors.js';
import { FlagReader } from './flag-reader.js';
import type { GivenFlags } from './flags.js';
import { durationIn } from './quantities.js';
import type { RunnerSettings } from './runners.js';

/** What the flags of `run` say about the runner, and what is wrong with them. */
export interface RunnerFlags {
  readonly settings: Omit<RunnerSettings, 'log'>;
  readonly problems: readonly StrahlError[];
}

export function runnerFlags(flags: GivenFlags): RunnerFlags {
  const read = new FlagReader(flags);
  const hangAfter = hangAfterIn(read);
  const memory = read.bytes('memory');
  const seed = read.whole('seed', 0, 2 ** 32 - 1);
  const settings = {
    ...(hangAfter === undefined ? {} : { hangAfter }),
    ...(memory === undefined ? {} : { memory }),
    ...(seed === undefined ? {} : { seed }),
  };
  return { settings, problems: read.problems };
}

function hangAfterIn(read: FlagReader): RunnerSettings['hangAfter'] {
  const text = read.text('hang-after');
  if (text === undefined || text === 'never') return text;
  const ms = durationIn(text);
  if (ms > 0) return ms;
  read.bad('--hang-after takes a time, or never', '--hang-after 30s');
  return undefined;
}

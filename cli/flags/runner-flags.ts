import { StrahlError } from '#portability/errors.js';
import { durationIn } from '../commands/job-request.js';
import type { RunnerSettings } from './runners.js';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** What the flags of `run` say about the runner, and what is wrong with them. */
export interface RunnerFlags {
  readonly settings: Omit<RunnerSettings, 'log'>;
  readonly problems: readonly StrahlError[];
}

export function runnerFlags(flags: ReadonlyMap<string, readonly string[]>): RunnerFlags {
  const problems: StrahlError[] = [];
  const settings: { hangAfter?: number | 'never'; memory?: number } = {};
  const hangAfter = flags.get('hang-after')?.[0];
  if (hangAfter === 'never') settings.hangAfter = hangAfter;
  else if (hangAfter !== undefined) {
    const ms = durationIn(hangAfter);
    if (ms > 0) settings.hangAfter = ms;
    else problems.push(bad('--hang-after takes a time, or never', '--hang-after 30s'));
  }
  const memory = flags.get('memory')?.[0];
  if (memory !== undefined) {
    const bytes = bytesIn(memory);
    if (bytes > 0) settings.memory = bytes;
    else problems.push(bad('--memory takes a number of bytes', '--memory 512MB'));
  }
  return { settings, problems };
}

/** Whole bytes; NaN for what is no size. */
export function bytesIn(text: string): number {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  return Math.floor(Number(count) * (UNITS[unit.toLowerCase()] ?? NaN));
}

function bad(title: string, fix: string): StrahlError {
  return new StrahlError('badValue', { title, fix });
}

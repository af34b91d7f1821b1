import { StrahlError } from '#portability/errors.js';
import type { ExplainQuery } from '#sdk/runner.js';
import type { ParsedFlags } from '../flags/flags.js';

/** What a command about a running job asks for, read from its flags. */
export interface JobRequest {
  /** Absent: the only one that runs. */
  readonly job: string | undefined;
  readonly query: ExplainQuery;
  readonly watch: boolean;
  readonly wait: boolean;
  readonly force: boolean;
  /** Milliseconds; absent: as long as it takes. */
  readonly timeout?: number;
  readonly problems: readonly StrahlError[];
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `now`, in milliseconds since the epoch, says which day a time without a date is of. */
export function jobRequest(
  job: string | undefined,
  flags: ParsedFlags['flags'],
  now: number,
): JobRequest {
  const text = (name: string): string | undefined => flags.get(name)?.[0];
  const isOn = (name: string): boolean => text(name) === 'true';
  const [step, key, windowText, timeoutText] = ['step', 'key', 'window', 'timeout'].map(text);
  const window = windowText === undefined ? undefined : momentIn(windowText, now);
  const timeout = timeoutText === undefined ? undefined : durationIn(timeoutText);
  const problems: StrahlError[] = [];
  if (Number.isNaN(window)) problems.push(badTime(windowText!));
  if (Number.isNaN(timeout)) problems.push(badTimeout(timeoutText!));
  return {
    job,
    query: {
      ...(step === undefined ? {} : { step }),
      ...(key === undefined ? {} : { key }),
      ...(window === undefined ? {} : { window }),
      ...(isOn('coders') ? { coders: true } : {}),
    },
    watch: isOn('watch'),
    // A limit of waiting is a wish to wait.
    wait: isOn('wait') || timeout !== undefined,
    force: isOn('force'),
    ...(timeout === undefined ? {} : { timeout }),
    problems,
  };
}

/** A time without a zone is UTC, as in everything that is printed; NaN for what is no time. */
function momentIn(text: string, now: number): number {
  const today = new Date(now).toISOString().slice(0, 10);
  const full = (/^\d\d:\d\d/.test(text) ? `${today}T${text}` : text).replace(' ', 'T');
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(full) || !full.includes('T') ? full : `${full}Z`);
}

/** Milliseconds; a number alone is seconds. NaN for what is no time. */
export function durationIn(text: string): number {
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  return count === undefined ? NaN : Number(count) * UNITS[unit]!;
}

function badTime(text: string): StrahlError {
  return new StrahlError('badValue', {
    title: `--window takes a moment in the window, not ${JSON.stringify(text)}`,
    fix: '--window 12:03:10 for today, or --window 2026-01-31T12:03:10',
  });
}

function badTimeout(text: string): StrahlError {
  return new StrahlError('badValue', {
    title: `--timeout takes a time, not ${JSON.stringify(text)}`,
    fix: '--timeout 30s',
  });
}

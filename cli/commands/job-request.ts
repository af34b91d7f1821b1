import type { ExplainQuery } from '#sdk/runner.js';
import type { FlagReader } from '../flags/flag-reader.js';
import { durationIn } from '../flags/quantities.js';

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
}

/** `now`, in milliseconds since the epoch, says which day a time without a date is of. */
export function jobRequest(job: string | undefined, read: FlagReader, now: number): JobRequest {
  const [step, key] = [read.text('step'), read.text('key')];
  const window = windowIn(read, now);
  const timeout = timeoutIn(read);
  return {
    job,
    query: {
      ...(step === undefined ? {} : { step }),
      ...(key === undefined ? {} : { key }),
      ...(window === undefined ? {} : { window }),
      ...(read.isOn('coders') ? { coders: true } : {}),
    },
    watch: read.isOn('watch'),
    // A limit of waiting is a wish to wait.
    wait: read.isOn('wait') || timeout !== undefined,
    force: read.isOn('force'),
    ...(timeout === undefined ? {} : { timeout }),
  };
}

function windowIn(read: FlagReader, now: number): number | undefined {
  const text = read.text('window');
  const moment = text === undefined ? undefined : momentIn(text, now);
  if (!Number.isNaN(moment)) return moment;
  read.bad(
    `--window takes a moment in the window, not ${JSON.stringify(text)}`,
    '--window 12:03:10 for today, or --window 2026-01-31T12:03:10',
  );
  return undefined;
}

function timeoutIn(read: FlagReader): number | undefined {
  const text = read.text('timeout');
  const timeout = text === undefined ? undefined : durationIn(text);
  if (!Number.isNaN(timeout)) return timeout;
  read.bad(`--timeout takes a time, not ${JSON.stringify(text)}`, '--timeout 30s');
  return undefined;
}

/** A time without a zone is UTC, as in everything that is printed; NaN for what is not a time. */
function momentIn(text: string, now: number): number {
  const today = new Date(now).toISOString().slice(0, 10);
  const full = (/^\d\d:\d\d/.test(text) ? `${today}T${text}` : text).replace(' ', 'T');
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(full) || !full.includes('T') ? full : `${full}Z`);
}

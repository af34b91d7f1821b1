import type { ProcessingTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { ExplainQuery } from './explanation.js';
import { inputsOf, type JobRecord, type StageRecord } from './job-record.js';
import { isKey, timeText } from './texts.js';

/** The key and the window that a query is about; without them all of a step. */
export interface Asked {
  readonly isKey: (key: Uint8Array) => boolean;
  readonly isWindow: (window: Window) => boolean;
}

export function askedFor(
  job: JobRecord,
  { stage }: StageRecord,
  { key, window }: ExplainQuery,
): Asked {
  const coder = inputsOf(job, stage)[0]?.keyCoder;
  return {
    isKey: (bytes) => key === undefined || isKey(bytes, coder, key),
    isWindow: (w) => window === undefined || holds(w, window),
  };
}

function holds(window: Window, time: NonNullable<ExplainQuery['window']>): boolean {
  if (window.kind === 'interval') return window.start <= time && time < window.end;
  return window.kind === 'global' || window.maxTimestamp === time;
}

/** `key "alice" in the window at 12:00:00` */
export function askedText({ key, window }: ExplainQuery, now: ProcessingTime): string {
  if (key === undefined && window === undefined) return 'any key';
  const ofKey = key === undefined ? [] : [`key "${key}"`];
  const inWindow = window === undefined ? [] : [`the window at ${timeText(window, now)}`];
  return [...ofKey, ...inWindow].join(' in ');
}

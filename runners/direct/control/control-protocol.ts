import {
  isStrahlError,
  StrahlError,
  type ErrorDetails,
  type ErrorKey,
} from '#portability/errors.js';
import type { Explanation, ExplainQuery, JobProgress, JobState } from '#sdk/runner.js';

/**
 * What a running job may be asked, one JSON object per line.
 *
 * @internal
 */
export type ControlRequest =
  | { readonly op: 'state' }
  | { readonly op: 'explain'; readonly query: ExplainQuery }
  /** `wait`: answers once the job has ended, instead of at once. */
  | { readonly op: 'drain' | 'cancel'; readonly wait: boolean };

/**
 * One line back for each request.
 *
 * @internal
 */
export type ControlAnswer =
  | {
      readonly type: 'state';
      readonly name: string;
      readonly id: string;
      readonly progress: JobProgress;
    }
  | { readonly type: 'explanation'; readonly explanation: Explanation }
  | { readonly type: 'stopping' | 'stopped'; readonly state: JobState }
  | { readonly type: 'error'; readonly error: SentError };

/** An error as it crosses the socket. */
export interface SentError {
  /** Absent for an error that is not one of Strahl's. */
  readonly key?: ErrorKey;
  readonly details: ErrorDetails;
}

/** Requests are short; whoever sends more than this on a line, in bytes, is no client. */
export const LONGEST_LINE: number = 64 * 1024;

export function sentError(error: unknown): SentError {
  if (!isStrahlError(error)) return { details: { title: String(error) } };
  const { key, title, step, site, why, fix, element, position } = error;
  const given = Object.entries({ step, site, why, fix, element, position });
  const known = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  return { key, details: { title, ...known } };
}

export function receivedError({ key, details }: SentError): StrahlError {
  return new StrahlError(key ?? 'protocolBroken', details);
}

/** @throws SyntaxError, TypeError for a line that is no request */
export function requestIn(line: string): ControlRequest {
  const request = JSON.parse(line) as ControlRequest;
  switch (request.op) {
    case 'state':
    case 'drain':
    case 'cancel':
      return request;
    case 'explain':
      return { op: 'explain', query: queryOf(request.query) };
    default:
      throw new TypeError(`unknown request ${JSON.stringify((request as { op: unknown }).op)}`);
  }
}

function queryOf({ step, key, window, coders }: ExplainQuery = {}): ExplainQuery {
  return {
    ...(typeof step === 'string' ? { step } : {}),
    ...(typeof key === 'string' ? { key } : {}),
    ...(typeof window === 'number' ? { window } : {}),
    ...(coders === true ? { coders } : {}),
  };
}

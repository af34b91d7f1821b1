/**
 * States of a job, named as in Beam's Job API.
 *
 *   STOPPED → STARTING → RUNNING → DONE
 *      │          │         ├────→ DRAINING → DRAINED
 *      │          │         ├────→ FAILED
 *      └──────────┴─────────┴────→ CANCELLING → CANCELLED
 *
 * Starting may fail too, and so may a job that is being drained or cancelled; one that is being drained
 * may still be cancelled (DRN-1, DRN-2).
 *
 * @example
 * ```ts
 * import type { JobState } from 'strahl';
 * const ended: ReadonlySet<JobState> = new Set(['DONE', 'DRAINED', 'CANCELLED', 'FAILED']);
 * ```
 */
export type JobState =
  | 'STOPPED'
  | 'STARTING'
  | 'RUNNING'
  | 'DRAINING'
  | 'DRAINED'
  | 'CANCELLING'
  | 'CANCELLED'
  | 'DONE'
  | 'FAILED';

const LEGAL_MOVES: Readonly<Record<JobState, readonly JobState[]>> = {
  STOPPED: ['STARTING', 'CANCELLING'],
  STARTING: ['RUNNING', 'CANCELLING', 'FAILED'],
  RUNNING: ['DONE', 'DRAINING', 'CANCELLING', 'FAILED'],
  DRAINING: ['DRAINED', 'CANCELLING', 'FAILED'],
  DRAINED: [],
  CANCELLING: ['CANCELLED', 'FAILED'],
  CANCELLED: [],
  DONE: [],
  FAILED: [],
};

/** Whether a job that is in this state stays in it. */
export function isFinal(state: JobState): boolean {
  return LEGAL_MOVES[state].length === 0;
}

export function mayMove(from: JobState, to: JobState): boolean {
  return LEGAL_MOVES[from].includes(to);
}

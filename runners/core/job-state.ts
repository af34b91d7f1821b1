/**
 * States of a job, named as in Beam's Job API.
 *
 *   STOPPED → STARTING → RUNNING → DONE
 *      │          │         ├────→ FAILED
 *      └──────────┴─────────┴────→ CANCELLING → CANCELLED
 *
 * Starting may fail too, and so may a job that is being cancelled.
 */
export type JobState =
  'STOPPED' | 'STARTING' | 'RUNNING' | 'CANCELLING' | 'CANCELLED' | 'DONE' | 'FAILED';

const LEGAL_MOVES: Readonly<Record<JobState, readonly JobState[]>> = {
  STOPPED: ['STARTING', 'CANCELLING'],
  STARTING: ['RUNNING', 'CANCELLING', 'FAILED'],
  RUNNING: ['DONE', 'CANCELLING', 'FAILED'],
  CANCELLING: ['CANCELLED', 'FAILED'],
  CANCELLED: [],
  DONE: [],
  FAILED: [],
};

export function isFinal(state: JobState): boolean {
  return LEGAL_MOVES[state].length === 0;
}

export function mayMove(from: JobState, to: JobState): boolean {
  return LEGAL_MOVES[from].includes(to);
}

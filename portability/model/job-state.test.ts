import { expect, it } from '@jest/globals';
import { isFinal, mayMove, type JobState } from './job-state.js';

const STATES: readonly JobState[] = [
  'STOPPED',
  'STARTING',
  'RUNNING',
  'DRAINING',
  'DRAINED',
  'CANCELLING',
  'CANCELLED',
  'DONE',
  'FAILED',
];

it('DRN-1, DRN-2: a job moves only forward, and never out of its end', () => {
  const moves = STATES.flatMap((from) =>
    STATES.filter((to) => mayMove(from, to)).map((to) => `${from} → ${to}`),
  );
  expect(moves).toEqual([
    'STOPPED → STARTING',
    'STOPPED → CANCELLING',
    'STARTING → RUNNING',
    'STARTING → CANCELLING',
    'STARTING → FAILED',
    'RUNNING → DRAINING',
    'RUNNING → CANCELLING',
    'RUNNING → DONE',
    'RUNNING → FAILED',
    'DRAINING → DRAINED',
    'DRAINING → CANCELLING',
    'DRAINING → FAILED',
    'CANCELLING → CANCELLED',
    'CANCELLING → FAILED',
  ]);
  expect(STATES.filter(isFinal)).toEqual(['DRAINED', 'CANCELLED', 'DONE', 'FAILED']);
});

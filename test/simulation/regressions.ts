/** A run that found a bug, kept for good. */
export interface Regression {
  readonly check: string;
  readonly seed: number;
  /** What was wrong. */
  readonly what: string;
}

export const REGRESSIONS: readonly Regression[] = [
  {
    check: 'element by element',
    seed: 1346,
    what: 'when a group out of memory was late because groups that fell due with it had been emitted',
  },
  {
    check: 'state and timers',
    seed: 9,
    what: 'when a timer was set by an element it counted from the timer that fired before',
  },
  {
    check: 'state and timers',
    seed: 45,
    what: 'when an element at the very end of its window set a timer it was forgotten',
  },
];

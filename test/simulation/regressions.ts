/** A run that found a bug, kept for good. */
export interface Regression {
  readonly check: string;
  readonly seed: number;
  /** What was wrong. */
  readonly what: string;
}

export const REGRESSIONS: readonly Regression[] = [
  { check: 'element by element', seed: 7, what: 'the first pane of all' },
];

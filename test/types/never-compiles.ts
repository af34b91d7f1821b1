/** What must not compile, and what the compiler must say. */
export interface NeverCompiles {
  /** What stands before each of them. */
  readonly head: string;
  readonly rows: readonly (readonly [name: string, code: string, message: string])[];
}

/** The name of the property that a collection would need: the compiler shows it. */
export const NEVER_CLOSES =
  'STRAHL-1201: unbounded input in the global window never closes; add .window(...) or .trigger(...) first';

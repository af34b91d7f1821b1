/** The time of the process that runs functions; tests own it. */
export interface MachineClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or as soon as `signal` is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Of [0, 1). */
  random(): number;
}

/** Under which a context keeps its clock, for steps of this package: users have no use for one. */
export const MACHINE_CLOCK: unique symbol = Symbol('machine clock');

/** The clock by which a step waits, of the context that its function is called with. */
export function machineClockOf(context: object): MachineClock {
  return (context as { readonly [MACHINE_CLOCK]: MachineClock })[MACHINE_CLOCK];
}

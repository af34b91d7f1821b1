import type { TimerDescription } from './timers.js';

/** Name of the timer family that tells a step of the end of its windows: one that no timer of it has. */
export function expirationFamily(timers: Readonly<Record<string, TimerDescription>>): string {
  let name = 'onWindowExpiration';
  while (Object.hasOwn(timers, name)) name += '_';
  return name;
}

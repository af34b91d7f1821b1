// Which windows an element is in; a part of the reference.
import type { RefWindowFn } from './script.js';

/** Last time of the global window, in milliseconds. */
export const GLOBAL_END = 9223371950454775;

export interface RefWindow {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** Last timestamp inside. */
  readonly max: number;
}

export const floorMod = (a: number, b: number): number => ((a % b) + b) % b;

export function interval(start: number, end: number): RefWindow {
  return { id: `[${String(start)}, ${String(end)})`, start, end, max: end - 1 };
}

/** WIN-1 to WIN-6. */
export function windowsOf(fn: RefWindowFn, t: number): readonly RefWindow[] {
  if (fn.kind === 'global') {
    return [{ id: 'global', start: -Infinity, end: Infinity, max: GLOBAL_END }];
  }
  if (fn.kind === 'sessions') return [interval(t, t + fn.gap)];
  const [period, offset] = fn.kind === 'fixed' ? [fn.size, fn.offset] : [fn.period, 0];
  const windows: RefWindow[] = [];
  for (let start = t - floorMod(t - offset, period); start > t - fn.size; start -= period) {
    windows.push(interval(start, start + fn.size));
  }
  return windows;
}

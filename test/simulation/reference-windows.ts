// Which windows an element is in; a part of the reference.

/** Last time of the global window, in milliseconds. */
export const GLOBAL_END = 9223371950454775;

export type RefWindowFn =
  | { readonly kind: 'global' }
  | { readonly kind: 'fixed'; readonly size: number; readonly offset: number }
  | { readonly kind: 'sliding'; readonly size: number; readonly period: number }
  | { readonly kind: 'sessions'; readonly gap: number };

export interface RefWindow {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** Last timestamp inside. */
  readonly max: number;
}

const floorMod = (a: number, b: number): number => ((a % b) + b) % b;

export function interval(start: number, end: number): RefWindow {
  return { id: `[${String(start)}, ${String(end)})`, start, end, max: end - 1 };
}

/** WIN-1 to WIN-6. */
export function windowsOf(fn: RefWindowFn, t: number): readonly RefWindow[] {
  switch (fn.kind) {
    case 'global':
      return [{ id: 'global', start: -Infinity, end: Infinity, max: GLOBAL_END }];
    case 'fixed': {
      const start = t - floorMod(t - fn.offset, fn.size);
      return [interval(start, start + fn.size)];
    }
    case 'sliding': {
      const windows: RefWindow[] = [];
      const last = t - floorMod(t, fn.period);
      for (let s = last; s > t - fn.size; s -= fn.period) windows.push(interval(s, s + fn.size));
      return windows;
    }
    case 'sessions':
      return [interval(t, t + fn.gap)];
  }
}

import { CALENDAR_WINDOWS_URN, readCalendarSpec } from '../../dofn/calendar-spec.js';
import { pathOf, WINDOW_FN_REF_URN } from '../../dofn/function-ref.js';
import { toEventTime } from '../../dofn/time-like.js';
import type { FunctionRegistry, WindowFnFunctions } from '../../dofn/user-function.js';
import { StrahlError } from '#portability/errors.js';
import { exactMillis } from '#portability/model/exact-times.js';
import { exactIntervalWindow } from '#portability/model/exact-windows.js';
import {
  duration,
  GLOBAL_WINDOW_END,
  minTime,
  type Duration,
  type EventTime,
} from '#portability/model/time.js';
import type { WindowFnSpec } from '#portability/model/windowing.js';
import {
  GLOBAL_WINDOWS,
  intervalWindow,
  type IntervalWindow,
  type Window,
} from '#portability/model/windows.js';

import { calendarWindows } from './calendar-windows.js';

/** The windows of an element. Equal answers are often the same array, so it can be compared. */
export type WindowAssigner = (timestamp: EventTime, value: unknown) => readonly Window[];

/** The windows of the times from `from` on and before `until`; nobody knows any while these are NaN. */
export interface KnownWindows {
  from: number;
  until: number;
  windows: readonly Window[];
}

/**
 * `known` is where it remembers what it has found last: who asks may look there first.
 *
 * @throws STRAHL-2002 for a custom window function that is not in the registry. */
export function windowAssigner(
  fn: WindowFnSpec,
  functions: FunctionRegistry,
  known: KnownWindows = { from: NaN, until: NaN, windows: [] },
): WindowAssigner {
  switch (fn.kind) {
    case 'global':
      return () => GLOBAL_WINDOWS;
    case 'fixed':
      return fixedWindows(fn.size, fn.offset, known);
    case 'sliding':
      return slidingWindows(fn, known);
    case 'sessions':
      return (t) => [sessionOf(t, fn.gap)];
    case 'custom':
      return fn.spec.urn === CALENDAR_WINDOWS_URN
        ? calendarWindows(readCalendarSpec(fn.spec))
        : customWindows(customFunctions(fn.spec, functions));
  }
}

/** Remembers the last window: consecutive elements are mostly in the same one. */
function fixedWindows(size: Duration, offset: Duration, known: KnownWindows): WindowAssigner {
  return (t) => {
    if (t >= known.from && t < known.until) return known.windows;
    if (!hasNumbers(t, size)) return exactSlidingWindows(t, size, size, offset);
    const start = startOf(t, size, offset);
    const window = interval(start, start + size);
    known.from = start;
    known.until = window.end;
    known.windows = [window];
    return known.windows;
  };
}

/**
 * Remembers the windows of the last panes: a pane is as long as the greatest common divisor of size and
 * period, and all of its elements are in the same windows, which are the same array.
 */
function slidingWindows(
  { size, period, offset }: Extract<WindowFnSpec, { readonly kind: 'sliding' }>,
  known: KnownWindows,
): WindowAssigner {
  const length = divisorOf(size, period);
  let panes: readonly Pane[] = [];
  return (t) => {
    if (t >= known.from && t < known.until) return known.windows;
    if (!hasNumbers(t, size)) return exactSlidingWindows(t, size, period, offset);
    let pane = panes.find(({ start }) => t >= start && t < start + length);
    if (pane === undefined) {
      const windows: Window[] = [];
      const last = startOf(t, period, offset);
      for (let s = last; s > t - size; s -= period) windows.push(interval(s, s + size));
      pane = { start: startOf(t, duration(length), offset), windows: Object.freeze(windows) };
      panes = [pane, ...panes.slice(0, REMEMBERED_PANES - 1)];
    }
    known.from = pane.start;
    known.until = pane.start + length;
    known.windows = pane.windows;
    return pane.windows;
  };
}

interface Pane {
  readonly start: number;
  readonly windows: readonly Window[];
}

const REMEMBERED_PANES = 4;

function divisorOf(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function sessionOf(t: EventTime, gap: Duration): IntervalWindow {
  if (hasNumbers(t, gap)) return interval(t, t + gap);
  const start = exactMillis(t);
  return exactInterval(start, start + BigInt(gap));
}

/** Whether numbers hold the bounds of windows of the length `size` that `t` is in. */
function hasNumbers(t: EventTime, size: Duration): boolean {
  return Math.abs(t) + size <= Number.MAX_SAFE_INTEGER;
}

/** WIN-7: windows near the limits of time, whose bounds no number holds. */
function exactSlidingWindows(
  t: EventTime,
  size: Duration,
  period: Duration,
  offset: Duration,
): readonly Window[] {
  const ms = exactMillis(t);
  const [length, step, shift] = [BigInt(size), BigInt(period), BigInt(offset)];
  const past = (((ms - shift) % step) + step) % step;
  const windows: Window[] = [];
  for (let s = ms - past; s > ms - length; s -= step) windows.push(exactInterval(s, s + length));
  return windows;
}

function exactInterval(start: bigint, end: bigint): IntervalWindow {
  const last = exactMillis(GLOBAL_WINDOW_END);
  return exactIntervalWindow(start, end < last ? end : last);
}

/** WIN-6: the greatest start ≤ t, also for times before the epoch. */
export function startOf(t: EventTime, size: Duration, offset: Duration): number {
  return Math.floor((t - offset) / size) * size + offset;
}

/** WIN-3: no window ends after the global one. */
function interval(start: number, end: number): IntervalWindow {
  return intervalWindow(start as EventTime, minTime(end as EventTime, GLOBAL_WINDOW_END));
}

export function customFunctions(
  spec: { readonly urn: string; readonly payload: Uint8Array },
  functions: FunctionRegistry,
): WindowFnFunctions {
  const found = spec.urn === WINDOW_FN_REF_URN ? functions.get(pathOf(spec)) : undefined;
  if (found?.kind === 'window-fn') return found.fn;
  throw new StrahlError('unsupportedUrn', {
    title: `the window function ${spec.urn} is not known here`,
    fix: 'build the pipeline in this process, or use one of the standard window functions',
  });
}

function customWindows(fn: WindowFnFunctions): WindowAssigner {
  return (t, value) => {
    const windows: Window[] = [];
    for (const window of fn.assign(t, value)) {
      windows.push({
        kind: 'custom',
        value: window,
        maxTimestamp: toEventTime(fn.maxTimestamp(window)),
      });
    }
    return windows;
  };
}

import { CALENDAR_WINDOWS_URN, readCalendarSpec } from '../dofn/calendar-spec.js';
import { pathOf, WINDOW_FN_REF_URN } from '../dofn/function-ref.js';
import { toEventTime } from '../dofn/time-like.js';
import type { FunctionRegistry, WindowFnFunctions } from '../dofn/user-function.js';
import { StrahlError } from '#portability/errors.js';
import { exactIntervalWindow, exactMillis } from '#portability/model/exact-windows.js';
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

/** @throws STRAHL-2002 for a custom window function that is not in the registry. */
export function windowAssigner(fn: WindowFnSpec, functions: FunctionRegistry): WindowAssigner {
  switch (fn.kind) {
    case 'global':
      return () => GLOBAL_WINDOWS;
    case 'fixed':
      return fixedWindows(fn.size, fn.offset);
    case 'sliding':
      return slidingWindows(fn.size, fn.period, fn.offset);
    case 'sessions':
      return (t) => [sessionOf(t, fn.gap)];
    case 'custom':
      return fn.spec.urn === CALENDAR_WINDOWS_URN
        ? calendarWindows(readCalendarSpec(fn.spec))
        : customWindows(customFunctions(fn.spec, functions));
  }
}

/** Remembers the last window: consecutive elements are mostly in the same one. */
function fixedWindows(size: Duration, offset: Duration): WindowAssigner {
  let windows: readonly [IntervalWindow] = [interval(0, 0)];
  return (t) => {
    const last = windows[0];
    if (t >= last.start && t < last.end) return windows;
    if (!Number.isSafeInteger(t)) return exactSlidingWindows(t, size, size, offset);
    const start = startOf(t, size, offset);
    windows = [interval(start, start + size)];
    return windows;
  };
}

/**
 * Remembers the windows of the last panes: a pane is as long as the greatest common divisor of size and
 * period, and all of its elements are in the same windows, which are the same array.
 */
function slidingWindows(size: Duration, period: Duration, offset: Duration): WindowAssigner {
  const length = divisorOf(size, period);
  let known: readonly Pane[] = [];
  return (t) => {
    if (!Number.isSafeInteger(t)) return exactSlidingWindows(t, size, period, offset);
    for (let i = 0; i < known.length; i++) {
      const { start, windows } = known[i]!;
      if (t >= start && t < start + length) return windows;
    }
    const windows: Window[] = [];
    const last = startOf(t, period, offset);
    for (let s = last; s > t - size; s -= period) windows.push(interval(s, s + size));
    const pane = { start: startOf(t, duration(length), offset), windows: Object.freeze(windows) };
    known = [pane, ...known.slice(0, REMEMBERED_PANES - 1)];
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
  if (Number.isSafeInteger(t)) return interval(t, t + gap);
  const start = exactMillis(t)!;
  return exactInterval(start, start + BigInt(gap));
}

/** WIN-7: windows of a sentinel, whose bounds no number holds. */
function exactSlidingWindows(
  t: EventTime,
  size: Duration,
  period: Duration,
  offset: Duration,
): readonly Window[] {
  const ms = exactMillis(t)!;
  const [length, step, shift] = [BigInt(size), BigInt(period), BigInt(offset)];
  const past = (((ms - shift) % step) + step) % step;
  const windows: Window[] = [];
  for (let s = ms - past; s > ms - length; s -= step) windows.push(exactInterval(s, s + length));
  return windows;
}

function exactInterval(start: bigint, end: bigint): IntervalWindow {
  const last = exactMillis(GLOBAL_WINDOW_END)!;
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

import { StrahlError } from '#portability/errors.js';
import { GLOBAL_WINDOW_END, isFinite, minTime, type EventTime } from '#portability/model/time.js';
import type { WindowFnSpec } from '#portability/model/windowing.js';
import { GLOBAL_WINDOW, intervalWindow, type Window } from '#portability/model/windows.js';
import type { WindowMapping } from '../plan/plan.js';

/**
 * The side window that is read with a main window (SID-1): the side's window function applied to the
 * main window's last timestamp; of sliding windows the earliest that contains it.
 *
 * @throws STRAHL-2001 for a mapping that only user code knows
 */
export function sideWindowOf(mapping: WindowMapping, main: Window): Window {
  if (mapping.kind === 'global') return GLOBAL_WINDOW;
  if (mapping.kind === 'window-fn') {
    const window = mapped(mapping.windowing.windowFn, main.maxTimestamp);
    if (window !== undefined) return window;
  }
  throw new StrahlError('unsupportedFeature', {
    title: 'the windows of a side input are mapped by a function of the user',
    fix: 'put the side input into global, fixed or sliding windows',
  });
}

function mapped(side: WindowFnSpec, time: EventTime): Window | undefined {
  if (side.kind === 'global') return GLOBAL_WINDOW;
  if (side.kind === 'fixed') {
    return interval(startOf(time, side.size, side.offset), side.size);
  }
  if (side.kind !== 'sliding') return undefined;
  const last = startOf(time, side.period, side.offset);
  // The earliest start s = last − n·period that is still above time − size.
  const periods = Math.ceil((last - time + side.size) / side.period) - 1;
  return interval(last - Math.max(0, periods) * side.period, side.size);
}

/** WIN-6: floorMod, so that times before 1970 fall into the right window. */
function startOf(time: EventTime, period: number, offset: number): number {
  const t = isFinite(time) ? time : minTime(time, GLOBAL_WINDOW_END);
  const rest = (t - offset) % period;
  return t - (rest < 0 ? rest + period : rest);
}

function interval(start: number, size: number): Window {
  const end = minTime((start + size) as EventTime, GLOBAL_WINDOW_END);
  return intervalWindow(start as EventTime, end);
}

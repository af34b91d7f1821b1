import { StrahlError } from '#portability/errors.js';
import { exactMillis } from '#portability/model/exact-times.js';
import { exactBounds, exactIntervalWindow } from '#portability/model/exact-windows.js';
import {
  GLOBAL_WINDOW_END,
  minTime,
  type Duration,
  type EventTime,
} from '#portability/model/time.js';
import type { WindowFnSpec } from '#portability/model/windowing.js';
import { GLOBAL_WINDOW, intervalWindow, type Window } from '#portability/model/windows.js';
import type { WindowMapping } from '../plan/plan.js';

/** Where the global window ends, and with it every other. */
const LAST: bigint = exactMillis(GLOBAL_WINDOW_END);

/**
 * The side window that is read with a main window (SID-1): the side's window function applied to the
 * main window's last timestamp; of sliding windows the earliest that contains it.
 *
 * @throws STRAHL-2001 for a mapping that only user code knows
 */
export function sideWindowOf(mapping: WindowMapping, main: Window): Window {
  if (mapping.kind === 'global') return GLOBAL_WINDOW;
  if (mapping.kind === 'window-fn') {
    const window = mapped(mapping.windowing.windowFn, main);
    if (window !== undefined) return window;
  }
  throw new StrahlError('unsupportedFeature', {
    title: 'the windows of a side input are mapped by a function of the user',
    fix: 'put the side input into global, fixed or sliding windows',
  });
}

function mapped(side: WindowFnSpec, main: Window): Window | undefined {
  if (side.kind === 'global') return GLOBAL_WINDOW;
  if (side.kind !== 'fixed' && side.kind !== 'sliding') return undefined;
  const { size, offset } = side;
  const period = side.kind === 'fixed' ? size : side.period;
  const time = main.maxTimestamp;
  if (!Number.isSafeInteger(time)) return exactlyMapped(lastOf(main), size, period, offset);
  const last = startOf(time, period, offset);
  // The earliest start s = last − n·period that is still above time − size.
  const periods = Math.ceil((last - time + size) / period) - 1;
  const start = last - Math.max(0, periods) * period;
  const end = minTime((start + size) as EventTime, GLOBAL_WINDOW_END);
  return intervalWindow(start as EventTime, end);
}

/** WIN-6: floorMod, so that times before 1970 fall into the right window. */
function startOf(time: EventTime, period: number, offset: number): number {
  const rest = (time - offset) % period;
  return time - (rest < 0 ? rest + period : rest);
}

/** The last timestamp of a window whose own is a limit, or lies beside one. */
function lastOf(main: Window): bigint {
  const bounds = main.kind === 'interval' ? exactBounds(main) : undefined;
  const last = bounds === undefined ? exactMillis(main.maxTimestamp) : bounds.end - 1n;
  return last < LAST ? last : LAST;
}

/** WIN-7: windows at the limits of time, whose bounds no number holds. */
function exactlyMapped(time: bigint, size: Duration, period: Duration, offset: Duration): Window {
  const [length, step] = [BigInt(size), BigInt(period)];
  const rest = (((time - BigInt(offset)) % step) + step) % step;
  const periods = (length - rest - 1n) / step;
  const start = time - rest - (periods < 0n ? 0n : periods) * step;
  const end = start + length;
  return exactIntervalWindow(start, end < LAST ? end : LAST);
}

import { StrahlError } from '#portability/errors.js';
import { GLOBAL_WINDOW_END, minTime, type EventTime } from '#portability/model/time.js';
import type { WindowFnSpec } from '#portability/model/windowing.js';
import { GLOBAL_WINDOW, intervalWindow, type Window } from '#portability/model/windows.js';
import { startOf } from './assign-windows.js';

/**
 * Which side window is read with a main window (SID-1): the side's own window function applied to the
 * main window's last timestamp; of sliding windows the earliest that contains it.
 *
 * @throws STRAHL-2001 for sessions and for window functions of the user
 */
export function sideWindowMapping(side: WindowFnSpec): (main: Window) => Window {
  switch (side.kind) {
    case 'global':
      return () => GLOBAL_WINDOW;
    case 'fixed':
      return ({ maxTimestamp }) => {
        const start = startOf(maxTimestamp, side.size, side.offset);
        return interval(start, start + side.size);
      };
    case 'sliding':
      return ({ maxTimestamp }) => {
        const last = startOf(maxTimestamp, side.period, side.offset);
        // The least number of periods n with last − n·period ≤ maxTimestamp − size, less one.
        const periods = Math.ceil((last - maxTimestamp + side.size) / side.period) - 1;
        const start = last - Math.max(0, periods) * side.period;
        return interval(start, start + side.size);
      };
    default:
      throw new StrahlError('unsupportedFeature', {
        title: `side inputs in windows of kind ${side.kind} cannot be read`,
        fix: 'put the side input into global, fixed or sliding windows',
      });
  }
}

function interval(start: number, end: number): Window {
  return intervalWindow(start as EventTime, minTime(end as EventTime, GLOBAL_WINDOW_END));
}

import { StrahlError } from '#portability/errors.js';
import type { WindowFnSpec } from '#portability/model/windowing.js';
import { GLOBAL_WINDOW, type Window } from '#portability/model/windows.js';
import { windowAssigner } from './assign-windows.js';

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
    case 'sliding': {
      const assign = windowAssigner(side, new Map());
      // Sliding windows are assigned latest first.
      return (main) => assign(main.maxTimestamp, undefined).at(-1) ?? noSideWindow();
    }
    default:
      throw new StrahlError('unsupportedFeature', {
        title: `side inputs in windows of kind ${side.kind} cannot be read`,
        fix: 'put the side input into global, fixed or sliding windows',
      });
  }
}

function noSideWindow(): never {
  throw new StrahlError('incompatibleWindows', {
    title: 'the end of the main window lies in a gap between the windows of the side input',
    fix: 'choose a period of the side windows that is not longer than their size',
  });
}

import { StrahlError } from '#portability/errors.js';
import { expiryOf, type EventTime } from '#portability/model/time.js';
import type { WindowFnSpec } from '#portability/model/windowing.js';
import { GLOBAL_WINDOW, type Window } from '#portability/model/windows.js';
import { toEventTime } from '../../dofn/time-like.js';
import type { FunctionRegistry, SideTime } from '../../dofn/user-function.js';
import { windowAssigner } from '../windows/assign-windows.js';

/**
 * Which side window is read with a main window (SID-1): the side's own window function applied to the
 * main window's last timestamp, or to the time that `at` says; of several windows the one that ends first.
 *
 * @throws STRAHL-2001 for sessions
 */
export function sideWindowMapping(
  side: WindowFnSpec,
  functions: FunctionRegistry,
  at?: SideTime,
): (main: Window) => Window {
  if (side.kind === 'global') return () => GLOBAL_WINDOW;
  if (side.kind === 'sessions') {
    throw new StrahlError('unsupportedFeature', {
      title: 'side inputs in windows of kind sessions cannot be read',
      fix: 'put the side input into global, fixed or sliding windows',
    });
  }
  const assign = windowAssigner(side, functions);
  return (main) => {
    const time = at === undefined ? main.maxTimestamp : toEventTime(at.time(main));
    const window = firstEnding(assign(time, undefined));
    if (at !== undefined) requireInReach(window, main, at);
    return window;
  };
}

function firstEnding(windows: readonly Window[]): Window {
  const [first, ...others] = windows;
  if (first === undefined) return noSideWindow();
  return others.reduce((a, b) => (b.maxTimestamp < a.maxTimestamp ? b : a), first);
}

/** SID-6: what lies further back may be gone already. */
function requireInReach(window: Window, main: Window, { lookback }: SideTime): void {
  const until: EventTime = expiryOf(window.maxTimestamp, lookback);
  if (until >= main.maxTimestamp) return;
  throw new StrahlError('badValue', {
    title: `a side window ends ${String(main.maxTimestamp - window.maxTimestamp)} ms before its main window`,
    why: `side windows are kept for a lookback of ${String(lookback)} ms`,
    fix: 'give lookAt a longer lookback, or a later time',
  });
}

function noSideWindow(): never {
  throw new StrahlError('incompatibleWindows', {
    title: 'the end of the main window lies in a gap between the windows of the side input',
    fix: 'choose a period of the side windows that is not longer than their size',
  });
}

import type { WindowFnSpec, WindowingStrategy } from '#portability/model/windowing.js';
import { duration, type Duration } from '#portability/model/time.js';
import { readMappingAt } from '#portability/model/window-mapping.js';
import type { WindowMapping } from './plan.js';
import type { Problem } from './problems.js';
import type { SideRead, Step } from './step.js';

/** No side window belongs to a main window. */
export interface NoMapping {
  readonly kind: 'impossible';
  readonly why: string;
}

/** Only user code knows: a function says at which time to look, or whose windows they are. */
export interface UserMapping {
  readonly kind: 'user';
  readonly lookback: Duration;
}

/**
 * How the engine finds the side window that belongs to a main window (SID-1). There is none for sessions
 * as a side input, nor for a main input in the global window beside a side input that is windowed.
 */
export function windowMapping(
  main: WindowFnSpec,
  side: WindowingStrategy,
  { spec }: Pick<SideRead, 'spec'>,
): Exclude<WindowMapping, { readonly kind: 'user' }> | UserMapping | NoMapping {
  const { lookback } = readMappingAt(spec.windowMappingFn) ?? {};
  switch (side.windowFn.kind) {
    case 'global':
      return { kind: 'global' };
    case 'sessions':
      return { kind: 'impossible', why: 'sessions as a side input belong to no main window' };
    case 'fixed':
    case 'sliding':
    case 'custom':
      if (main.kind === 'global') {
        return {
          kind: 'impossible',
          why: 'the main input is in the global window, whose end lies in no window of the side input',
        };
      }
      if (side.mergeStatus !== 'non-merging') {
        return {
          kind: 'impossible',
          why: 'merging windows of a side input belong to no main window',
        };
      }
      return side.windowFn.kind === 'custom' || lookback !== undefined
        ? { kind: 'user', lookback: lookback ?? duration(0) }
        : { kind: 'window-fn', windowing: side };
  }
}

/** What a missing mapping means to the user. */
export function mappingProblem(step: Step, side: SideRead, mapping: NoMapping): Problem {
  return {
    key: 'incompatibleWindows',
    title: `the windows of side input "${side.name}" do not fit the main input of "${step.origin.name}"`,
    step: step.origin,
    why: mapping.why,
    fix: 'put the side input into the global window, or both inputs into fixed windows',
  };
}

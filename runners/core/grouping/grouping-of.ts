import { bytesCoder } from '#portability/coders/primitives.js';
import { globalWindowCoder } from '#portability/coders/windows.js';
import { coderId } from '#portability/model/ids.js';
import { duration, TIMESTAMP_MIN } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { FixedGrouping } from './fixed-grouping.js';
import type { Grouping, GroupingOptions } from './grouping.js';
import { SessionGrouping } from './session-grouping.js';
import { TriggeredGrouping } from './triggered-grouping.js';

/** The grouping that carries out a windowing: the narrowest one, since it is the fastest. */
export function groupingOf(options: GroupingOptions): Grouping {
  const { trigger, mergeStatus, timestampCombiner } = options.windowing;
  if (mergeStatus === 'needs-merge') return new SessionGrouping(options);
  return trigger.kind === 'default' && timestampCombiner !== 'latest'
    ? new FixedGrouping(options)
    : new TriggeredGrouping(options);
}

const GLOBALLY: WindowingStrategy = {
  windowFn: { kind: 'global' },
  mergeStatus: 'non-merging',
  windowCoderId: coderId('global'),
  trigger: { kind: 'default' },
  accumulation: 'discarding',
  timestampCombiner: 'end-of-window',
  closing: 'if-non-empty',
  onTime: 'always',
  allowedLateness: duration(0),
  assignsToOneWindow: true,
};

keepShape(
  new FixedGrouping({
    windowing: GLOBALLY,
    keyed: true,
    accumulators: false,
    shape: { windowCoder: globalWindowCoder, elementCoder: bytesCoder },
    times: { input: TIMESTAMP_MIN, output: TIMESTAMP_MIN },
  }),
);

import { bytesCoder } from '#portability/coders/primitives.js';
import { globalWindowCoder } from '#portability/coders/windows.js';
import { coderId } from '#portability/model/ids.js';
import { duration, TIMESTAMP_MIN } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { FixedGrouping } from './fixed-grouping.js';
import type { Grouping, GroupingOptions } from './grouping.js';
import { SessionGrouping } from './session-grouping.js';
import type { StorableGrouping } from './shelves/group-storage.js';
import { ShelvedGrouping } from './shelves/shelved-grouping.js';
import { TriggeredGrouping } from './triggered-grouping.js';

/** The grouping that carries out a windowing. */
export function groupingOf(options: GroupingOptions): Grouping {
  const make = (): StorableGrouping => narrowestOf(options);
  return mayShelve(options) ? new ShelvedGrouping(options, make) : make();
}

/** Without keys there is nothing to tell shelves apart; where windows fire once they keep groups in parts. */
function mayShelve({ partBytes, keyed, accumulators, windowing }: GroupingOptions): boolean {
  if (partBytes === undefined || !keyed) return false;
  const { trigger, mergeStatus, timestampCombiner, allowedLateness } = windowing;
  const isFixed =
    mergeStatus !== 'needs-merge' && trigger.kind === 'default' && timestampCombiner !== 'latest';
  return !isFixed || accumulators || allowedLateness > 0;
}

/** The narrowest grouping that does, since it is the fastest. */
function narrowestOf(options: GroupingOptions): StorableGrouping {
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

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

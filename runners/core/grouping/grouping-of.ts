import { StrahlError } from '#portability/errors.js';
import { describeTrigger } from '#portability/model/trigger-rules.js';
import { FixedGrouping } from './fixed-grouping.js';
import type { Grouping, GroupingOptions } from './grouping.js';
import { MergingGrouping } from './merging-grouping.js';
import { TriggeredGrouping } from './triggered-grouping.js';

/** The grouping that carries out a windowing: the narrowest one, since it is the fastest. */
export function groupingOf(options: GroupingOptions): Grouping {
  const { trigger, mergeStatus } = options.windowing;
  if (mergeStatus === 'needs-merge') {
    if (trigger.kind === 'default') return new MergingGrouping(options);
    throw new StrahlError('unsupportedFeature', {
      title: `merging windows under the trigger ${describeTrigger(trigger)} are not supported`,
    });
  }
  return trigger.kind === 'default' ? new FixedGrouping(options) : new TriggeredGrouping(options);
}

import { RunningGrouping } from './grouping-stage.js';
import type { StageKinds } from './stage-kinds.js';
import { RunningStateful } from './stateful-stage.js';

/** What any plan needs. */
export const ALL_KINDS: StageKinds = { grouping: RunningGrouping, stateful: RunningStateful };

import type { RunningGrouping } from './grouping-stage.js';
import type { RunningStage } from './running-stage.js';
import type { RunningStateful } from './stateful-stage.js';

// By what was planned: whoever asks need not load the kinds that his job does not have.

export function isGrouping(stage: RunningStage): stage is RunningGrouping {
  return stage.planned.kind === 'grouping';
}

export function isStateful(stage: RunningStage): stage is RunningStateful {
  return stage.planned.kind === 'stateful';
}

export { directRunner } from './direct-runner.js';
export type { DirectRunnerOptions } from './direct-runner-options.js';
export type { Faults } from '#runners/core/unreliable-connection.js';
export { drivenWorld } from './world.js';
export type { ObservedJob, StateOfStep } from './direct-job.js';
export { planOf } from './plan-of.js';
export { askJob, findJob } from './control/control-client.js';
export { controlFolder, type RunningJobFile } from './control/control-folder.js';
export type { ControlAnswer, ControlRequest } from './control/control-protocol.js';
export { edgeCoders, type EdgeCoder } from '#runners/core/explain/edge-coders.js';
export type { Plan, PlannedStage } from '#runners/core/plan/plan.js';
export type {
  JobProgress,
  JobState,
  JobSubmission,
  MetricSnapshot,
  Runner,
  RunningJob,
} from '#sdk/runner.js';

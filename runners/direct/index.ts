export { directRunner, type DirectRunnerOptions } from './direct-runner.js';
export type { Faults } from '#runners/core/unreliable-connection.js';
export { planOf } from './plan-of.js';
export type { Plan, PlannedStage } from '#runners/core/plan/plan.js';
export type {
  JobProgress,
  JobState,
  JobSubmission,
  MetricSnapshot,
  Runner,
  RunningJob,
} from '#sdk/runner.js';

export { directRunner, type DirectRunnerOptions } from './direct-runner.js';
export type {
  JobProgress,
  JobState,
  JobSubmission,
  MetricSnapshot,
  Runner,
  RunningJob,
} from '#sdk/runner.js';

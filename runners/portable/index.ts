/**
 * `strahl/runners/portable`: pipelines on Flink, Spark, Prism, or another `strahl job-server`.
 *
 * @packageDocumentation
 */
export { attachJob, type AttachedJob } from './attach-job.js';
export { portableRunner, type PortableRunnerOptions } from './portable-runner.js';
export { startExpansionService, type ExpansionServiceOptions } from './start-expansion-service.js';
export { jobServer, type FinishedJob, type JobServerOptions, type Serving } from './job-server.js';
export type { PipelineBundle } from './pipeline-bundle.js';
export type { PortableEnvironment } from './environment.js';
export type { PortableOptionValue } from './pipeline-options.js';
export type { Runner } from '#sdk/runner.js';

/** The job that a pipeline is built for. */
export interface JobScope {
  /** Nobody can guess it, and every process that works for the job has the same. */
  readonly name: string;
  /** Whether other processes build the pipeline too and do a part of the work: none of them sees the job end. */
  readonly isShared: boolean;
}

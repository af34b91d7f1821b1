import {
  ATTACH_FLAGS,
  BUILD_FLAGS,
  CANCEL_FLAGS,
  EXPANSION_SERVICE_FLAGS,
  EXPLAIN_FLAGS,
  GRAPH_FLAGS,
  JOB_SERVER_FLAGS,
  RUN_FLAGS,
  STOP_FLAGS,
  SUBMIT_FLAGS,
  WORKER_FLAGS,
} from '../flags/command-flags.js';
import type { Flag } from '../flags/flags.js';
import type { LocalJobCommandName } from './job-command.js';
import type { RemoteJobCommandName } from './remote-job-command.js';

interface CommandOf<Subject extends string, Name extends string> {
  readonly name: Name;
  readonly usage: string;
  readonly about: string;
  readonly flags: readonly Flag[];
  /** What the words behind the command name; a server needs none. */
  readonly subject: Subject;
}

export type PipelineCommand = CommandOf<'pipeline', 'run' | 'graph' | 'build' | 'submit'>;
export type JobCommand = CommandOf<'job', LocalJobCommandName | RemoteJobCommandName>;
export type ServerCommand = CommandOf<'server', 'worker' | 'job-server'>;
export type Command =
  PipelineCommand | JobCommand | ServerCommand | CommandOf<'files', 'expansion-service'>;

export const COMMANDS: readonly Command[] = [
  {
    name: 'run',
    usage: 'strahl run FILE[#export] [options]',
    about: 'runs a pipeline and waits for its end',
    flags: RUN_FLAGS,
    subject: 'pipeline',
  },
  {
    name: 'graph',
    usage: 'strahl graph FILE[#export] [options]',
    about: 'shows the steps of a pipeline without running it',
    flags: GRAPH_FLAGS,
    subject: 'pipeline',
  },
  {
    name: 'build',
    usage: 'strahl build FILE[#export] [options]',
    about: 'writes a pipeline and all that it imports as one file, with the hash of its graph',
    flags: BUILD_FLAGS,
    subject: 'pipeline',
  },
  {
    name: 'explain',
    usage: 'strahl explain [JOB] [options]',
    about: 'says why an output of a running job is not there yet',
    flags: EXPLAIN_FLAGS,
    subject: 'job',
  },
  {
    name: 'drain',
    usage: 'strahl drain [JOB] [options]',
    about:
      'ends a running job without loss: sources stop, and all windows fire with what they have',
    flags: STOP_FLAGS,
    subject: 'job',
  },
  {
    name: 'cancel',
    usage: 'strahl cancel [JOB] [options]',
    about: 'stops a running job; what is not committed is dropped',
    flags: CANCEL_FLAGS,
    subject: 'job',
  },
  {
    name: 'submit',
    usage: 'strahl submit FILE[#export] --job-endpoint HOST:PORT [options]',
    about: 'runs a pipeline on Flink, Spark, Prism or another job server',
    flags: SUBMIT_FLAGS,
    subject: 'pipeline',
  },
  {
    name: 'attach',
    usage: 'strahl attach JOB --job-endpoint HOST:PORT [options]',
    about: 'follows a job that was submitted before, to its end',
    flags: ATTACH_FLAGS,
    subject: 'job',
  },
  {
    name: 'worker',
    usage: 'strahl worker [options]',
    about: 'runs the functions of submitted pipelines for their runners',
    flags: WORKER_FLAGS,
    subject: 'server',
  },
  {
    name: 'job-server',
    usage: 'strahl job-server [options]',
    about: 'runs pipelines of any Beam SDK: a Job service of this engine',
    flags: JOB_SERVER_FLAGS,
    subject: 'server',
  },
  {
    name: 'expansion-service',
    usage: 'strahl expansion-service FILE… [options]',
    about: 'offers transforms of FILE to pipelines of other Beam SDKs',
    flags: EXPANSION_SERVICE_FLAGS,
    subject: 'files',
  },
];

import { isDeepStrictEqual } from 'node:util';
import { StrahlError } from '#portability/errors.js';
import type { PipelineBundle, PortableEnvironment } from '#runners/portable/index.js';
import type { Runner } from '#sdk/runner.js';
import type { FlagReader } from '../flags/flag-reader.js';
import { eventOf } from '../terminal/report.js';
import { bundlePipeline } from './bundle-pipeline.js';
import { jobLog } from './job-log.js';
import { jobServiceIn, type JobService } from './remote-jobs.js';
import { runCommand, type Run } from './run-command.js';

export interface Submission extends Omit<Run, 'runner'> {
  readonly file: string;
  readonly exportName: string | undefined;
}

/** Where the flags say the pipeline is to run. */
export interface SubmitTarget extends JobService {
  readonly environment: PortableEnvironment;
  readonly options: Readonly<Record<string, string>>;
  readonly detach: boolean;
}

/** What the flags say; absent where that is wrong, or not enough. */
export function submitTarget(read: FlagReader): SubmitTarget | undefined {
  const service = jobServiceIn(read);
  if (read.text('job-endpoint') === undefined) {
    read.bad('submit needs the job service of a runner', '--job-endpoint HOST:PORT');
  }
  const runner = read.text('runner') ?? 'portable';
  if (runner !== 'portable') read.bad(`submit knows no runner ${runner}`, '--runner portable');
  const environment = environmentIn(read);
  const detach = read.isOn('detach');
  if (detach && environment === 'loopback') {
    read.bad(
      'a job whose functions run in this process ends with it',
      '--environment external, process or docker, or without --detach',
    );
  }
  const options = runnerOptionsIn(read);
  if (service === undefined || read.problems.length > 0) return undefined;
  return { ...service, environment, options, detach };
}

function runnerOptionsIn(read: FlagReader): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  for (const text of read.texts('runner-option')) {
    const [, name, value] = /^([^=]+)=([\s\S]*)$/.exec(text) ?? [];
    if (name === undefined)
      read.bad(`--runner-option ${text} has no value`, '--runner-option NAME=VALUE');
    else options[name] = value!;
  }
  return options;
}

function environmentIn(read: FlagReader): PortableEnvironment {
  const kind = read.text('environment') ?? 'loopback';
  const needed = (flag: string, value: string): string => {
    const given = read.text(flag);
    if (given === undefined)
      read.bad(`--environment ${kind} needs --${flag}`, `--${flag} ${value}`);
    return given ?? '';
  };
  switch (kind) {
    case 'loopback':
      return 'loopback';
    case 'external':
      return { external: needed('worker-pool', 'HOST:PORT') };
    case 'process':
      return { process: needed('worker-command', "'strahl-worker'") };
    case 'docker':
      return { docker: needed('worker-image', 'NAME') };
    default:
      read.bad(
        `there is no environment ${kind}`,
        '--environment loopback, external, process or docker',
      );
      return 'loopback';
  }
}

/** Runs the pipeline elsewhere; waits for the end unless it is told not to. */
export async function submitCommand(submission: Submission, target: SubmitTarget): Promise<number> {
  const { report, pipeline, options, file } = submission;
  const { portableRunner } = await import('#runners/portable/index.js');
  const { detach, environment, ...settings } = target;
  const bundle = environment === 'loopback' ? undefined : await bundleOf(submission);
  const runner: Runner = portableRunner({
    ...settings,
    environment,
    log: jobLog(report),
    ...(bundle === undefined ? {} : { bundle }),
  });
  if (!detach) return runCommand({ ...submission, runner });
  const job = await pipeline.runAsync(options, { runner });
  report.say(
    `submitted ${pipeline.name} of ${file} as job ${job.id}`,
    eventOf('submitted', { job: job.id, pipeline: pipeline.name }),
  );
  return 0;
}

async function bundleOf(submission: Submission): Promise<PipelineBundle> {
  const { file, exportName, options, terminal } = submission;
  requirePlain(options);
  const { module } = await bundlePipeline(file, terminal.directory);
  return { module, export: exportName ?? 'default', options };
}

/** Options travel as JSON. @throws STRAHL-9002 for an option that JSON has no form for */
function requirePlain(options: unknown): void {
  for (const [name, value] of Object.entries(options ?? {})) {
    if (value === undefined || isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value))
      continue;
    throw new StrahlError('badValue', {
      title: `the option ${name} cannot be sent to workers`,
      why: 'options travel as JSON, which gives this value back as another one',
      fix: 'take a string, number, boolean or list of them, or --environment loopback',
    });
  }
}

import { isDeepStrictEqual } from 'node:util';
import { isStrahlError, StrahlError } from '#portability/errors.js';
import type { PipelineBundle, PortableEnvironment } from '#runners/portable/index.js';
import type { Runner } from '#sdk/runner.js';
import { eventOf } from '../terminal/report.js';
import { bundlePipeline } from './bundle-pipeline.js';
import { jobLog } from './job-log.js';
import { jobServiceIn, type JobService } from './remote-jobs.js';
import { runCommand, type Run } from './run-command.js';

type Flags = ReadonlyMap<string, readonly string[]>;

export interface Submission extends Omit<Run, 'runner'> {
  readonly file: string;
  readonly exportName: string | undefined;
  readonly flags: Flags;
}

/** Where the flags say the pipeline is to run. */
export interface SubmitTarget extends JobService {
  readonly environment: PortableEnvironment;
  readonly options: Readonly<Record<string, string>>;
  readonly detach: boolean;
}

/** What the flags say, or all that is wrong with them; `directory`: where the files that they name are. */
export function submitTarget(flags: Flags, directory = '.'): SubmitTarget | readonly StrahlError[] {
  const problems: StrahlError[] = [];
  const one = (name: string): string | undefined => flags.get(name)?.[0];
  const bad = (title: string, fix: string): void => {
    problems.push(new StrahlError('badValue', { title, fix }));
  };
  const remote = jobServiceIn(flags, directory);
  problems.push(...remote.problems);
  if (one('job-endpoint') === undefined) {
    bad('submit needs the job service of a runner', '--job-endpoint HOST:PORT');
  }
  const runner = one('runner') ?? 'portable';
  if (runner !== 'portable') bad(`submit knows no runner ${runner}`, '--runner portable');
  const environment = environmentIn(one, bad);
  const detach = one('detach') === 'true';
  if (detach && environment === 'loopback') {
    bad(
      'a job whose functions run in this process ends with it',
      '--environment external, process or docker, or without --detach',
    );
  }
  const options: Record<string, string> = {};
  for (const text of flags.get('runner-option') ?? []) {
    const [, name, value] = /^([^=]+)=([\s\S]*)$/.exec(text) ?? [];
    if (name === undefined)
      bad(`--runner-option ${text} has no value`, '--runner-option NAME=VALUE');
    else options[name] = value!;
  }
  if (remote.service === undefined || problems.length > 0) return problems;
  return { ...remote.service, environment, options, detach };
}

function environmentIn(
  one: (name: string) => string | undefined,
  bad: (title: string, fix: string) => void,
): PortableEnvironment {
  const kind = one('environment') ?? 'loopback';
  const needed = (flag: string, value: string): string => {
    const given = one(flag);
    if (given === undefined) bad(`--environment ${kind} needs --${flag}`, `--${flag} ${value}`);
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
      bad(`there is no environment ${kind}`, '--environment loopback, external, process or docker');
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
  const module = await bundlePipeline(file, terminal.directory);
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

/** Whether `submitTarget` found problems. */
export function isProblems(
  target: SubmitTarget | readonly StrahlError[],
): target is readonly StrahlError[] {
  return Array.isArray(target) && target.every((problem) => isStrahlError(problem));
}

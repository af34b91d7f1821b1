import { createRequire } from 'node:module';
import { StrahlError } from '#portability/errors.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { Command, JobCommand, PipelineCommand, ServerCommand } from './commands/commands.js';
import { buildCommand } from './commands/build-command.js';
import { expansionServiceCommand } from './commands/expansion-service-command.js';
import { graphCommand, problemOfFormat } from './commands/graph-command.js';
import { jobCommand } from './commands/job-command.js';
import { jobLog } from './commands/job-log.js';
import { jobRequest } from './commands/job-request.js';
import { jobServerCommand } from './commands/job-server-command.js';
import { remoteJobCommand } from './commands/remote-job-command.js';
import { jobServiceIn } from './commands/remote-jobs.js';
import { runCommand } from './commands/run-command.js';
import { submitCommand, submitTarget } from './commands/submit-command.js';
import { workerCommand } from './commands/worker-command.js';
import { type CommandLine, readOptions } from './flags/command-line.js';
import { FlagReader } from './flags/flag-reader.js';
import type { ParsedFlags } from './flags/flags.js';
import { flagsOf } from './flags/option-flags.js';
import { readValues, type Values } from './flags/option-values.js';
import { runnerFlags } from './flags/runner-flags.js';
import { problemOfRunner, runnerNamed } from './flags/runners.js';
import { commandHelp, overview } from './help.js';
import { loadPipeline } from './pipeline-file.js';
import type { Report } from './terminal/report.js';
import type { Terminal } from './terminal/terminal.js';

/** A command line, and where its command is performed. */
export interface Call {
  readonly line: CommandLine;
  readonly terminal: Terminal;
  readonly report: Report;
}

/** Performs what the command line asks for, or tells all that is wrong with it. Resolves with the exit code. */
export async function dispatch(call: Call): Promise<number> {
  const { line, terminal, report } = call;
  const { command } = line;
  if (line.problems.length > 0) return report.refuse(line.problems);
  if (line.flags.has('version')) {
    terminal.out(`${versionOfPackage()}\n`);
    return 0;
  }
  if (command === undefined) return tellOverview(call);
  if (line.flags.has('help')) return tellHelp(command, call);
  switch (command.subject) {
    case 'pipeline':
      return performOnPipeline(command.name, call);
    case 'job':
      return performOnJob(command.name, call);
    case 'server':
      return performServer(command.name, call);
    case 'files':
      return expansionServiceCommand(line, terminal, report);
  }
}

/** Who asks for help gets it; who does not has forgotten the command. */
function tellOverview({ line, terminal, report }: Call): number {
  const text = overview(report.paint);
  if (line.flags.has('help')) {
    terminal.out(text);
    return 0;
  }
  terminal.err(text);
  return 2;
}

/** With the options of the pipeline, if a file of one is named. */
async function tellHelp(command: Command, { line, terminal, report }: Call): Promise<number> {
  const { file, exportName } = line;
  let own;
  if (command.subject === 'pipeline' && file !== undefined) {
    const { description } = await loadPipeline(file, exportName, terminal.directory);
    own = { name: description.name, flags: flagsOf(description.options) };
  }
  terminal.out(commandHelp(command, own, report.paint));
  return 0;
}

async function performOnPipeline(command: PipelineCommand['name'], call: Call): Promise<number> {
  const { line, terminal, report } = call;
  const { file, exportName } = line;
  if (file === undefined) return report.refuse([fileMissing(command)]);
  const { pipeline, description } = await loadPipeline(file, exportName, terminal.directory);
  const { flags, problems } = readOptions(line, flagsOf(description.options));
  const values = await valuesFor(command, description.options, flags, terminal);
  report.hide(values.secrets);
  const forRunner = runnerFlags(flags);
  const read = new FlagReader(flags, terminal.directory);
  const target = command === 'submit' ? submitTarget(read) : undefined;
  const all = [
    ...problems,
    ...(command === 'submit' ? read.problems : problemOfRunner(values.runner)),
    ...problemOfFormat(flags.get('format')?.[0]),
    ...forRunner.problems,
    ...values.problems,
  ];
  if (all.length > 0) return report.refuse(all);
  for (const warning of values.warnings) report.warn(warning);
  const { options } = values;
  const asked = { options, terminal, report };
  switch (command) {
    case 'graph':
      return graphCommand({ ...asked, description, flags });
    case 'build':
      return buildCommand({ ...asked, file, exportName, description, flags });
    case 'submit':
      // Without a target there are problems.
      return submitCommand({ ...asked, pipeline, file, exportName }, target!);
    case 'run': {
      const settings = { log: jobLog(report), ...forRunner.settings };
      const runner = await runnerNamed(values.runner ?? 'direct', settings);
      return runCommand({ ...asked, pipeline, runner });
    }
  }
}

/** A bundle serves all options: those that the pipeline needs may be missing, but not be wrong. */
async function valuesFor(
  command: PipelineCommand['name'],
  schema: Schema<unknown> | undefined,
  flags: ParsedFlags['flags'],
  terminal: Terminal,
): Promise<Values> {
  const values = await readValues(schema, flags, terminal);
  const given = flagsOf(schema).some(({ name }) => flags.has(name));
  if (command !== 'build' || given) return values;
  return values.problems.length > 0 ? { ...values, options: undefined, problems: [] } : values;
}

async function performOnJob(command: JobCommand['name'], call: Call): Promise<number> {
  const { line, terminal, report } = call;
  const { flags, problems } = readOptions(line, []);
  const read = new FlagReader(flags, terminal.directory);
  const request = jobRequest(line.file, read, Date.now());
  const service = jobServiceIn(read);
  const all = [...problems, ...read.problems];
  if (command === 'explain' || (command !== 'attach' && service === undefined)) {
    return all.length > 0 ? report.refuse(all) : jobCommand(command, request, terminal, report);
  }
  const { job, timeout } = request;
  if (service === undefined || job === undefined) return report.refuse([...all, attachNeeds()]);
  if (all.length > 0) return report.refuse(all);
  const what = { service, id: job, ...(timeout === undefined ? {} : { timeout }) };
  return remoteJobCommand(command, what, terminal, report);
}

async function performServer(command: ServerCommand['name'], call: Call): Promise<number> {
  const { line, terminal, report } = call;
  const { flags, problems } = readOptions(line, []);
  if (problems.length > 0) return report.refuse(problems);
  if (command === 'worker') return workerCommand(flags, terminal, report);
  return jobServerCommand(flags, terminal, report);
}

function attachNeeds(): StrahlError {
  return new StrahlError('badValue', {
    title: 'a job of a job service elsewhere is named by its id and the address of the service',
    fix: 'strahl attach JOB --job-endpoint HOST:PORT',
  });
}

function fileMissing(command: string): StrahlError {
  return new StrahlError('noPipelineInFile', {
    title: `strahl ${command} needs the file of a pipeline`,
    fix: `strahl ${command} FILE`,
  });
}

function versionOfPackage(): string {
  const { version } = createRequire(import.meta.url)('strahl/package.json') as { version: string };
  return version;
}

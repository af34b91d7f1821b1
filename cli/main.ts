import { createRequire } from 'node:module';
import { StrahlError } from '#portability/errors.js';
import { expansionServiceCommand } from './commands/expansion-service-command.js';
import { graphCommand, problemOfFormat } from './commands/graph-command.js';
import { jobCommand, type JobCommandName } from './commands/job-command.js';
import { jobLog } from './commands/job-log.js';
import { jobRequest } from './commands/job-request.js';
import { jobServerCommand } from './commands/job-server-command.js';
import { remoteJobCommand, type RemoteJobCommandName } from './commands/remote-job-command.js';
import { jobServiceIn } from './commands/remote-jobs.js';
import { runCommand } from './commands/run-command.js';
import { isProblems, submitCommand, submitTarget } from './commands/submit-command.js';
import { workerCommand } from './commands/worker-command.js';
import { type CommandLine, readCommandLine, readOptions } from './flags/command-line.js';
import { flagsOf } from './flags/option-flags.js';
import { readValues } from './flags/option-values.js';
import { runnerFlags } from './flags/runner-flags.js';
import { problemOfRunner, runnerNamed } from './flags/runners.js';
import { commandHelp, overview } from './help.js';
import { type ExportedPipeline, loadPipeline } from './pipeline-file.js';
import { guardOutput } from './terminal/output-guard.js';
import { exitCodeOf } from './terminal/render-error.js';
import { Report } from './terminal/report.js';
import { processTerminal, type Terminal } from './terminal/terminal.js';

/** The program `strahl`. Ends the process: what a pipeline left open must not keep a finished job waiting. */
export async function main(): Promise<void> {
  const terminal = processTerminal();
  const isLost = guardOutput(process.stdout, (error) => {
    terminal.err(`${error.message}\n`);
  });
  const code = await runCommandLine(terminal);
  await flushed(process.stdout);
  await flushed(process.stderr);
  process.exit(isLost() && code === 0 ? 1 : code);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}

/** Everything the program does, in a world of the caller's. Resolves with the exit code: 0, 1 or 2. */
export async function runCommandLine(terminal: Terminal): Promise<number> {
  const line = readCommandLine(terminal.arguments);
  const report = new Report(terminal, line.common);
  try {
    return await dispatch(line, terminal, report);
  } catch (error) {
    report.errors([error]);
    return exitCodeOf(error);
  }
}

async function dispatch(line: CommandLine, terminal: Terminal, report: Report): Promise<number> {
  if (line.problems.length > 0) return refuse(report, line.problems);
  const wantsHelp = line.flags.has('help');
  if (line.flags.has('version')) {
    terminal.out(`${versionOfPackage()}\n`);
    return 0;
  }
  if (line.command === undefined) {
    const text = overview(report.paint);
    if (wantsHelp) terminal.out(text);
    else terminal.err(text);
    return wantsHelp ? 0 : 2;
  }
  if (line.command.subject === 'job') {
    if (!wantsHelp) return performOnJob(line, line.command.name, terminal, report);
    terminal.out(commandHelp(line.command, undefined, report.paint));
    return 0;
  }
  if (line.command.subject === 'server') {
    if (!wantsHelp) return serverCommand(line, terminal, report);
    terminal.out(commandHelp(line.command, undefined, report.paint));
    return 0;
  }
  if (line.command.subject === 'files') {
    if (!wantsHelp) return expansionServiceCommand(line, terminal, report);
    terminal.out(commandHelp(line.command, undefined, report.paint));
    return 0;
  }
  if (line.file === undefined) {
    if (!wantsHelp) return refuse(report, [fileMissing(line.command.name)]);
    terminal.out(commandHelp(line.command, undefined, report.paint));
    return 0;
  }
  const exported = await loadPipeline(line.file, line.exportName, terminal.directory);
  if (wantsHelp) {
    const { name, options } = exported.description;
    terminal.out(commandHelp(line.command, { name, flags: flagsOf(options) }, report.paint));
    return 0;
  }
  return perform(line, exported, terminal, report);
}

async function perform(
  line: CommandLine,
  { pipeline, description }: ExportedPipeline,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const parsed = readOptions(line, flagsOf(description.options));
  const values = await readValues(description.options, parsed.flags, terminal);
  report.hide(values.secrets);
  const forRunner = runnerFlags(parsed.flags);
  const target =
    line.command?.name === 'submit' ? submitTarget(parsed.flags, terminal.directory) : undefined;
  const problems = [
    ...parsed.problems,
    ...(target === undefined ? problemOfRunner(values.runner) : isProblems(target) ? target : []),
    ...problemOfFormat(parsed.flags.get('format')?.[0]),
    ...forRunner.problems,
    ...values.problems,
  ];
  if (problems.length > 0) return refuse(report, problems);
  for (const warning of values.warnings) report.warn(warning);
  const { options } = values;
  if (line.command?.name === 'graph') {
    return graphCommand({ description, options, flags: parsed.flags, terminal, report });
  }
  if (target !== undefined && !isProblems(target)) {
    const { exportName } = line;
    const { flags } = parsed;
    const what = { pipeline, options, file: line.file!, exportName, flags };
    return submitCommand({ ...what, terminal, report }, target);
  }
  const runner = await runnerNamed(values.runner ?? 'direct', {
    log: jobLog(report),
    ...forRunner.settings,
  });
  return runCommand({ pipeline, options, runner, terminal, report });
}

async function performOnJob(
  line: CommandLine,
  command: string,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const { flags, problems } = readOptions(line, []);
  const request = jobRequest(line.file, flags, Date.now());
  const remote = jobServiceIn(flags, terminal.directory);
  const all = [...problems, ...request.problems, ...remote.problems];
  if (remote.service === undefined && command === 'attach') all.push(attachNeeds());
  if (remote.service !== undefined && request.job === undefined) all.push(attachNeeds());
  if (all.length > 0) return refuse(report, all);
  if (remote.service !== undefined) {
    const { timeout, job } = request;
    const what = {
      service: remote.service,
      id: job!,
      ...(timeout === undefined ? {} : { timeout }),
    };
    return remoteJobCommand(command as RemoteJobCommandName, what, terminal, report);
  }
  return jobCommand(command as JobCommandName, request, terminal, report);
}

async function serverCommand(
  line: CommandLine,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const { flags, problems } = readOptions(line, []);
  if (problems.length > 0) return refuse(report, problems);
  if (line.command?.name === 'worker') return workerCommand(flags, terminal, report);
  return jobServerCommand(flags, terminal, report);
}

function attachNeeds(): StrahlError {
  return new StrahlError('badValue', {
    title: 'a job of a job service elsewhere is named by its id and the address of the service',
    fix: 'strahl attach JOB --job-endpoint HOST:PORT',
  });
}

function refuse(report: Report, problems: readonly StrahlError[]): number {
  report.errors(problems);
  return 2;
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

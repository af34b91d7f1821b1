import { isStrahlError, StrahlError } from '#portability/errors.js';
import type { Explanation, JobState } from '#sdk/runner.js';
import type { ControlAnswer, ControlRequest, RunningJobFile } from '#runners/direct/index.js';
import { eventOf, type Report } from '../terminal/report.js';
import type { Terminal } from '../terminal/terminal.js';
import type { JobRequest } from './job-request.js';

/** What can be asked of a job of this machine. */
export type LocalJobCommandName = 'explain' | 'drain' | 'cancel';

/** Beyond this a job that says nothing is taken to be busy, in milliseconds. */
const ANSWER_MS = 5_000;
/** How long `--force` waits for a job to end by itself, in milliseconds, unless told otherwise. */
const GRACE_MS = 5_000;
const WATCH_EVERY_MS = 2_000;
/** Clears a terminal and goes to its first line. */
const CLEAR = '\u001b[2J\u001b[H';

/** Asks a running job, drains or cancels it. Resolves with the exit code. */
export async function jobCommand(
  command: LocalJobCommandName,
  request: JobRequest,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const { askJob, controlFolder, findJob } = await import('#runners/direct/index.js');
  const job = findJob(controlFolder(terminal.environment), request.job);
  const ask = (what: ControlRequest, timeout?: number): Promise<ControlAnswer> =>
    askJob(job, what, timeout);
  const call: Call = { job, ask, request, terminal, report };
  if (command === 'explain') return explain(call);
  return stop(command, call);
}

interface Call {
  readonly job: RunningJobFile;
  readonly ask: (what: ControlRequest, timeout?: number) => Promise<ControlAnswer>;
  readonly request: JobRequest;
  readonly terminal: Terminal;
  readonly report: Report;
}

async function explain({ ask, request, terminal, report }: Call): Promise<number> {
  const { query, watch } = request;
  const tell = async (): Promise<void> => {
    const explanation = explanationIn(await ask({ op: 'explain', query }, ANSWER_MS));
    if (report.isJson) report.event(eventOf('explanation', { ...explanation }));
    else terminal.out(`${watch ? clearing(terminal) : ''}${explanation.text}\n`);
  };
  await tell();
  return watch ? repeat(tell, terminal) : 0;
}

/** A program that reads a pipe gets one explanation after the other, with a blank line between. */
function clearing({ columns }: Terminal): string {
  return columns === undefined ? '\n' : CLEAR;
}

/** Until Ctrl-C, or until the job ends. */
function repeat(tell: () => Promise<void>, terminal: Terminal): Promise<number> {
  let end = (): void => undefined;
  const ended = new Promise<number>((resolve, reject) => {
    const timer = setInterval(() => void tell().catch(reject), WATCH_EVERY_MS);
    const release = terminal.onInterrupt(() => resolve(0));
    end = () => {
      clearInterval(timer);
      release();
    };
  });
  return ended.finally(() => end());
}

async function stop(op: 'drain' | 'cancel', call: Call): Promise<number> {
  const { ask, job, request, report } = call;
  const { wait, force } = request;
  const timeout = request.timeout ?? (force ? GRACE_MS : undefined);
  try {
    const waits = wait || force;
    const state = stateIn(await ask({ op, wait: waits }, waits ? timeout : ANSWER_MS));
    const text = waits ? `${job.name} is ${state}` : `${job.name} is told to ${op}`;
    report.say(text, eventOf(op, { job: job.name, pid: job.pid, state }));
    return 0;
  } catch (e) {
    if (!force || !isStrahlError(e) || e.key !== 'timedOut') throw e;
    kill(call);
    return 0;
  }
}

/** A loop hears no signal that could be handled; this one cannot be. */
function kill({ job, report }: Call): void {
  process.kill(job.pid, 'SIGKILL');
  const text = `${job.name} did not end by itself; its process ${String(job.pid)} was ended`;
  report.say(text, eventOf('killed', { job: job.name, pid: job.pid }));
}

function explanationIn(answer: ControlAnswer): Explanation {
  if (answer.type === 'explanation') return answer.explanation;
  throw unexpected(answer);
}

function stateIn(answer: ControlAnswer): JobState {
  if (answer.type === 'stopping' || answer.type === 'stopped') return answer.state;
  throw unexpected(answer);
}

function unexpected({ type }: ControlAnswer): StrahlError {
  return new StrahlError('protocolBroken', { title: `the job answered with "${type}"` });
}

import { StrahlError } from '#portability/errors.js';
import type { JobState, RunningJob } from '#sdk/runner.js';
import { metricsView } from '#sdk/metrics-view.js';
import { eventOf, type Report } from '../terminal/report.js';
import { metricFields, metricLines } from '../terminal/summary.js';
import type { Terminal } from '../terminal/terminal.js';
import { jobLog } from './job-log.js';
import type { JobService } from './remote-jobs.js';

/** What can be asked of a job of a job service. */
export type RemoteJobCommandName = 'attach' | 'drain' | 'cancel';

/** A job on a runner elsewhere, and what is wanted of it. */
export interface RemoteJobRequest {
  readonly service: JobService;
  /** The id that `strahl submit --detach` printed. */
  readonly id: string;
  /** Milliseconds; absent: as long as it takes. */
  readonly timeout?: number;
}

/**
 * Follows a job that was submitted before, or ends it first. Resolves with the exit code when the job has ended, or
 * with 0 when Ctrl-C ends the following: the job goes on then.
 *
 * @throws STRAHL-6002 for a job that the runner does not know, 6006 when it takes longer than the timeout
 */
export async function remoteJobCommand(
  command: RemoteJobCommandName,
  request: RemoteJobRequest,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const { attachJob } = await import('#runners/portable/index.js');
  const { id, service, timeout } = request;
  const job = await attachJob({ ...service, log: jobLog(report) }, id);
  const stopTelling = tellStates(job, report);
  const left = new Promise<'left'>((resolve) => terminal.onInterrupt(() => resolve('left')));
  const late = limit(timeout, `${id} has not ended`);
  try {
    const asked = command === 'attach' ? undefined : ask(job, command, report);
    const end = await Promise.race([left, late.over, ended(job, asked)]);
    if (end !== 'left') return tellEnd(job, end, report);
    report.say(`left     job ${id} goes on`, eventOf('left', { job: id }));
    return 0;
  } finally {
    late.release();
    stopTelling();
    job.leave();
  }
}

async function ask(job: RunningJob, what: 'drain' | 'cancel', report: Report): Promise<void> {
  report.say(`told     job ${job.id} to ${what}`, eventOf(what, { job: job.id }));
  await (what === 'drain' ? job.drain() : job.cancel());
}

/** What the runner answers to a wish is heard, too: it may know nothing of draining. */
async function ended(job: RunningJob, asked: Promise<void> | undefined): Promise<JobState> {
  await asked;
  return job.done;
}

function tellStates(job: RunningJob, report: Report): () => void {
  let last: JobState | undefined;
  return job.onChange(({ state }) => {
    if (state === last) return;
    last = state;
    report.meanwhile(`state    ${state}`, eventOf('state', { job: job.id, state }));
  });
}

function tellEnd(job: RunningJob, state: JobState, report: Report): number {
  // Names of steps are known to who built the graph; the runner tells their ids.
  const metrics = metricsView(job.metrics(), new Map(), new Map());
  const event = eventOf('result', {
    ...{ job: job.id, state },
    metrics: metrics.all().map(metricFields),
  });
  report.say([`ended    job ${job.id}: ${state}`, ...metricLines(metrics)].join('\n'), event);
  return state === 'DONE' || state === 'DRAINED' || state === 'CANCELLED' ? 0 : 1;
}

/** `over` rejects when the time is over. */
function limit(
  ms: number | undefined,
  title: string,
): { readonly over: Promise<never>; release(): void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    if (ms === undefined) return;
    timer = setTimeout(() => {
      reject(new StrahlError('timedOut', { title: `${title} after ${String(ms)} ms` }));
    }, ms);
  });
  return { over, release: () => clearTimeout(timer) };
}

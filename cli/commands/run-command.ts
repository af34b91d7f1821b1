import { StrahlError } from '#portability/errors.js';
import type { Pipeline } from '#sdk/pipeline.js';
import type { Job, JobResult } from '#sdk/result.js';
import { BYTES_READ, type Runner } from '#sdk/runner.js';
import { ProgressLine } from '../terminal/progress.js';
import { eventOf, type Report } from '../terminal/report.js';
import { metricFields, metricLines, totalsText } from '../terminal/summary.js';
import type { Terminal } from '../terminal/terminal.js';
import { guardProcess } from './process-guard.js';

/** A pipe or a file gets a line this often; on a terminal the line is replaced with each change. */
const PLAIN_PROGRESS_EVERY_MS = 10_000;
const JSON_PROGRESS_EVERY_MS = 1_000;

export interface Run {
  readonly pipeline: Pipeline<unknown>;
  readonly options: unknown;
  readonly runner: Runner;
  readonly terminal: Terminal;
  readonly report: Report;
}

/** Runs to the end and says how it went. Resolves with the exit code. */
export async function runCommand(run: Run): Promise<number> {
  const { terminal, report } = run;
  const interruption = interruptible(terminal, report);
  const started = performance.now();
  const release = guardProcess(run);
  try {
    const { signal } = interruption;
    const job = await run.pipeline.runAsync(run.options, { runner: run.runner, signal });
    if (!job.progress().bounded) tellHowToEnd(run);
    const stopTelling = tellProgress(job, run, started);
    const result = await job.done.finally(stopTelling);
    return tellEnd(job, result, run, performance.now() - started);
  } finally {
    report.clear();
    release();
    interruption.release();
  }
}

/** The first Ctrl-C cancels at the next safe point, the second ends the process. */
function interruptible(
  terminal: Terminal,
  report: Report,
): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const release = terminal.onInterrupt(() => {
    if (controller.signal.aborted) {
      terminal.exit(1);
      return;
    }
    report.meanwhile('cancelling; once more to end at once', eventOf('cancelling', {}));
    controller.abort();
  });
  return { signal: controller.signal, release };
}

/** What does not end by itself is ended by somebody, who wants to know how. */
function tellHowToEnd({ report, pipeline: { name } }: Run): void {
  const ways = `Ctrl-C cancels it, strahl drain ${name} ends it without a loss`;
  report.meanwhile(
    `running  ${name} may never end by itself: ${ways}`,
    eventOf('running', { pipeline: name }),
  );
}

/** Returns the way to stop. */
function tellProgress(job: Job, { report, terminal }: Run, started: number): () => void {
  const line = new ProgressLine(started);
  const tell = (): string => line.tell(job.progress(), performance.now());
  let state = job.state;
  const changes = job.changes.subscribe({
    next: (change) => {
      const event = eventOf('state', { state: change.state });
      if (change.state !== state && change.state === 'DRAINING') {
        report.meanwhile('draining; sources stop, and what they gave is brought to its end', event);
      } else if (change.state !== state && report.verbose) {
        report.meanwhile(`state    ${change.state}`, event);
      }
      state = change.state;
      if (report.showsProgressLine) report.progress(tell());
    },
    // `done` rejects with the same error.
    error: () => undefined,
  });
  const every = report.isJson ? JSON_PROGRESS_EVERY_MS : PLAIN_PROGRESS_EVERY_MS;
  const timer = setInterval(() => {
    if (!report.showsProgressLine)
      report.meanwhile(tell(), eventOf('progress', { ...job.progress() }));
  }, every);
  if (terminal.columns !== undefined) report.progress(tell());
  return () => {
    changes.unsubscribe();
    clearInterval(timer);
  };
}

function tellEnd(job: Job, result: JobResult, run: Run, ms: number): number {
  const { report, pipeline } = run;
  const done = result.state === 'DONE' || result.state === 'DRAINED';
  const metrics = result.metrics.all().map(metricFields);
  const { elements } = job.progress();
  const bytes = result.metrics.counter(BYTES_READ);
  const totals = { seconds: ms / 1000, elements, bytes };
  const event = eventOf('result', {
    ...{ job: result.id, pipeline: pipeline.name, state: result.state },
    ...totals,
    metrics,
  });
  if (!done) {
    report.errors([new StrahlError('jobCancelled', { title: `${pipeline.name} was cancelled` })]);
    report.event(event);
    return 1;
  }
  const paint = report.paint;
  const how = result.state === 'DONE' ? 'done    ' : 'drained ';
  const first = `${paint('green', how)} ${pipeline.name}: ${totalsText(totals)}`;
  report.say([first, ...metricLines(result.metrics)].join('\n'), event);
  return 0;
}

import { StrahlError } from '#portability/errors.js';
import type { Report } from '../terminal/report.js';

/**
 * Watches for what user code can do to the process while a job runs, beside throwing in a step: ending it, and
 * failing where nobody waits. Both fail the job with a text instead of a stack. Returns the way to stop.
 */
export function guardProcess({ report }: { readonly report: Report }): () => void {
  const onExit = (): void => {
    report.errors([
      new StrahlError('userCodeThrew', {
        title: 'process.exit was called while the job ran',
        ...siteOfExit(new Error()),
        fix: 'throw an error to fail the job, or let the function return',
      }),
    ]);
    process.exitCode = 1;
  };
  const onError = (error: unknown): void => {
    process.off('exit', onExit);
    const text = (error as { readonly message?: unknown } | null)?.message ?? error;
    report.errors([
      new StrahlError('userCodeThrew', {
        title: `an error was thrown outside of any step: ${String(text)}`,
        why: 'a promise was rejected, or a callback threw, and nobody waited for it',
        fix: 'await the promise in the function of the step; --debug shows the stack',
        cause: error,
      }),
    ]);
    process.exit(1);
  };
  process.once('exit', onExit);
  process.once('uncaughtException', onError);
  return () => {
    process.off('exit', onExit);
    process.off('uncaughtException', onError);
  };
}

/** An exit listener runs inside the call of `process.exit`, whose caller is the user's line. */
function siteOfExit(here: { readonly stack?: string }): { readonly site?: string } {
  const frames = (here.stack ?? '').split('\n');
  const exit = frames.findIndex((frame) => /process\.(reallyE|e)xit\b/.test(frame));
  const [, file, position] =
    /\(?((?:file:\/\/)?\/[^\s()]*?):(\d+:\d+)\)?$/.exec(frames[exit + 1] ?? '') ?? [];
  if (exit < 0 || file === undefined || position === undefined) return {};
  return { site: `${file.replace(/^file:\/\//, '')}:${position}` };
}

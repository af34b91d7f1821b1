import { docsOf, isStrahlError, type StrahlError } from '#portability/errors.js';
import { codeFrame } from './code-frame.js';
import type { Paint } from './terminal.js';

export interface RenderOptions {
  readonly paint: Paint;
  /** Shows the lines around the construction site. */
  readonly frame: boolean;
  /** Adds stacks; without it a person sees only what helps to fix the program. */
  readonly debug: boolean;
}

/** An error as a person reads it. */
export function renderError(error: unknown, options: RenderOptions): string {
  const { paint, frame, debug } = options;
  const parts = [isStrahlError(error) ? colored(error, paint) : paint('red', messageOf(error))];
  if (isStrahlError(error) && frame && error.site !== undefined) {
    const lines = codeFrame(error.site, paint);
    if (lines !== undefined) parts.push('', lines);
  }
  if (debug) parts.push('', ...stacksOf(error));
  else if (!isStrahlError(error)) parts.push('  fix      run again with --debug for the stack');
  return parts.join('\n');
}

/** An error as the fields of a `--json` line. */
export function errorFields(error: unknown, debug: boolean): Record<string, unknown> {
  const stack = debug ? { stack: stacksOf(error) } : {};
  if (!isStrahlError(error)) return { title: messageOf(error), ...stack };
  const { code, class: errorClass, title, step, site, element, position, why, fix } = error;
  const docs = docsOf(code);
  return {
    ...{ code, class: errorClass, title, step, site, element, position, why, fix, docs },
    ...(error.cause === undefined ? {} : { cause: messageOf(error.cause) }),
    ...stack,
  };
}

/** 2 when the call itself is wrong, 1 when the job failed or was refused. */
export function exitCodeOf(error: unknown): 1 | 2 {
  return isStrahlError(error) && error.class === 'UsageError' ? 2 : 1;
}

function colored(error: StrahlError, paint: Paint): string {
  const [first = '', ...rest] = error.message.split('\n');
  const labels = /^( {2})(step|built at|element|at|why|fix|docs)( +)/;
  const rows = rest.map((row) =>
    row.replace(labels, (_, indent: string, label: string, gap: string) => {
      return `${indent}${paint('dim', label)}${gap}`;
    }),
  );
  return [paint('red', first), ...rows].join('\n');
}

/** What was thrown may be anything, an error of another realm included. */
function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) {
    const { name, message } = error as { name?: unknown; message: unknown };
    return typeof name === 'string' && !isStrahlError(error)
      ? `${name}: ${String(message)}`
      : String(message);
  }
  return String(error);
}

function stacksOf(error: unknown): string[] {
  const stacks: string[] = [];
  const seen = new Set<unknown>();
  let at = error;
  while (typeof at === 'object' && at !== null && !seen.has(at)) {
    seen.add(at);
    const { stack, cause } = at as { stack?: unknown; cause?: unknown };
    if (typeof stack === 'string') stacks.push(stacks.length === 0 ? stack : `caused by ${stack}`);
    at = cause;
  }
  return stacks;
}

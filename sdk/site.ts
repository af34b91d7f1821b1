import { fileURLToPath } from 'node:url';

/** Where a user's call stands: `file:line:column`, the file relative to the working directory. */
export type Site = string;

/** A public function, to leave its own frames and those above it out. */
export type Callee = (...args: never[]) => unknown;

const FRAME = /^\s*at (?:.* \()?(.+?):(\d+):(\d+)\)?$/m;

/**
 * The place of the call to `callee`, the outermost function that is ours.
 *
 * Only one frame is captured and only its text is read: whoever maps positions back to the source (tsx,
 * Jest, `--enable-source-maps`) does so in the text.
 */
export function siteOfCall(callee: Callee): Site | undefined {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  try {
    Error.captureStackTrace(holder, callee);
    // Read inside: the text is made on the first access.
    const frame = FRAME.exec(holder.stack ?? '');
    return frame === null ? undefined : `${relative(frame[1]!)}:${frame[2]!}:${frame[3]!}`;
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function relative(file: string): string {
  const path = file.startsWith('file://') ? fileURLToPath(file) : file;
  const folder = `${process.cwd()}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}

import { fileURLToPath } from 'node:url';

/** Where a user's call stands: `file:line:column`, the file relative to the working directory. */
export type Site = string;

/** A public function, to leave its own frames and those above it out. */
export type Callee = (...args: never[]) => unknown;

/** What newer Nodes put there, so that one can call it; older ones leave the property empty. */
const NODES_OWN = 'ErrorPrepareStackTrace';

type Frame = readonly [file: string, line: number, column: number];

/**
 * The place of the call to `callee`, the outermost function that is ours. One frame is captured.
 *
 * Whoever has taken over the making of stack texts (Jest) has also mapped positions back to the source, so
 * the text is read. Otherwise the frame is taken raw and mapped here: Node, asked for a text, would read
 * and cut up the source file for each call, 0.4 ms instead of 5 µs.
 */
export function siteOfCall(callee: Callee): Site | undefined {
  const limit = Error.stackTraceLimit;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back below as it was
  const prepare = Error.prepareStackTrace as typeof Error.prepareStackTrace | undefined;
  Error.stackTraceLimit = 1;
  const isNodes = prepare === undefined || prepare.name === NODES_OWN;
  if (isNodes) Error.prepareStackTrace = rawFrame;
  try {
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, callee);
    // Read inside: it is made on the first access.
    const { stack } = holder;
    const frame = typeof stack === 'string' ? frameOfText(stack) : mapped(stack as Frame | null);
    return frame === null ? undefined : `${relative(frame[0])}:${frame[1]}:${frame[2]}`;
  } finally {
    Error.stackTraceLimit = limit;
    if (isNodes) Object.assign(Error, { prepareStackTrace: prepare });
  }
}

function rawFrame(_: Error, frames: readonly NodeJS.CallSite[]): Frame | null {
  const file = frames[0]?.getFileName();
  const line = frames[0]?.getLineNumber();
  const column = frames[0]?.getColumnNumber();
  return file == null || line == null || column == null ? null : [file, line, column];
}

/** Through the source map that a loader has registered, if any. */
function mapped(frame: Frame | null): Frame | null {
  if (frame === null) return null;
  // Without source maps nobody has registered one, and the module that knows them need not be loaded.
  if (!process.sourceMapsEnabled) return frame;
  const [file, line, column] = frame;
  const { findSourceMap } = process.getBuiltinModule('node:module');
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalLine' in entry)) return frame;
  return [entry.originalSource, entry.originalLine + 1, entry.originalColumn + 1];
}

const FRAME = /^\s*at (?:.* \()?(.+?):(\d+):(\d+)\)?$/m;

function frameOfText(stack: string): Frame | null {
  const match = FRAME.exec(stack);
  return match === null ? null : [match[1]!, Number(match[2]), Number(match[3])];
}

// A build function calls from one or two files, over and over.
let lastFile = '';
let lastRelative = '';

function relative(file: string): string {
  if (file === lastFile) return lastRelative;
  const path = file.startsWith('file://') ? fileURLToPath(file) : file;
  const folder = `${process.cwd()}/`;
  lastFile = file;
  lastRelative = path.startsWith(folder) ? path.slice(folder.length) : path;
  return lastRelative;
}

import { logLine, logText } from '#sdk/harness/steps/step-log.js';
import type { Logger } from '#sdk/runner.js';

/** Where `c.log` goes if nobody says otherwise: one line each to standard error, debugging left out. */
export const STDERR_LOG: Logger = Object.freeze({
  debug() {},
  info: (message: string, fields?: object) => write('info', message, fields),
  warn: (message: string, fields?: object) => write('warn', message, fields),
  error: (message: string, fields?: object) => write('error', message, fields),
});

function write(level: string, message: string, fields: object | undefined): void {
  process.stderr.write(`${level.padEnd(9)}${logText(logLine(message, fields))}\n`);
}

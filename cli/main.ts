import { dispatch } from './dispatch.js';
import { readCommandLine } from './flags/command-line.js';
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
    return await dispatch({ line, terminal, report });
  } catch (error) {
    report.errors([error]);
    return exitCodeOf(error);
  }
}

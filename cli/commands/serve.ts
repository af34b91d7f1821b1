import { eventOf, type Report } from '../terminal/report.js';
import type { Terminal } from '../terminal/terminal.js';

/** A server that listens. */
export interface Listening {
  readonly address: string;
  close(): Promise<void>;
}

/** Says where a server that is starting listens, and closes it when it is interrupted. Resolves with the exit code. */
export async function serve(
  starting: Promise<Listening>,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const interrupted = new Promise<void>((resolve) => {
    terminal.onInterrupt(resolve);
  });
  const server = await starting;
  const { address } = server;
  if (report.isJson) report.event(eventOf('listening', { address }));
  else terminal.out(`listening on ${address}\n`);
  await interrupted;
  await server.close();
  return 0;
}

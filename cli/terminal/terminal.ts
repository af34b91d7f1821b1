import { styleText } from 'node:util';

/** The world as a command sees it: what it was called with, and where it writes. Tests give one of their own. */
export interface Terminal {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  /** What another program may read: results, and with `--json` one object per line. */
  out(text: string): void;
  /** What a person reads: text, progress, logs. */
  err(text: string): void;
  /** Columns of the terminal behind `err`; absent when it is a file or a pipe. */
  readonly columns: number | undefined;
  /** Calls `listener` on each Ctrl-C or SIGTERM until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';
/** Marks text up, or leaves it alone where colours are not wanted. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

/**
 * Colours follow, in this order: `--no-color`, `FORCE_COLOR`, `NO_COLOR` (any value but the empty one),
 * `TERM=dumb`, and whether a person is reading.
 */
export function paintFor(terminal: Terminal, noColor: boolean): Paint {
  return wantsColor(terminal, noColor) ? styled : plain;
}

function wantsColor({ environment, columns }: Terminal, noColor: boolean): boolean {
  if (noColor) return false;
  const force = environment['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  return columns !== undefined && environment['TERM'] !== 'dumb';
}

function styled(style: Style, text: string): string {
  // Whether colours are wanted is decided above; newer Nodes would look at stdout as well.
  return styleText(style, text, { validateStream: false });
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    arguments: process.argv.slice(2),
    environment: process.env,
    directory: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    columns: process.stderr.isTTY ? process.stderr.columns : undefined,
    onInterrupt(listener) {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      for (const signal of signals) process.on(signal, listener);
      return () => {
        for (const signal of signals) process.off(signal, listener);
      };
    },
    exit: (code) => process.exit(code),
  };
}

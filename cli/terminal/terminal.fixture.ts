import type { Terminal } from './terminal.js';

/** A terminal that keeps what is written, and whose Ctrl-C and clock of the test's making. */
export interface KeptTerminal extends Terminal {
  output(): string;
  errors(): string;
  /** Presses Ctrl-C. */
  interrupt(): void;
  /** Exit codes with which the process would have ended at once. */
  readonly exits: readonly number[];
}

export function keptTerminal(given: Partial<Terminal> = {}): KeptTerminal {
  const written = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const exits: number[] = [];
  return {
    ...{ arguments: [], environment: {}, directory: '/', columns: undefined },
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    exit: (code) => void exits.push(code),
    output: () => written.out,
    errors: () => written.err,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
    exits,
    ...given,
  };
}

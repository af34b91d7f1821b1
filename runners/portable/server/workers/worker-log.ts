import type { LogEntry } from '#portability/proto/generated/fn-api.js';
import { LogEntry_Severity as Severity } from '#portability/proto/generated/fn-api.js';

/** Lines that are kept of a worker, for the message that tells why its job failed. */
const KEPT = 50;
const LINE_BYTES = 2048;

/** The last lines that a worker logged. */
export class WorkerLog {
  readonly #lines: string[] = [];
  readonly #onEntry: (text: string, severity: number) => void;

  constructor(onEntry: (text: string, severity: number) => void = () => undefined) {
    this.#onEntry = onEntry;
  }

  add({ severity, message, trace, logLocation }: LogEntry): void {
    const where = logLocation === '' ? '' : ` (${logLocation})`;
    const text = `${nameOf(severity)} ${message}${where}${trace === '' ? '' : `\n${trace}`}`;
    this.note(text);
    this.#onEntry(text, severity);
  }

  /** Keeps a line that is told to nobody unless the worker is lost. */
  note(text: string): void {
    this.#lines.push(text.length > LINE_BYTES ? `${text.slice(0, LINE_BYTES)}…` : text);
    if (this.#lines.length > KEPT) this.#lines.shift();
  }

  get tail(): string {
    return this.#lines.join('\n');
  }
}

function nameOf(severity: number): string {
  return Object.entries(Severity).find(([, number]) => number === severity)?.[0] ?? 'UNSPECIFIED';
}

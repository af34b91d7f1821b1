import type { CommonSettings } from '../flags/command-flags.js';
import { errorFields, renderError } from './render-error.js';
import { type Paint, paintFor, type Terminal } from './terminal.js';

/**
 * What a command says while it works: lines for a person, or one JSON object per line for a program. Nothing else
 * writes to the terminal, so that a progress line is never left in the middle of another text.
 */
export class Report {
  readonly paint: Paint;
  readonly #terminal: Terminal;
  readonly #settings: CommonSettings;
  #lineIsOpen = false;
  #secrets: readonly string[] = [];

  constructor(terminal: Terminal, settings: CommonSettings) {
    this.#terminal = terminal;
    this.#settings = settings;
    this.paint = paintFor(terminal, settings.noColor);
  }

  get verbose(): boolean {
    return this.#settings.verbose;
  }

  get isJson(): boolean {
    return this.#settings.json;
  }

  /** Whether a person watches a terminal on which a line can be replaced. */
  get showsProgressLine(): boolean {
    return this.#terminal.columns !== undefined && !this.#settings.json;
  }

  /** From now on these texts are shown to nobody, wherever they turn up. */
  hide(secrets: readonly string[]): void {
    // A very short secret would blank out half of every text, and hide nothing.
    this.#secrets = secrets.filter((secret) => secret.length >= 4);
  }

  /** A line for a person; under `--json` the event alone is written. */
  say(text: string, event: { readonly type: string }): void {
    if (this.#settings.json) this.event(event);
    else if (!this.#settings.quiet) this.#line(text);
  }

  /** What is of interest while it happens, and nobody needs who asked for quiet: not even a program. */
  meanwhile(text: string, event: { readonly type: string }): void {
    if (!this.#settings.quiet) this.say(text, event);
  }

  /** An object for a program; nothing without `--json`. */
  event(event: { readonly type: string }): void {
    if (this.#settings.json) this.#terminal.out(`${this.#redacted(JSON.stringify(event))}\n`);
  }

  warn(text: string): void {
    if (this.#settings.json) this.event(eventOf('warning', { text }));
    else this.#line(`${this.paint('yellow', 'warning')}  ${text}`);
  }

  errors(errors: readonly unknown[]): void {
    const { debug, json } = this.#settings;
    for (const error of errors) {
      if (json) this.event(eventOf('error', errorFields(error, debug)));
      const frame = !json && this.#terminal.columns !== undefined;
      this.#line(renderError(error, { paint: this.paint, frame, debug }));
    }
  }

  /** Tells what is wrong with a command line; the exit code of that. */
  refuse(problems: readonly unknown[]): number {
    this.errors(problems);
    return 2;
  }

  /** Replaces the progress line on a terminal. */
  progress(text: string): void {
    const { columns } = this.#terminal;
    if (columns === undefined || this.#settings.quiet || this.#settings.json) return;
    this.#terminal.err(`\r\u001b[K${text.slice(0, columns - 1)}`);
    this.#lineIsOpen = true;
  }

  /** Takes the progress line away. */
  clear(): void {
    if (this.#lineIsOpen) this.#terminal.err('\r\u001b[K');
    this.#lineIsOpen = false;
  }

  #line(text: string): void {
    this.clear();
    this.#terminal.err(`${this.#redacted(text)}\n`);
  }

  #redacted(text: string): string {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, '•••'), text);
  }
}

export function eventOf(
  type: string,
  fields: Readonly<Record<string, unknown>>,
): { readonly type: string } {
  return { type, ...fields };
}

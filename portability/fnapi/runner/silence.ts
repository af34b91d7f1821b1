import type { HarnessPeer } from './harness-peer.js';

/** What is done about a peer that says nothing. */
export interface SilenceRules {
  /** Milliseconds without any word after which the peer counts as gone. */
  readonly limitMs: number;
  /** Asks for a sign of life; called once a silence has lasted for half of the limit. */
  readonly probe: () => void;
  readonly onSilent: () => void;
}

/**
 * Watches a peer while something is expected of it.
 *
 *   S1. Nothing is expected of a peer that was asked nothing: its silence never ends.
 *   S2. Any word counts as life. A function may take as long as it likes, as long as its harness says so.
 */
export class Silence {
  readonly #rules: SilenceRules;
  #expected = 0;
  #timer: NodeJS.Timeout | undefined;
  #wasHeard = false;
  #quietHalves = 0;

  constructor(rules: SilenceRules) {
    this.#rules = rules;
  }

  /** Something is expected until `settled`. */
  expect(): void {
    if (this.#expected++ > 0) return;
    this.#wasHeard = false;
    this.#quietHalves = 0;
    this.#timer = setInterval(() => this.#look(), this.#rules.limitMs / 2);
    // Whatever waits for the peer keeps the process; a watch alone does not.
    this.#timer.unref();
  }

  settled(): void {
    if (--this.#expected === 0) clearInterval(this.#timer);
  }

  heard(): void {
    this.#wasHeard = true;
  }

  #look(): void {
    this.#quietHalves = this.#wasHeard ? 0 : this.#quietHalves + 1;
    this.#wasHeard = false;
    if (this.#quietHalves === 1) this.#rules.probe();
    else if (this.#quietHalves >= 2) {
      clearInterval(this.#timer);
      this.#rules.onSilent();
    }
  }
}

/** The watch over a harness whose silence has a limit; `probe` asks it for a sign of life. */
export function silenceOf({ silence }: HarnessPeer, probe: () => void): Silence | undefined {
  if (silence === undefined) return undefined;
  const { limitMs, onQuiet, onSilent } = silence;
  return new Silence({
    limitMs,
    probe: () => {
      onQuiet?.();
      probe();
    },
    onSilent: () => onSilent(`it said nothing for ${String(limitMs / 1000)} s`),
  });
}

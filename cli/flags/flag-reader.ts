import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StrahlError } from '#portability/errors.js';
import type { GivenFlags } from './flags.js';
import { bytesIn, durationIn } from './quantities.js';

/** Timers take 31 bits. */
const LONGEST_MS = 2 ** 31 - 1;

/** Reads the values of flags and gathers what is wrong with them, so that all of it is told at once. */
export class FlagReader {
  readonly problems: StrahlError[] = [];
  readonly #flags: GivenFlags;
  readonly #directory: string;

  /** `directory`: what paths in flags start from. */
  constructor(flags: GivenFlags, directory: string = '.') {
    this.#flags = flags;
    this.#directory = directory;
  }

  bad(title: string, fix: string): void {
    this.problems.push(new StrahlError('badValue', { title, fix }));
  }

  text(name: string): string | undefined {
    return this.#flags.get(name)?.[0];
  }

  /** Of a flag that may be given several times. */
  texts(name: string): readonly string[] {
    return this.#flags.get(name) ?? [];
  }

  isOn(name: string): boolean {
    return this.text(name) === 'true';
  }

  /** Default 0: any that is free. */
  port(): number {
    return this.whole('port', 0, 65_535) ?? 0;
  }

  whole(name: string, least: number, most: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    const range = `from ${String(least)} to ${String(most)}`;
    this.bad(`--${name} ${text} is not a whole number ${range}`, `--${name} ${String(least)}`);
    return undefined;
  }

  bytes(name: string): number | undefined {
    const text = this.text(name);
    const bytes = text === undefined ? undefined : bytesIn(text);
    if (bytes === undefined || bytes > 0) return bytes;
    this.bad(`--${name} takes a number of bytes`, `--${name} 512MB`);
    return undefined;
  }

  /** Of a time that a timer can wait for. */
  milliseconds(name: string): number | undefined {
    const text = this.text(name);
    const time = text === undefined ? undefined : durationIn(text);
    if (time === undefined || (time >= 1 && time <= LONGEST_MS)) return time;
    this.bad(`--${name} takes a time from 1ms to 596h, not ${text!}`, `--${name} 30s`);
    return undefined;
  }

  /** The text of a file, without the line end behind it. */
  secret(name: string): string | undefined {
    const bytes = this.file(name);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes).trim();
  }

  file(name: string): Uint8Array | undefined {
    const path = this.text(name);
    if (path === undefined) return undefined;
    try {
      return readFileSync(resolve(this.#directory, path));
    } catch (e) {
      const { message } = e as { readonly message: string };
      this.bad(`--${name} ${path} cannot be read: ${message}`, `--${name} FILE`);
      return undefined;
    }
  }
}

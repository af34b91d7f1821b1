import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StrahlError } from '#portability/errors.js';
import type { JobServerOptions } from '#runners/portable/index.js';
import type { Report } from './report.js';
import { bytesIn } from './runner-flags.js';
import type { Terminal } from './terminal.js';

type Flags = ReadonlyMap<string, readonly string[]>;

/** Serves until it is interrupted; jobs that run then are cancelled. */
export async function jobServerCommand(
  flags: Flags,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const { options, problems } = serverOptions(flags, terminal.directory);
  if (problems.length > 0) {
    report.errors(problems);
    return 2;
  }
  const { startJobServer } = await import('#runners/portable/index.js');
  const interrupted = new Promise<void>((resolve) => {
    terminal.onInterrupt(resolve);
  });
  const serving = await startJobServer(options);
  terminal.out(`listening on ${serving.address}\n`);
  await interrupted;
  await serving.close();
  return 0;
}

interface ServerFlags {
  readonly options: JobServerOptions;
  readonly problems: readonly StrahlError[];
}

/** What the flags say, with all that is wrong with them. */
export function serverOptions(flags: Flags, directory: string): ServerFlags {
  const problems: StrahlError[] = [];
  const one = (name: string): string | undefined => flags.get(name)?.[0];
  const bad = (title: string, fix: string): void => {
    problems.push(new StrahlError('badValue', { title, fix }));
  };
  const whole = (name: string, least: number, most: number): number | undefined => {
    const text = one(name);
    if (text === undefined) return undefined;
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    bad(
      `--${name} ${text} is no whole number from ${String(least)} to ${String(most)}`,
      `--${name} ${String(least)}`,
    );
    return undefined;
  };
  const file = (name: string): Uint8Array | undefined => {
    const path = one(name);
    if (path === undefined) return undefined;
    try {
      return readFileSync(resolve(directory, path));
    } catch (e) {
      const { message } = e as { readonly message: string };
      bad(`--${name} ${path} cannot be read: ${message}`, `--${name} FILE`);
      return undefined;
    }
  };
  const memory = one('memory');
  const bytes = memory === undefined ? undefined : bytesIn(memory);
  if (bytes !== undefined && !(bytes > 0))
    bad('--memory takes a number of bytes', '--memory 512MB');
  const [key, certificate, clientCa] = ['tls-key', 'tls-certificate', 'tls-client-ca'].map(file);
  if ((key === undefined) !== (certificate === undefined) && problems.length === 0) {
    bad('a key and its certificate go together', '--tls-key FILE --tls-certificate FILE');
  }
  const tls = key && certificate ? { key, certificate, ...(clientCa && { clientCa }) } : undefined;
  const token = file('token-file');
  const options = {
    port: whole('port', 0, 65_535),
    host: one('host'),
    memory: bytes,
    maxBundleAttempts: whole('max-bundle-attempts', 1, 1000),
    tls,
    token: token === undefined ? undefined : new TextDecoder().decode(token).trim(),
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { options: Object.fromEntries(given), problems };
}

import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { StrahlError } from '#portability/errors.js';
import { loadModule } from '../load-module.js';
import { plainJson } from './plain-json.js';

/** Where settings are looked for when `--config` names no file, in this order. */
const SETTINGS_FILES: readonly string[] = [
  'strahl.config.ts',
  'strahl.config.js',
  'strahl.config.mjs',
  'strahl.config.json',
];

/** A file of settings is written by hand; what is larger is another file. */
const MAX_SETTINGS_BYTES = 1024 * 1024;

export interface SettingsFile {
  /** As the user would name it; absent when there is none. */
  readonly name?: string;
  readonly values: ReadonlyMap<string, unknown>;
}

/** Reads option values, and engine options, by their camelCase names. */
export async function readSettings(
  named: string | undefined,
  directory: string,
): Promise<SettingsFile> {
  const name = named ?? SETTINGS_FILES.find((file) => existsSync(resolve(directory, file)));
  if (name === undefined) return { values: new Map() };
  const content = name.endsWith('.json')
    ? parseJson(readText(resolve(directory, name), name), name)
    : (await moduleOf(name, directory))['default'];
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw badFile(name, 'it holds no object', 'export default { input: "…" }');
  }
  return { name, values: new Map(Object.entries(content)) };
}

async function moduleOf(
  name: string,
  directory: string,
): Promise<Readonly<Record<string, unknown>>> {
  const path = resolve(directory, name);
  if (!existsSync(path)) throw badFile(name, `there is no file ${path}`);
  return loadModule(name, directory);
}

/** Variables of `--env-file`s; a later file wins, and the real environment wins over all of them. */
export function readEnvFiles(
  files: readonly string[],
  directory: string,
): Readonly<Record<string, string | undefined>> {
  const all: Record<string, string | undefined> = {};
  for (const file of files) Object.assign(all, parseEnv(readText(resolve(directory, file), file)));
  return all;
}

function readText(path: string, name: string): string {
  if (!existsSync(path)) throw badFile(name, `there is no file ${path}`);
  const stat = statSync(path);
  if (stat.isDirectory()) throw badFile(name, 'it is a directory');
  if (stat.size > MAX_SETTINGS_BYTES) {
    throw badFile(name, `it has ${stat.size} bytes, at most ${MAX_SETTINGS_BYTES} are read`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch {
    throw badFile(name, 'it is not valid UTF-8');
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return plainJson(text);
  } catch (error) {
    throw badFile(name, (error as { readonly message: string }).message);
  }
}

function badFile(name: string, why: string, fix?: string): StrahlError {
  const title = `the settings in ${name} cannot be read`;
  return new StrahlError('badValue', { title, why, ...(fix === undefined ? {} : { fix }) });
}

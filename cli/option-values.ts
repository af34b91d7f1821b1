import type { StrahlError } from '#portability/errors.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { Flag, ParsedFlags } from './flags.js';
import { readEnvFiles, readSettings } from './settings-file.js';
import type { Terminal } from './terminal.js';

export interface Values {
  readonly options: unknown;
  readonly engine: ReadonlyMap<string, string>;
  readonly secrets: readonly string[];
  readonly warnings: readonly string[];
  readonly problems: readonly StrahlError[];
}

export function flagsOf(_schema: Schema<unknown> | undefined): readonly Flag[] {
  return [];
}

export async function readValues(
  _schema: Schema<unknown> | undefined,
  flags: ParsedFlags['flags'],
  terminal: Terminal,
): Promise<Values> {
  const settings = await readSettings(flags.get('config')?.[0], terminal.directory);
  readEnvFiles(flags.get('env-file') ?? [], terminal.directory);
  return {
    options: {},
    engine: new Map(flags.has('runner') ? [['runner', flags.get('runner')![0]!]] : []),
    secrets: [],
    warnings: [],
    problems: settings.name === 'x' ? [] : [],
  };
}

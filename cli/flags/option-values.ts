import { isStrahlError, StrahlError } from '#portability/errors.js';
import { type OptionField, optionFields, parseOptions } from '#sdk/options.js';
import type { Schema } from '#sdk/schema/schema.js';
import { nearest } from '../nearest.js';
import type { Terminal } from '../terminal/terminal.js';
import type { ParsedFlags } from './flags.js';
import { plainJson } from './plain-json.js';
import { readEnvFiles, readSettings, type SettingsFile } from './settings-file.js';

/** What a command runs with, after all sources of values have been asked. */
export interface Values {
  /** As the build function gets them; nothing of worth while there are problems. */
  readonly options: unknown;
  readonly runner: string | undefined;
  /** Texts that must not be shown. */
  readonly secrets: readonly string[];
  readonly warnings: readonly string[];
  readonly problems: readonly StrahlError[];
}

/** Engine options that may stand in settings and in the environment, too. */
const ENGINE_OPTIONS: readonly string[] = ['runner'];

/**
 * Asks, in order of rising precedence: the schema's defaults, the settings file, files of variables, the
 * environment, flags.
 */
export async function readValues(
  schema: Schema<unknown> | undefined,
  flags: ParsedFlags['flags'],
  { directory, environment }: Terminal,
): Promise<Values> {
  const fields = schema === undefined ? [] : optionFields(schema);
  const settings = await readSettings(flags.get('config')?.[0], directory);
  const variables = { ...readEnvFiles(flags.get('env-file') ?? [], directory), ...environment };
  const problems = unknownSettings(settings, fields);
  const raw: Record<string, unknown> = {};
  for (const field of fields) {
    const given = givenFor(field, settings, variables, flags, problems);
    if (given !== undefined) raw[field.name] = given;
  }
  const runner =
    flags.get('runner')?.[0] ?? variables['STRAHL_RUNNER'] ?? textOf(settings.values.get('runner'));
  return {
    options: await parsed(schema, raw, problems),
    runner,
    secrets: fields.filter(({ secret }) => secret).flatMap(({ name }) => textOf(raw[name]) ?? []),
    warnings: fields.filter(({ flag, secret }) => secret && flags.has(flag)).map(secretWarning),
    problems,
  };
}

function givenFor(
  field: OptionField,
  settings: SettingsFile,
  variables: Readonly<Record<string, string | undefined>>,
  flags: ParsedFlags['flags'],
  problems: StrahlError[],
): unknown {
  const flag = flags.get(field.flag);
  const variable = variables[variableOf(field)];
  const text = flag ?? (variable === undefined || field.type !== 'list' ? variable : [variable]);
  if (text === undefined) return settingFor(field, settings, problems);
  const single = typeof text === 'string' ? text : text.length === 1 ? text[0]! : undefined;
  return field.type === 'other' && single !== undefined
    ? structured(single, field, problems)
    : text;
}

/** A list in the settings is a value; only a flag that is given twice is a list of which the last counts. */
function settingFor(field: OptionField, settings: SettingsFile, problems: StrahlError[]): unknown {
  const value = settings.values.get(field.name);
  if (!Array.isArray(value) || field.type === 'list' || field.type === 'other') return value;
  problems.push(
    new StrahlError('badValue', {
      title: `${field.name}: a list is no ${field.type}, in ${settings.name ?? 'the settings'}`,
      fix: 'give one value',
    }),
  );
  return undefined;
}

/** Rows, maps and the like are given as JSON; other texts stay texts, and the schema judges them. */
function structured(text: string, field: OptionField, problems: StrahlError[]): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return plainJson(text);
  } catch (error) {
    problems.push(
      new StrahlError('badValue', {
        title: `--${field.flag} is not JSON that can be used`,
        why: field.secret ? 'it does not parse' : (error as { readonly message: string }).message,
      }),
    );
    return undefined;
  }
}

async function parsed(
  schema: Schema<unknown> | undefined,
  raw: Readonly<Record<string, unknown>>,
  problems: StrahlError[],
): Promise<unknown> {
  if (schema === undefined) return {};
  try {
    return await parseOptions(schema, raw);
  } catch (error) {
    if (!isStrahlError(error)) throw error;
    problems.push(error);
    return undefined;
  }
}

function unknownSettings(settings: SettingsFile, fields: readonly OptionField[]): StrahlError[] {
  const known = [...fields.map(({ name }) => name), ...ENGINE_OPTIONS];
  return [...settings.values.keys()]
    .filter((name) => !known.includes(name))
    .map((name) => {
      const guess = nearest(name, known);
      const hint = guess === undefined ? '' : `; did you mean ${guess}?`;
      return new StrahlError('unknownFlag', {
        title: `unknown option ${name} in ${settings.name ?? 'the settings'}${hint}`,
        fix: known.length === 0 ? 'take it out' : `options are ${known.join(', ')}`,
      });
    });
}

function secretWarning(field: OptionField): string {
  return (
    `--${field.flag} is a secret, and others can read the command line: ` +
    `use ${variableOf(field)} or --env-file`
  );
}

/** `minLength` → `STRAHL_MIN_LENGTH`. */
function variableOf({ flag }: Pick<OptionField, 'flag'>): string {
  return `STRAHL_${flag.replaceAll('-', '_').toUpperCase()}`;
}

function textOf(value: unknown): string | undefined {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : undefined;
}

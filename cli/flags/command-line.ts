import { StrahlError } from '#portability/errors.js';
import { COMMANDS, type Command } from '../commands/commands.js';
import { nearest } from '../nearest.js';
import { COMMON_FLAGS, type CommonSettings, commonSettings } from './command-flags.js';
import { type Flag, type GivenFlags, parseFlags, type ParsedFlags } from './flags.js';

/**
 * The command line as far as it can be read before the pipeline is known: its own options come from its file.
 */
export interface CommandLine {
  readonly command: Command | undefined;
  /** `FILE` of `FILE#export`. */
  readonly file: string | undefined;
  readonly exportName: string | undefined;
  /** Everything behind the command word, with the file taken out. */
  readonly rest: readonly string[];
  readonly flags: GivenFlags;
  readonly common: CommonSettings;
  /** What is wrong already: an unknown command, or unknown flags where no command could know them. */
  readonly problems: readonly StrahlError[];
}

export function readCommandLine(argv: readonly string[]): CommandLine {
  const all = [...COMMON_FLAGS, ...COMMANDS.flatMap((command) => command.flags)];
  const { flags, words, problems: ofFlags } = parseFlags(argv, all);
  const word = words[0];
  const command = COMMANDS.find(({ name }) => name === word);
  const problems =
    command !== undefined ? [] : word === undefined ? ofFlags : [unknownCommand(word)];
  const given = command === undefined ? undefined : fileAmong(argv, words.slice(1));
  const [file, exportName] = given?.split('#') ?? [];
  const rest = [...argv];
  for (const taken of [word, given]) {
    if (taken !== undefined) rest.splice(rest.indexOf(taken), 1);
  }
  return { command, file, exportName, rest, flags, common: commonSettings(flags), problems };
}

/**
 * The word that names the file. While the pipeline's options are unknown, a word after one of them may be its value,
 * so that such a word is the file only if nothing else is.
 */
function fileAmong(argv: readonly string[], words: readonly string[]): string | undefined {
  const afterFlag = (word: string): boolean => {
    const before = argv[argv.indexOf(word) - 1];
    return before !== undefined && /^--[^=]+$/.test(before);
  };
  return words.find((word) => !afterFlag(word)) ?? words.find(looksLikeModule);
}

function looksLikeModule(word: string): boolean {
  return /\.[cm]?[jt]sx?(#|$)/.test(word);
}

function unknownCommand(word: string): StrahlError {
  const names = COMMANDS.map(({ name }) => name);
  const guess = looksLikeModule(word) ? `run ${word}` : nearest(word, names);
  const hint = guess === undefined ? '' : `; did you mean strahl ${guess}?`;
  return new StrahlError('unknownCommand', {
    title: `unknown command ${word}${hint}`,
    fix: `commands are ${names.slice(0, -1).join(', ')} and ${names.at(-1)!}; see strahl --help`,
  });
}

/** Reads the rest again, now that all flags are known. Every word that is left over is a problem. */
export function readOptions(line: CommandLine, options: readonly Flag[]): ParsedFlags {
  const parsed = parseFlags(line.rest, [...COMMON_FLAGS, ...line.command!.flags, ...options]);
  const surplus = parsed.words.map(
    (word) =>
      new StrahlError('unknownFlag', {
        title: `unexpected argument ${word}`,
        fix: `options have names: --name ${word}`,
      }),
  );
  return { ...parsed, problems: [...parsed.problems, ...surplus] };
}

import { COMMANDS, type Command } from './commands/commands.js';
import { COMMON_FLAGS } from './flags/command-flags.js';
import type { Flag } from './flags/flags.js';
import type { Paint } from './terminal/terminal.js';

/** Options of a pipeline as its help shows them. */
export interface PipelineHelp {
  readonly name: string;
  readonly flags: readonly Flag[];
}

export function overview(paint: Paint): string {
  return [
    'strahl — batch and stream processing in TypeScript',
    '',
    ...COMMANDS.flatMap((command) => [
      `  ${paint('bold', command.usage)}`,
      `      ${command.about}`,
    ]),
    '',
    ...section('Options of every command', COMMON_FLAGS, paint),
    'strahl run FILE --help shows the options of the pipeline in FILE.',
    '',
  ].join('\n');
}

export function commandHelp(
  command: Command,
  pipeline: PipelineHelp | undefined,
  paint: Paint,
): string {
  return [
    command.usage,
    `    ${command.about}`,
    '',
    ...(pipeline === undefined
      ? []
      : section(`Options of the pipeline ${pipeline.name}`, pipeline.flags, paint)),
    ...section(`Options of ${command.name}`, command.flags, paint),
    ...section('Options of every command', COMMON_FLAGS, paint),
    ...PRECEDENCE,
  ].join('\n');
}

const PRECEDENCE: readonly string[] = [
  'A flag wins over the environment (STRAHL_INPUT for --input), the environment over',
  'strahl.config.ts, and that over the default.',
  '',
];

function section(title: string, flags: readonly Flag[], paint: Paint): string[] {
  if (flags.length === 0) return [];
  const names = flags.map(flagText);
  const width = Math.max(...names.map((name) => name.length));
  const rows = flags.map((flag, n) => `  ${names[n]!.padEnd(width)}  ${flag.about}`.trimEnd());
  return [paint('bold', title), ...rows, ''];
}

function flagText({ name, short, value }: Flag): string {
  const prefix = short === undefined ? '    ' : `-${short}, `;
  return `${prefix}--${name}${value === undefined ? '' : ` ${value}`}`;
}

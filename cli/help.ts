import { COMMON_FLAGS, GRAPH_FLAGS, RUN_FLAGS } from './common-flags.js';
import type { Flag } from './flags.js';
import type { Paint } from './terminal.js';

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  readonly flags: readonly Flag[];
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'run',
    usage: 'strahl run FILE[#export] [options]',
    about: 'runs a pipeline and waits for its end',
    flags: RUN_FLAGS,
  },
  {
    name: 'graph',
    usage: 'strahl graph FILE[#export] [options]',
    about: 'shows the steps of a pipeline without running it',
    flags: GRAPH_FLAGS,
  },
];

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
  'A flag wins over the environment (STRAHL_INPUT for --input), that over strahl.config.ts,',
  'and that over the default.',
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

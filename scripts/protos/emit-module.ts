import { dirname, relative } from 'node:path/posix';
import type { Sink } from './emit-field.js';
import { emitMessage } from './emit-message.js';
import type { EnumFacts, FileFacts } from './facts.js';
import type { Homes } from './naming.js';

const TYPES: ReadonlySet<string> = new Set(['Init', 'Draft', 'Reader', 'Writer', 'UnknownFields']);

/** What `message-writer.ts` has; the rest is in `codec.ts`. */
const WRITING: ReadonlySet<string> = new Set([
  ...['Writer', 'encodeMessage', 'writeString', 'writeInt64', 'writeBigInt64'],
]);

/** The TypeScript module of one text; empty when it holds nothing that becomes code. */
export function emitModule(file: FileFacts, homes: Homes): string {
  const module = file.path.replace(/\.proto$/, '');
  const imports = new Map<string, Set<string>>();
  const importing = (from: string, name: string): void => {
    imports.set(from, (imports.get(from) ?? new Set()).add(name));
  };
  const sink: Sink = {
    homes,
    lines: [],
    use(name) {
      const from = WRITING.has(name) ? 'message-writer' : 'codec';
      importing(from, TYPES.has(name) ? `type ${name}` : name);
      return name;
    },
    refer(type, prefix) {
      const home = homes.get(type);
      const name = `${prefix ?? ''}${home.name}`;
      if (home.module !== module) {
        importing(home.module, prefix === undefined ? `type ${name}` : name);
      }
      return name;
    },
  };
  for (const e of file.enums) if (homes.find(e.name) !== undefined) emitEnum(sink, e);
  for (const m of file.messages) if (homes.find(m.name) !== undefined) emitMessage(sink, m);
  return [
    `// Made from ../${file.path} by scripts/gen-protos.ts: change the text, not this module.`,
    ...[...imports]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([from, names]) => {
        return `import { ${[...names].sort().join(', ')} } from '${pathTo(from, module)}';`;
      }),
    ...sink.lines,
    '',
  ].join('\n');
}

function pathTo(from: string, module: string): string {
  const target = from === 'codec' || from === 'message-writer' ? `../${from}` : from;
  const path = relative(dirname(module), target);
  return `${path.startsWith('.') ? path : `./${path}`}.js`;
}

/** A value that a newer peer knows stays the number it is. */
function emitEnum({ lines, homes }: Sink, e: EnumFacts): void {
  const { name } = homes.get(e.name);
  lines.push(
    '',
    `export const ${name} = {`,
    ...e.values.map((value) => `  ${value.name}: ${String(value.number)},`),
    '} as const;',
    `export type ${name} = (typeof ${name})[keyof typeof ${name}];`,
  );
}

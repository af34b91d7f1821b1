import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..', '..');

/** Sources by file name without extension. */
export type Sources = Readonly<Record<string, string>>;

/** The compiler's messages by file, each with all its continuation lines. */
export type Messages = ReadonlyMap<string, readonly string[]>;

/** Compiles as a user of the package would, with TypeScript 7's command. */
export function compileWithCommand(sources: Sources): Messages {
  return inFolder(sources, (folder) => {
    const config = { extends: '../../tsconfig.json', compilerOptions: OPTIONS, include: ['*.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...config, exclude: [] }));
    const tsc = join(ROOT, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
      encoding: 'utf8',
    });
    return messagesOf(stdout);
  });
}

/**
 * The same with TypeScript 6's API, which also tells how much work the types were: how many instantiations it had
 * made when it had checked a source and those before it.
 */
export function compileWithApi(sources: Sources): {
  readonly messages: Messages;
  readonly instantiations: ReadonlyMap<string, number>;
} {
  return inFolder(sources, (folder) => {
    const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) =>
      ts.sys.readFile(path),
    ) as { readonly config: { readonly compilerOptions: object } };
    const compilerOptions = { ...config.compilerOptions, ...OPTIONS, rootDir: '.' };
    const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, ROOT);
    const files = Object.keys(sources).map((name) => join(folder, `${name}.ts`));
    const program = ts.createProgram(files, options);
    const messages = new Map<string, string[]>();
    const instantiations = new Map<string, number>();
    for (const [i, name] of Object.keys(sources).entries()) {
      const found = program.getSemanticDiagnostics(program.getSourceFile(files[i]!));
      instantiations.set(name, program.getInstantiationCount());
      if (found.length === 0) continue;
      messages.set(
        name,
        found.map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n')),
      );
    }
    return { messages, instantiations };
  });
}

const OPTIONS = {
  rootDir: '../..',
  noEmit: true,
  declaration: false,
  isolatedDeclarations: false,
  sourceMap: false,
  skipLibCheck: true,
};

/** Inside the repository, so that the package's own name and its libraries resolve. */
function inFolder<R>(sources: Sources, body: (folder: string) => R): R {
  const cache = join(ROOT, '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'types-'));
  try {
    for (const [name, text] of Object.entries(sources)) {
      writeFileSync(join(folder, `${name}.ts`), text);
    }
    return body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const HEAD = /^.*types-[^/]*\/(.+?)\.ts\(\d+,\d+\): error TS\d+: (.*)$/;

function messagesOf(output: string): Messages {
  const messages = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of output.split('\n')) {
    const match = HEAD.exec(line);
    if (match !== null) {
      last = messages.get(match[1]!) ?? [];
      last.push(match[2]!);
      messages.set(match[1]!, last);
    } else if (line.startsWith('  ') && last !== undefined) {
      last.push(`${last.pop() ?? ''}\n${line}`);
    } else last = undefined;
  }
  return messages;
}

/**
 * Type-checks every block of TypeScript in README.md, docs/ and the `@example`s of the source, as if it stood in a
 * user's file, and prints errors with the positions of the documents.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blocksOfMarkdown, blocksOfSource, type DocBlock } from './doc-blocks.js';
import { exportsOfDoor, moduleOf } from './doc-module.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, '.cache/docs');

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
];
const SOURCES = ['portability', 'sdk', 'io', 'runners', 'cli'];

function filesUnder(folder: string, ending: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file}`)
    .sort();
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function allBlocks(): DocBlock[] {
  const documents = [...DOCUMENTS.filter((file) => existsSync(join(root, file)))];
  documents.push(...filesUnder('docs', '.md'), ...filesUnder('benchmarks', '.md'));
  const sources = SOURCES.flatMap((folder) => filesUnder(folder, '.ts'));
  return [
    ...documents.flatMap((file) => blocksOfMarkdown(file, read(file))),
    ...sources.flatMap((file) => blocksOfSource(file, read(file))),
  ];
}

/** Exported name → the door to import it from; the first door of the package's list wins. */
function namesOfDoors(): Map<string, string> {
  const { exports } = JSON.parse(read('package.json')) as {
    exports: Record<string, string | { 'strahl-source': string }>;
  };
  const names = new Map<string, string>();
  for (const [door, target] of Object.entries(exports)) {
    if (typeof target === 'string' || !existsSync(join(root, target['strahl-source']))) continue;
    for (const name of exportsOfDoor(read(target['strahl-source']))) {
      if (!names.has(name)) names.set(name, `strahl${door.slice(1)}`);
    }
  }
  return names;
}

const TSCONFIG = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    rootDir: '../..',
    noEmit: true,
    isolatedDeclarations: false,
    declaration: false,
    // A block imports for show, and may declare what the sentence after it uses.
    noUnusedLocals: false,
    verbatimModuleSyntax: false,
  },
  include: ['*.ts'],
  exclude: [],
};

function writeModules(blocks: readonly DocBlock[]): Map<string, DocBlock & { offset: number }> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  const doors = namesOfDoors();
  const written = new Map<string, DocBlock & { offset: number }>();
  for (const block of blocks) {
    const name = `${block.file.replaceAll(/[^\w]/g, '-')}-${block.line}.ts`;
    const { text, offset } = moduleOf(block, doors);
    writeFileSync(join(out, name), text);
    written.set(name, { ...block, offset });
  }
  return written;
}

const blocks = allBlocks();
const modules = writeModules(blocks);
const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
const result = spawnSync(process.execPath, [tsc, '-p', out, '--pretty', 'false'], {
  cwd: out,
  encoding: 'utf8',
});
const text = result.stdout.replaceAll(
  /^([^\s(]+\.ts)\((\d+),(\d+)\)/gm,
  (at: string, name: string, line: string, column: string) => {
    const block = modules.get(name);
    if (block === undefined) return at;
    return `${block.file}:${Number(line) - block.offset + block.line - 1}:${column}`;
  },
);
process.stdout.write(text);
process.stderr.write(result.stderr);
const failed = result.status !== 0;
if (!failed) console.log(`${blocks.length} blocks type-check`);
process.exitCode = failed ? 1 : 0;

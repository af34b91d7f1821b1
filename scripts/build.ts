/**
 * `npm run build`: JavaScript by esbuild with code splitting, so that no module exists twice however many doors a
 * program imports, and declarations by the compiler in the same layout. Both land where package.json points.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly 'strahl-source': string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** What a process starts with, beside the doors: the command line and the workers. */
const PROGRAMS = ['cli/main.ts', 'sdk/harness/worker-main.ts'];

function entriesOf(manifest: Manifest): string[] {
  const doors = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target['strahl-source']],
  );
  const missing = doors.filter((door) => !existsSync(join(root, door)));
  if (missing.length > 0)
    throw new Error(`package.json names doors that do not exist: ${missing.join(', ')}`);
  return [...doors, ...PROGRAMS.filter((program) => existsSync(join(root, program)))];
}

/**
 * Read by every run, and 17 files where they are installed: finding them takes longer than running their code. What
 * is bundled is named with its licence in NOTICE.
 */
const BUNDLED: readonly string[] = ['protobufjs'];

/** protobufjs does without it where it is not found; our codec reads and writes 64-bit integers itself. */
const LEFT_OUT: readonly string[] = ['long'];

const MAIN_DOOR = 'sdk/index.ts';

/** What a run in this process loads on demand. */
const RUN: readonly string[] = ['sdk/result.ts', 'runners/direct/direct-runner.ts'];

/**
 * esbuild puts modules into one file if the same entries reach them, and Node takes longer to find and link a small file
 * than to run it. So every entry beside the main door is made to reach what the main door and a run reach: that is two
 * files then, and each entry has no more than what is its own.
 */
function besideOthers(entries: readonly string[]): Plugin {
  const beside = (path: string): readonly string[] =>
    [MAIN_DOOR, ...RUN].map((file) => join(root, file)).filter((other) => other !== path);
  const files = new Set(entries.map((entry) => join(root, entry)));
  return {
    name: 'beside-others',
    setup(bundling) {
      bundling.onResolve({ filter: /^beside:/ }, ({ path }) => {
        return { path: path.slice('beside:'.length), sideEffects: true };
      });
      bundling.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!files.has(path)) return undefined;
        const imports = beside(path).map((other) => `import 'beside:${other}';`);
        const contents = `${readFileSync(path, 'utf8')}\n${imports.join('\n')}\n`;
        return { contents, loader: 'ts' };
      });
    },
  };
}

async function bundle(manifest: Manifest): Promise<void> {
  const entries = entriesOf(manifest).map((entry) => entry.replace('./', ''));
  const packages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
    (name) => !BUNDLED.includes(name),
  );
  const options: BuildOptions = {
    absWorkingDir: root,
    entryPoints: entries,
    outbase: '.',
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['strahl-source'],
    external: [...packages.flatMap((name) => [name, `${name}/*`]), ...LEFT_OUT],
    // A third of the text, and so of what a process reads before it runs; names stay for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    logLevel: 'warning',
    // The import that `besideOthers` adds only says what belongs together; nothing of it is run.
    logOverride: { 'ignored-bare-import': 'silent' },
  };
  // Once for what is loaded on demand, which is an entry too.
  const { metafile } = await build({ ...options, metafile: true, write: false });
  const all = Object.values(metafile.outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
  // What the main door imports itself would lead from there to all that a run needs.
  const own = importedBy(MAIN_DOOR, metafile);
  await build({ ...options, plugins: [besideOthers(all.filter((entry) => !own.has(entry)))] });
}

/** A file and all that it imports, on demand left out. */
function importedBy(file: string, { inputs }: Metafile): ReadonlySet<string> {
  const found = new Set([file]);
  for (const importer of found) {
    for (const { kind, path, external } of inputs[importer]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) found.add(path);
    }
  }
  return found;
}

function declare(): void {
  const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
  const result = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) throw new Error('tsc could not emit the declarations');
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
rmSync(join(root, 'dist'), { recursive: true, force: true });
await bundle(manifest);
declare();

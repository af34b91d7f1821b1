/**
 * `npm run build`: JavaScript by esbuild with code splitting, so that no module exists twice however many doors a
 * program imports, and declarations by the compiler in the same layout. Both land where package.json points.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

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
/** Loaded on demand, when the main door surely is loaded. */
const LATER: readonly string[] = [
  'sdk/result.ts',
  'sdk/translate/build-graph.ts',
  'portability/fnapi/connect-by-bytes.ts',
  'runners/core/simulated-env.ts',
  'runners/core/unreliable-connection.ts',
];

/**
 * esbuild puts modules into one file if the same entries reach them. Entries that are only loaded beside the main door
 * are made to reach all that it reaches: a process then finds and links half as many files.
 */
function besideMainDoor(entries: readonly string[]): Plugin {
  const main = join(root, MAIN_DOOR);
  const apart = (entry: string): boolean => entry.startsWith('portability/') || entry === MAIN_DOOR;
  const doors = entries.map((entry) => entry.replace('./', '')).filter((entry) => !apart(entry));
  const beside = new Set([...doors, ...LATER].map((file) => join(root, file)));
  return {
    name: 'beside-main-door',
    setup(bundling) {
      bundling.onResolve({ filter: /^main-door$/ }, () => ({ path: main, sideEffects: true }));
      bundling.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!beside.has(path)) return undefined;
        const contents = `${readFileSync(path, 'utf8')}\nimport 'main-door';\n`;
        return { contents, loader: 'ts' };
      });
    },
  };
}

async function bundle(manifest: Manifest): Promise<void> {
  const entries = entriesOf(manifest);
  const packages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
    (name) => !BUNDLED.includes(name),
  );
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    plugins: [besideMainDoor(entries)],
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
    // The import that `besideMainDoor` adds only says what belongs together; nothing of it is run.
    logOverride: { 'ignored-bare-import': 'silent' },
  });
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

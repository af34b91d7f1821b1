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
const PORTABILITY = 'portability/index.ts';
const BUILD_GRAPH = 'sdk/translate/build-graph.ts';
const HARNESS = 'sdk/harness/in-process.ts';

/** What a run in this process loads on demand. */
const RUN: readonly string[] = ['sdk/result.ts', BUILD_GRAPH, 'runners/direct/index.ts'];

/** What is loaded on demand during a run, or once all of that is loaded anyway. */
const DURING_RUN: readonly string[] = [
  'sdk/result.ts',
  'runners/direct/index.ts',
  'portability/fnapi/connect-by-bytes.ts',
  'runners/core/simulated-env.ts',
  'runners/core/unreliable-connection.ts',
  'runners/direct/control/control-server.ts',
  'runners/direct/watchdog/watchdog.ts',
];

/** What runs functions for an engine elsewhere. */
const WORKERS: readonly string[] = [
  'sdk/harness/worker-main.ts',
  'runners/portable/index.ts',
  'runners/portable/server/job-server.ts',
];

/**
 * esbuild puts modules into one file if the same entries reach them, and Node takes longer to find and link a small file
 * than to run it. Entries that are mostly loaded beside others are made to reach all that these reach: a process then
 * loads a third of the files.
 */
function besideOthers(entries: readonly string[]): Plugin {
  const beside = new Map<string, readonly string[]>();
  const put = (files: readonly string[], others: readonly string[]): void => {
    for (const file of files) beside.set(join(root, file), others);
  };
  put(
    entries.map((entry) => entry.replace('./', '')),
    [MAIN_DOOR],
  );
  put([BUILD_GRAPH, 'cli/main.ts'], [MAIN_DOOR, PORTABILITY]);
  put(WORKERS, [MAIN_DOOR, PORTABILITY, BUILD_GRAPH, HARNESS]);
  put(DURING_RUN, [MAIN_DOOR, PORTABILITY, ...RUN]);
  return {
    name: 'beside-others',
    setup(bundling) {
      bundling.onResolve({ filter: /^beside:/ }, ({ path }) => {
        return { path: join(root, path.slice('beside:'.length)), sideEffects: true };
      });
      bundling.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const others = beside.get(path)?.filter((other) => join(root, other) !== path);
        if (others === undefined) return undefined;
        const imports = others.map((other) => `import 'beside:${other}';`).join('\n');
        return { contents: `${readFileSync(path, 'utf8')}\n${imports}\n`, loader: 'ts' };
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
    plugins: [besideOthers(entries)],
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

import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const npm = process.env['npm_execpath'];

/** What npm keeps about an installed package. */
export interface InstalledEntry {
  readonly version: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A project of its own that has installed the packed package, and nothing else. */
export interface InstalledPackage {
  readonly folder: string;
  /** Path under the project (`node_modules/…`) → what is there. */
  readonly entries: ReadonlyMap<string, InstalledEntry>;
  node(...args: string[]): SpawnSyncReturns<string>;
  write(file: string, text: string): void;
}

/** Builds, packs and installs into a folder of `base`, without running anybody's install scripts. */
export function installPacked(root: string, base: string): InstalledPackage {
  const folder = join(base, 'project');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  runNpm(root, 'pack', '--pack-destination', base);
  const tarball = readdirSync(base).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack left no tarball');
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
  runNpm(folder, 'install', '--ignore-scripts', ...quiet, join(base, tarball));
  return {
    folder,
    entries: entriesOf(folder),
    node: (...args) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }),
    write: (file, text) => {
      writeFileSync(join(folder, file), text);
    },
  };
}

function entriesOf(folder: string): ReadonlyMap<string, InstalledEntry> {
  const text = readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, InstalledEntry> };
  return new Map(Object.entries(packages));
}

function runNpm(cwd: string, ...args: string[]): void {
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const result = spawnSync(command, [...first, ...args], { cwd, encoding: 'utf8' });
  if (result.status !== 0) {
    throw new Error(`npm ${args.join(' ')} failed\n${result.stdout}\n${result.stderr}`);
  }
}

/**
 * Runs a command with Node 24: `node24.ts ARGUMENTS…`. The binary comes from npm into `.cache/`, since it is needed
 * for tests alone; a process that is Node 24 or newer already serves itself.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.cache/node24');
const PLATFORMS: Readonly<Record<string, string>> = { win32: 'win' };

function fetchNode24(): string {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const platform = PLATFORMS[process.platform] ?? process.platform;
  const name = `node-${platform}-${process.arch}`;
  const binary = join(
    folder,
    'node_modules',
    name,
    platform === 'win' ? 'bin/node.exe' : 'bin/node',
  );
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  // A package of its own: without it npm would install into the repository.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  console.error(`Fetching ${name}@24 into .cache/node24 (once) …`);
  const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'];
  const npm = process.env['npm_execpath'];
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const installed = spawnSync(command, [...first, 'install', ...flags, `${name}@24`], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: npm === undefined && process.platform === 'win32',
  });
  if (installed.status !== 0 || !existsSync(binary)) {
    throw new Error(`npm could not install ${name}@24`);
  }
  return binary;
}

const child = spawnSync(fetchNode24(), process.argv.slice(2), { cwd: root, stdio: 'inherit' });
process.exitCode = child.status ?? 1;

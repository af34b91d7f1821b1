/**
 * Installs the packages of the lock file when `node_modules` does not hold them: a fresh clone, or a lock that has
 * moved since. Runs before every npm script, so it is plain JavaScript without dependencies and takes milliseconds
 * when there is nothing to do.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * npm leaves a copy of the lock that it has installed. What it skips on this platform is `optional`, or `extraneous`
 * where it belongs to a peer that another package satisfies.
 */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    if (found === undefined) return entry.optional === true || entry.extraneous === true;
    return found.version === entry.version;
  });
}

if (!isInstalled()) {
  console.error('Installing the packages of package-lock.json (once) …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const result = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: npm === undefined && process.platform === 'win32',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

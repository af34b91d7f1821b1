import { chmodSync, lstatSync, mkdirSync, readdirSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StrahlError } from '#portability/errors.js';
import { isAlive } from '../process-life.js';

/**
 * A job whose process is alive, as its socket file names it.
 *
 * @internal
 */
export interface RunningJobFile {
  /** `name@pid`, and a number behind it where a process runs several jobs of the name. */
  readonly id: string;
  /** The job's name, with all but letters, digits, `.`, `_` and `-` replaced. */
  readonly name: string;
  readonly pid: number;
  readonly path: string;
}

/** Paths of sockets have room for little more than a hundred bytes, and the folder is the longer part. */
const LONGEST_NAME = 32;
const SOCKET_FILE = /^((.+)@(\d+)(?:\.\d+)?)\.sock$/;

/**
 * Where the running jobs of this user have their sockets: `$XDG_RUNTIME_DIR/strahl`, or a folder of the
 * user's own among the temporary files.
 *
 * @internal
 */
export function controlFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const runtime = environment['XDG_RUNTIME_DIR'];
  if (runtime !== undefined && runtime !== '') return join(runtime, 'strahl');
  return join(tmpdir(), `strahl-${String(process.getuid?.() ?? 0)}`);
}

/**
 * Makes the folder, for this user alone.
 *
 * @throws STRAHL-6003 if it is there and others may write to it, or own it
 */
export function ensureFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  const isOwn = process.getuid === undefined || uid === process.getuid();
  if (!isOwn || !lstatSync(folder).isDirectory()) throw notOurs(folder);
  // `mode` of a new folder is narrowed by the umask, but one that was there may be wider.
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** The path of a socket that no other job has. */
export function socketPath(folder: string, name: string, pid: number = process.pid): string {
  const taken = new Set(jobFiles(folder).map(({ path }) => path));
  const base = join(folder, `${fileName(name)}@${String(pid)}`);
  for (let n = 1; ; n++) {
    const path = n === 1 ? `${base}.sock` : `${base}.${String(n)}.sock`;
    if (!taken.has(path)) return path;
  }
}

/** A job's name as it stands in the names of files. */
export function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, LONGEST_NAME);
}

/** The jobs that run. Sockets that a process left behind when it was killed are removed. */
export function runningJobs(folder: string): readonly RunningJobFile[] {
  return jobFiles(folder).filter(({ pid, path }) => {
    if (isAlive(pid)) return true;
    unlinkSync(path);
    return false;
  });
}

function jobFiles(folder: string): readonly RunningJobFile[] {
  return namesIn(folder).flatMap((file) => {
    const [, id, name, pid] = SOCKET_FILE.exec(file) ?? [];
    if (id === undefined || name === undefined) return [];
    return [{ id, name, pid: Number(pid), path: join(folder, file) }];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // Nothing has run yet.
    return [];
  }
}

function notOurs(folder: string): StrahlError {
  return new StrahlError('notAuthorised', {
    title: `${folder} belongs to somebody else`,
    why: 'jobs are controlled through sockets in it, which only you may reach',
    fix: 'set XDG_RUNTIME_DIR to a folder of your own',
  });
}

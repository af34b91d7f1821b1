import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { StrahlError } from '#portability/errors.js';
import { directoryError, fileError, noFileError, systemCodeOf } from './file-error.js';
import { expandBraces, isGlob, parseGlob, type GlobPart } from './glob-pattern.js';

/** A file as it was when the job started. */
export interface FileEntry {
  /** As it was given, or as the pattern found it; relative paths stay relative. */
  readonly path: string;
  readonly bytes: number;
}

/**
 * The files that `pattern` names, in the order of their paths: a plain path names one file; `*`, `?`,
 * `[…]`, `{a,b}` and `**` name any number. A directory reached twice over symbolic links is read once.
 *
 * @throws STRAHL-6002 if nothing is there, a plain path is a directory, or a path is a pipe or a device
 * @throws STRAHL-6003 if a file or directory may not be read
 */
export async function expandGlob(pattern: string): Promise<readonly FileEntry[]> {
  // A file whose name looks like a pattern can still be named.
  const plain = await statOf(pattern);
  if (plain !== undefined) {
    if (plain.isDirectory()) throw directoryError('read', pattern);
    return [entryOf(pattern, plain)];
  }
  if (!isGlob(pattern)) throw await missing(pattern);
  const found = new Map<string, FileEntry>();
  for (const one of alternativesOf(pattern)) {
    const absolute = one.startsWith('/');
    const parts = parseGlob(absolute ? one.slice(1) : one);
    await walk(absolute ? '/' : '', parts, { found, visited: new Set() });
  }
  if (found.size === 0) throw await noMatch(pattern);
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

interface Walk {
  readonly found: Map<string, FileEntry>;
  /** Real paths of directories entered by `**`, with the part from which matching goes on. */
  readonly visited: Set<string>;
}

async function walk(base: string, parts: readonly GlobPart[], state: Walk): Promise<void> {
  const [part, ...rest] = parts;
  if (part === undefined) return;
  if (part.kind === 'name') return step(join(base, part.name), rest, state);
  if (part.kind === 'any-depth') return walkDeep(base, rest, state);
  for (const name of await namesIn(base)) {
    if (part.matches(name)) await step(join(base, name), rest, state);
  }
}

async function walkDeep(base: string, rest: readonly GlobPart[], state: Walk): Promise<void> {
  const real = `${String(rest.length)} ${await realpath(base === '' ? '.' : base).catch(() => base)}`;
  if (state.visited.has(real)) return;
  state.visited.add(real);
  await walk(base, rest.length === 0 ? [{ kind: 'match', matches: visible }] : rest, state);
  for (const name of await namesIn(base)) {
    const entry = visible(name) ? await statOf(join(base, name)) : undefined;
    if (entry?.isDirectory() === true) await walkDeep(join(base, name), rest, state);
  }
}

async function step(at: string, rest: readonly GlobPart[], state: Walk): Promise<void> {
  const entry = await statOf(at);
  if (entry === undefined) return;
  if (rest.length > 0) {
    if (entry.isDirectory()) await walk(at, rest, state);
  } else if (!entry.isDirectory()) state.found.set(at, entryOf(at, entry));
}

/** What has no size cannot be read by ranges: it would pass for an empty file. `/dev/null` is one. */
function entryOf(file: string, entry: Stats): FileEntry {
  if (!entry.isFile() && file !== '/dev/null') throw noFileError(file);
  return { path: file, bytes: entry.size };
}

const visible = (name: string): boolean => !name.startsWith('.');
const join = (base: string, name: string): string =>
  base === '' || base === '/' ? base + name : `${base}/${name}`;

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory === '' ? '.' : directory)).sort();
  } catch (e) {
    if (systemCodeOf(e) === 'ENOENT' || systemCodeOf(e) === 'ENOTDIR') return [];
    throw fileError('read', directory === '' ? '.' : directory, e);
  }
}

async function statOf(file: string): Promise<Stats | undefined> {
  if (file.includes('\0')) throw badPath(file, 'a path cannot hold a NUL character');
  try {
    return await stat(file === '' ? '.' : file);
  } catch (e) {
    const code = systemCodeOf(e);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw fileError('read', file, e);
  }
}

function alternativesOf(pattern: string): readonly string[] {
  try {
    return expandBraces(pattern);
  } catch (e) {
    throw badPath(pattern, (e as RangeError).message);
  }
}

function badPath(pattern: string, why: string): StrahlError {
  const title = `${JSON.stringify(pattern)} is not a usable path`;
  const fix = 'give a path of files that this machine can have';
  return new StrahlError('notFound', { title, why, fix });
}

async function missing(file: string): Promise<StrahlError> {
  const directory = path.dirname(file);
  const names = await readdir(directory).catch(() => undefined);
  if (names === undefined) {
    const title = `cannot read ${file}: directory ${directory} not found`;
    return new StrahlError('notFound', { title, fix: whereFrom(file) });
  }
  const nearest = nearestOf(path.basename(file), names);
  const fix =
    nearest === undefined
      ? whereFrom(file)
      : `did you mean ${join(directory === '.' ? '' : directory, nearest)}?`;
  return new StrahlError('notFound', { title: `cannot read ${file}: not found`, fix });
}

/** Most of what is missing is looked for from another directory. */
function whereFrom(file: string): string {
  const start = path.isAbsolute(file) ? '' : `; this one starts at ${process.cwd()}`;
  return `give a path that is there${start}`;
}

async function noMatch(pattern: string): Promise<StrahlError> {
  const parts = pattern.split('/');
  const fixed =
    parts.slice(0, parts.findIndex(isGlob)).join('/') || (pattern.startsWith('/') ? '/' : '.');
  const there = await statOf(fixed);
  const why =
    there === undefined ? `directory ${fixed} not found` : `nothing in ${fixed} matches it`;
  const title = `no file matches ${pattern}`;
  return new StrahlError('notFound', { title, why, fix: whereFrom(pattern) });
}

/** The name that differs least, if it differs in at most a third of its letters. */
function nearestOf(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance =
      Math.abs(candidate.length - name.length) < least ? editDistance(name, candidate) : least;
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

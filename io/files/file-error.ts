import { StrahlError } from '#portability/errors.js';

interface SystemError {
  readonly code?: string;
  readonly message?: string;
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS']);
/** Beyond the limit of the process (`ulimit -f`) or of the file system. */
const TOO_LARGE = 'EFBIG';
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EEXIST']);

/** The name of a system error such as `ENOENT`; undefined for anything else. */
export function systemCodeOf(e: unknown): string | undefined {
  const code = typeof e === 'object' && e !== null ? (e as SystemError).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/**
 * What a file operation's failure means to the user. Errors of Node are told apart by `code`, since they
 * may come from another realm.
 */
export function fileError(doing: 'read' | 'write', path: string, cause: unknown): StrahlError {
  const code = systemCodeOf(cause) ?? 'unknown';
  const why = (cause as SystemError | null | undefined)?.message;
  const details = { ...(why === undefined ? {} : { why }), cause };
  if (ABSENT.has(code)) {
    const inTheWay = doing === 'write' && code !== 'ENOENT';
    const what = inTheWay ? 'a file stands where a directory should be' : 'not found';
    return new StrahlError('notFound', { title: `cannot ${doing} ${path}: ${what}`, ...details });
  }
  if (FORBIDDEN.has(code)) {
    const title = `cannot ${doing} ${path}: permission denied`;
    return new StrahlError('notAuthorised', { title, ...details, fix: 'check the permissions' });
  }
  if (FULL.has(code)) {
    const title = `cannot write ${path}: no space left on the device`;
    return new StrahlError('storeFull', {
      title,
      ...details,
      fix: 'free some space and run again',
    });
  }
  if (code === TOO_LARGE) {
    const title = `cannot write ${path}: the file may not grow further`;
    const fix = 'raise the limit on file sizes (ulimit -f), or write more shards';
    return new StrahlError('storeFull', { title, ...details, fix });
  }
  if (code === 'EISDIR') return directoryError(doing, path);
  if (code === 'ELOOP') {
    const title = `cannot ${doing} ${path}: symbolic links form a loop`;
    return new StrahlError('notFound', { title, ...details });
  }
  return new StrahlError('unreachable', { title: `cannot ${doing} ${path}: ${code}`, ...details });
}

export function directoryError(doing: 'read' | 'write', path: string): StrahlError {
  return new StrahlError('notFound', {
    title: `cannot ${doing} ${path}: it is a directory`,
    fix:
      doing === 'read'
        ? `name its files, for example ${path.replace(/\/+$/, '')}/*`
        : 'name a file inside it',
  });
}

/** Of a pipe, a socket or a device. */
export function noFileError(path: string): StrahlError {
  return new StrahlError('notFound', {
    title: `cannot read ${path}: it is not a file`,
    why: 'a pipe or a device has no length and no positions to read from again',
    fix: 'give it as standard input, which - names, or copy it to a file first',
  });
}

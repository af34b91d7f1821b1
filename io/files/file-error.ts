import { StrahlError, type ErrorKey } from '#portability/errors.js';

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
  if (code === 'EISDIR') return directoryError(doing, path);
  const why = (cause as SystemError | null | undefined)?.message;
  const [key, what, fix, did = doing] = refusalOf(doing, code);
  return new StrahlError(key, {
    title: `cannot ${did} ${path}: ${what}`,
    ...(why === undefined ? {} : { why }),
    cause,
    fix,
  });
}

type Refusal = readonly [key: ErrorKey, what: string, fix: string, did?: 'write'];

function refusalOf(doing: 'read' | 'write', code: string): Refusal {
  if (ABSENT.has(code)) {
    return doing === 'write' && code !== 'ENOENT'
      ? ['notFound', 'a file stands where a directory should be', 'move it, or give another path']
      : ['notFound', 'not found', 'give a path that is there'];
  }
  if (FORBIDDEN.has(code)) return ['notAuthorised', 'permission denied', 'check the permissions'];
  if (FULL.has(code)) {
    return ['storeFull', 'no space left on the device', 'free some space and run again', 'write'];
  }
  if (code === TOO_LARGE) {
    const fix = 'raise the limit on file sizes (ulimit -f), or write more shards';
    return ['storeFull', 'the file may not grow further', fix, 'write'];
  }
  if (code === 'ELOOP') {
    return ['notFound', 'symbolic links form a loop', 'give the path of the file itself'];
  }
  return ['unreachable', code, 'look at the disk, or at the network behind it'];
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

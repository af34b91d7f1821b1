import { expandGlob, type FileEntry } from '../glob.js';

/** Where a read stands: many files, or a range of positions of one. */
export type FileRestriction =
  | {
      readonly kind: 'files';
      readonly files: readonly FileEntry[];
      /** Indexes of `files`. */
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'range';
      readonly file: FileEntry;
      /** What `from` and `to` count. */
      readonly counts: 'bytes' | 'records' | 'batches';
      readonly from: number;
      readonly to: number;
    };

export type FileRange = Extract<FileRestriction, { kind: 'range' }>;

/** Standard input, as a path. */
export const STDIN = '-';
/** End of a range whose length is not known. */
export const OPEN_END: number = Number.MAX_SAFE_INTEGER;

export async function filesMatching(pattern: string): Promise<FileRestriction> {
  const files = pattern === STDIN ? [{ path: STDIN, bytes: 0 }] : await expandGlob(pattern);
  return { kind: 'files', files, from: 0, to: files.length };
}

/** Ranges of at most `rangeBytes`, or one without end for a file that cannot be split, or has no size. */
export function rangesOf(file: FileEntry, rangeBytes: number | undefined): readonly FileRange[] {
  if (rangeBytes === undefined)
    return [{ kind: 'range', file, counts: 'records', from: 0, to: OPEN_END }];
  if (file.bytes === 0) return [{ kind: 'range', file, counts: 'bytes', from: 0, to: OPEN_END }];
  const ranges: FileRange[] = [];
  for (let from = 0; from < file.bytes; from += rangeBytes) {
    const to = Math.min(from + rangeBytes, file.bytes);
    ranges.push({ kind: 'range', file, counts: 'bytes', from, to });
  }
  return ranges;
}

const ONE = { bytes: 'byte', records: 'record', batches: 'batch' } as const;

/** Where `done` of `r` is read. */
export function positionIn(r: FileRestriction, done: number | undefined): string {
  if (r.kind === 'files') return r.files[r.from + (done ?? 0)]?.path ?? 'no file';
  const path = r.file.path === STDIN ? 'standard input' : r.file.path;
  if (done === undefined) return path;
  return `${path}, ${ONE[r.counts]} ${String(r.from + done)}`;
}

/** Bytes on disk that are left to read. */
export function bytesOf(r: FileRestriction): number {
  if (r.kind === 'range')
    return r.counts === 'bytes' && r.to < OPEN_END ? r.to - r.from : r.file.bytes;
  return r.files.slice(r.from, r.to).reduce((sum, file) => sum + file.bytes, 0);
}

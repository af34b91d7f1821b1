import { checkPattern } from '../checked-options.js';
import type { ReadContext, SourceSpec } from '#sdk/dofn/source.js';
import type { FileEntry } from '../glob.js';
import {
  bytesOf,
  filesMatching,
  positionIn,
  type FileRange,
  type FileRestriction,
} from './file-restriction.js';

/** A source over files whose format says how a file is cut and read. */
export interface FileFormat<T> {
  readonly name: string;
  readonly pattern: string;
  ranges(file: FileEntry): readonly FileRange[] | Promise<readonly FileRange[]>;
  read(range: FileRange, c: ReadContext<T>): Promise<void>;
}

/** Files are looked up when the job starts; each is then read by ranges. */
export function fileSource<T>(format: FileFormat<T>): SourceSpec<T, FileRestriction> {
  checkPattern(format.name, format.pattern);
  const split = async (r: FileRestriction): Promise<readonly FileRange[]> =>
    r.kind === 'range'
      ? [r]
      : (
          await Promise.all(r.files.slice(r.from, r.to).map(async (file) => format.ranges(file)))
        ).flat();
  return {
    name: format.name,
    boundedness: 'bounded',
    initial: () => filesMatching(format.pattern),
    split,
    size: bytesOf,
    position: positionIn,
    async read(r, c) {
      if (r.kind === 'range') return format.read(r, c);
      // Only a runner that does not split gets here: one claim per file, none inside.
      for (let i = r.from; i < r.to && c.claim(i); i++) {
        const one = { kind: 'files', files: r.files, from: i, to: i + 1 } as const;
        for (const range of await split(one)) await format.read(range, unclaimed(c));
      }
    },
  };
}

function unclaimed<T>(c: ReadContext<T>): ReadContext<T> {
  return {
    claim: () => true,
    emit: (value, timestamp) => {
      c.emit(value, timestamp);
    },
    watermark: (t) => {
      c.watermark(t);
    },
    resumeAfter: (d) => {
      c.resumeAfter(d);
    },
    ready: () => c.ready(),
    now: () => c.now(),
    metrics: c.metrics,
    signal: c.signal,
    onBundleCommitted: (f) => {
      c.onBundleCommitted(f);
    },
  };
}

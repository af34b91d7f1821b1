import { isStrahlError, StrahlError } from '#portability/errors.js';
import type { Root } from '#sdk/collections/root.js';
import type { Source } from '#sdk/collections/source.js';
import { defineCompositeSource } from '#sdk/connector.js';
import { sparseRange } from '#sdk/dofn/offset-tracker.js';
import type { SourceSpec } from '#sdk/dofn/source.js';
import type { DurationLike } from '#sdk/duration.js';
import type { Schema } from '#sdk/schema/schema.js';
import { expandGlob, type FileEntry } from '../glob.js';
import { STDIN, type FileRestriction } from './file-restriction.js';

/** Options of reading files that appear while the job runs. */
export interface WatchOptions {
  /** How often to look for files that are not read yet, and perhaps until when: `'10s'`. */
  readonly watch: FileWatch;
}

/**
 * How new files are looked for: so often, until something says to stop. A file is read once, as it was when it
 * was found: it must appear whole, by a rename say.
 *
 * @example
 * ```ts
 * import { text, type FileWatch } from 'strahl/io/text';
 * const forAnHour: FileWatch = { every: '10s', until: { elapsed: '1h' } };
 * const arriving = text.files('incoming/*.log', { watch: forAnHour });
 * ```
 */
export type FileWatch =
  | DurationLike
  | {
      readonly every: DurationLike;
      readonly until?:
        DurationLike | { readonly elapsed?: DurationLike; readonly silent?: DurationLike };
    };

/**
 * The records of all files that match a pattern now and later, each stamped with the time at which its file
 * was found. Nothing needs to match at first.
 *
 * @throws STRAHL-9002 for standard input, which is not watched
 */
export function watchedFiles<T>(
  spec: SourceSpec<T, FileRestriction>,
  pattern: string,
  watch: FileWatch,
  schema?: Schema<T>,
): Source<T, 'unbounded'> {
  if (pattern === STDIN) {
    throw new StrahlError('badValue', {
      title: `${spec.name} is told to watch standard input`,
      fix: 'leave watch out: standard input is read as it comes',
    });
  }
  const options = typeof watch === 'object' ? watch : { every: watch };
  return defineCompositeSource<T, 'unbounded'>(spec.name, (p: Root) => {
    const records = p
      .watch(() => filesNow(pattern), { ...options, by: (file) => file.path })
      .splittable<T, FileRestriction>({
        tracker: sparseRange<FileRestriction>(),
        initial: (file) => ({ kind: 'files', files: [file], from: 0, to: 1 }),
        split: (r) => spec.split!(r),
        size: (r) => spec.size!(r),
        element: (_file, r, c) => spec.read(r, c),
      });
    return schema === undefined ? records : records.withSchema(schema);
  });
}

async function filesNow(pattern: string): Promise<readonly FileEntry[]> {
  try {
    return await expandGlob(pattern);
  } catch (e) {
    if (isStrahlError(e) && e.key === 'notFound') return [];
    throw e;
  }
}

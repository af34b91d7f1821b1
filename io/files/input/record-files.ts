import type { Root } from '#sdk/collections/root.js';
import type { Source } from '#sdk/collections/source.js';
import { atCall, defineSource, placing } from '#sdk/connector.js';
import type { SourceSpec } from '#sdk/dofn/source.js';
import { isSchema, type Schema } from '#sdk/schema/schema.js';
import type { BadRecords, ReadOutcome } from '../bad-records.js';
import { checkBadRecords } from '../checked-options.js';
import { separate, type ReadCollections } from '../read-outcomes.js';
import type { FileRestriction } from './file-restriction.js';
import { watchedFiles, type WatchOptions } from './watched-files.js';

/** A source of records of one format; `O` are the options of the format. */
type SourceOf<O> = <T>(
  pattern: string,
  schema: Schema<T> | undefined,
  options: O,
  badRecords: BadRecords,
) => SourceSpec<T | ReadOutcome<T>, FileRestriction>;

/** Options of the format, and of what happens to bad records and to files that appear later. */
type FilesOptions<O> = O & { readonly badRecords?: BadRecords } & Partial<WatchOptions>;

/** The two ways to read files whose records may have a schema: `Schema` and options, or options alone. */
export interface RecordFiles<O> {
  files<T>(
    pattern: string,
    first?: Schema<T> | FilesOptions<O>,
    second?: FilesOptions<O>,
  ): Source<T, never>;
  read<T>(p: Root, pattern: string, first?: Schema<T> | O, second?: O): ReadCollections<T>;
}

type Spec<T> = SourceSpec<T, FileRestriction> & { readonly boundedness: 'bounded' };

/** `O` must be satisfied by `{}`: nobody has to give options. */
export function recordFiles<O extends object>(sourceOf: SourceOf<O>): RecordFiles<O> {
  function read<T>(
    p: Root,
    pattern: string,
    first?: Schema<T> | O,
    second?: O,
  ): ReadCollections<T> {
    return atCall(p, read, () => {
      const [schema, options] = argumentsOf(first, second);
      const spec = sourceOf(pattern, schema, options, 'dead-letter') as Spec<ReadOutcome<T>>;
      return separate(p.read(defineSource(spec)), schema);
    });
  }
  function files<T>(
    pattern: string,
    first?: Schema<T> | FilesOptions<O>,
    second?: FilesOptions<O>,
  ): Source<T, never> {
    const [schema, given] = argumentsOf(first, second);
    const { badRecords = 'fail', watch, ...options } = given;
    checkBadRecords(badRecords, 'read');
    // Without dead letters a source gives nothing but records.
    const spec = sourceOf(pattern, schema, options as O, badRecords) as Spec<T>;
    const source =
      watch === undefined ? defineSource(spec, schema) : watchedFiles(spec, pattern, watch, schema);
    return source as Source<T, never>;
  }
  return { files: placing(files), read };
}

function argumentsOf<T, O extends object>(
  first: Schema<T> | O | undefined,
  second: O | undefined,
): readonly [schema: Schema<T> | undefined, options: O] {
  const none = {} as O;
  return isSchema(first) ? [first, second ?? none] : [undefined, second ?? first ?? none];
}

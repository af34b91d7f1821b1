import { StrahlError } from '#portability/errors.js';
import { checkOptionNames } from '#portability/option-names.js';
import { defineSink } from '#sdk/connector.js';
import type { PCollection } from '#sdk/collections/pcollection.js';
import type { Sink, Written } from '#sdk/collections/sink.js';
import type { Failed } from '#sdk/collections/split-outputs.js';
import type { JobScope } from '#sdk/graph/job-scope.js';
import { toList } from '#sdk/transforms/combining/combiners.js';
import { globalWindow } from '#sdk/transforms/windowing/windows.js';
import { checkChoice } from '../checked-options.js';
import { preview } from '../preview.js';
import { FinishFiles, type FileParts } from './finish-files.js';
import type { OutputFormat } from './output-format.js';
import { OutputName, type NamingOptions } from './output-name.js';
import { TempSpace } from './temp-space.js';
import { WriteParts, type Part } from './write-parts.js';

/** Options of every sink that writes files. */
export interface FileSinkOptions extends NamingOptions {
  /**
   * What happens to an element that the format cannot say: the job fails (`'fail'`, default), or the
   * element goes to `Written.failed` (`'dead-letter'`).
   */
  readonly badRecords?: 'fail' | 'dead-letter';
}

export interface FileSinkFormat<T, E> {
  readonly name: string;
  readonly path: string;
  readonly options: FileSinkOptions;
  readonly output: OutputFormat<E>;
  /** What the format writes for an element; throws if it cannot. */
  encode(element: T): E;
}

/**
 * A sink whose files appear whole or not at all. Bundles write hidden files; once all of them are committed
 * these are joined and renamed. A file that is there already is replaced.
 */
export function fileSink<T, E>(format: FileSinkFormat<T, E>): Sink<T> {
  checkOptionNames(format.name, format.options, [
    'badRecords',
    'shards',
    'suffix',
    'windowTemplate',
  ]);
  checkChoice('badRecords', format.options.badRecords, ['fail', 'dead-letter']);
  const name = new OutputName(format.path, format.options);
  const write = (input: PCollection<T>, job: JobScope): Written => {
    const space = new TempSpace(format.path, job);
    const { ok, failed } = encoded(input, format);
    const parts = ok.process(() => new WriteParts(name, format.output, space)).named('parts');
    const files = name.template === undefined ? oneSet(parts, name) : setPerWindow(parts);
    const done = files.process(() => new FinishFiles(name, format.output, space)).named('files');
    return { failed: failed ?? none(done), done };
  };
  return defineSink<T>(format.name, write, name.target);
}

interface Encoded<E> {
  readonly ok: PCollection<E>;
  readonly failed: Written['failed'] | undefined;
}

function encoded<T, E>(input: PCollection<T>, format: FileSinkFormat<T, E>): Encoded<E> {
  const encode = (element: T): E => {
    try {
      return format.encode(element);
    } catch (e) {
      throw notEncodable(format, e);
    }
  };
  if (format.options.badRecords === 'dead-letter') {
    const { ok, failed } = input.attempt(encode);
    return { ok, failed };
  }
  return { ok: input.map(encode), failed: undefined };
}

function notEncodable<T, E>(format: FileSinkFormat<T, E>, cause: unknown): StrahlError {
  const why = (cause as { readonly message?: string } | undefined)?.message;
  return new StrahlError('cannotEncode', {
    title: `${format.name} cannot write an element to ${format.path}`,
    ...(why === undefined ? {} : { why: preview(why) }),
    fix: "convert it first, or take it from Written.failed: { badRecords: 'dead-letter' }",
    cause,
  });
}

/** One element for each shard, also if nothing was written: an empty input gives empty files. */
function oneSet(parts: PCollection<Part>, name: OutputName): PCollection<FileParts> {
  return parts
    .window(globalWindow())
    .combineGloballyWith(toList<Part>())
    .flatMap((all) =>
      Array.from({ length: name.shards }, (_, shard) => ({
        windowPart: '',
        shard,
        parts: all.filter((part) => part.shard === shard),
      })),
    );
}

function setPerWindow(parts: PCollection<Part>): PCollection<FileParts> {
  return parts
    .keyBy((part) => `${String(part.shard)} ${part.windowPart}`)
    .groupByKey()
    .flatMap(async ([, group]) => {
      const all = await group.toArray();
      const [first] = all;
      return first === undefined
        ? []
        : [{ windowPart: first.windowPart, shard: first.shard, parts: all }];
    });
}

function none(files: PCollection<string>): PCollection<Failed<unknown>> {
  return files.flatMap((): readonly Failed<unknown>[] => []);
}

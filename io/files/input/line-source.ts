import type { Readable } from 'node:stream';
import { duration } from '#portability/model/time.js';
import { BYTES_READ } from '#sdk/dofn/bytes-read.js';
import type { ReadContext, SourceSpec } from '#sdk/dofn/source.js';
import { BadRecord } from '../bad-records.js';
import { checkReading } from '../checked-options.js';
import type { FileEntry } from '../glob.js';
import { FileChunks, type Chunks } from './chunks.js';
import { rangesOf, STDIN, type FileRange, type FileRestriction } from './file-restriction.js';
import { fileSource } from './file-source.js';
import { LineCutter, type LineFault, type LineTarget } from './line-cutter.js';
import type { Feed } from './replay.js';
import { Replays } from './replays.js';
import { standardInput } from './standard-input.js';
import { isPacked, unpackFile, type Compression, type UnpackLimits } from './unpack.js';

/** Options of every reader of lines. */
export interface LineOptions extends UnpackLimits {
  /** Default `'auto'`. */
  readonly compression?: Compression;
  /** Longest line in bytes, without its terminator. Default 16 MiB. */
  readonly maxLineBytes?: number;
}

/** A target that says where the runner stopped it. */
export interface ClaimingTarget extends LineTarget {
  /** The position whose claim was refused. */
  readonly refusedAt: number | undefined;
}

export interface LineFormat<T> {
  readonly name: string;
  readonly pattern: string;
  readonly options: LineOptions;
  target(c: ReadContext<T>, file: string): ClaimingTarget;
  /** Bytes of one restriction. Default 64 MiB. */
  readonly rangeBytes?: number;
  /** What `-` stands for. Default: the standard input of the process. */
  readonly stdin?: () => Readable;
}

const MAX_LINE_BYTES = 16 * 1024 * 1024;
const RANGE_BYTES = 64 * 1024 * 1024;
/** Unpacked bytes that wait for a commit; with more, a read asks for the end of its bundle. */
const HELD_BYTES = 32 * 1024 * 1024;

/** Reads files by lines. A position is the offset of a line's first byte in the unpacked text. */
export function lineSource<T>(format: LineFormat<T>): SourceSpec<T, FileRestriction> {
  const { options } = format;
  checkReading(format.name, options, ['badRecords', 'maxLineBytes', 'watch', 'withPosition']);
  const replays = new Replays<Buffer>();
  const packed = (file: FileEntry): boolean =>
    file.path === STDIN || isPacked(file.path, options.compression);
  return fileSource<T>({
    name: format.name,
    pattern: format.pattern,
    ranges: (file) => rangesOf(file, packed(file) ? undefined : (format.rangeBytes ?? RANGE_BYTES)),
    async read(range, c) {
      const target = format.target(c, range.file.path);
      const bytesRead = c.metrics.counter(BYTES_READ);
      const count = (bytes: number): void => {
        bytesRead.inc(bytes);
      };
      try {
        if (packed(range.file)) {
          const feed = (): Promise<Feed<Buffer>> => feedOf(format, range.file.path, count);
          await readReplayed(replays, feed, { range, options, target, c });
        } else await readRange(range, cutterOf(target, range, options), c, count);
      } catch (e) {
        throw e instanceof BadRecord ? await located(e, range, format) : e;
      }
    },
  });
}

function cutterOf(target: LineTarget, range: FileRange, options: LineOptions): LineCutter {
  return new LineCutter(target, range.from, range.to, options.maxLineBytes ?? MAX_LINE_BYTES);
}

async function readRange<T>(
  range: FileRange,
  cutter: LineCutter,
  c: ReadContext<T>,
  count: (bytes: number) => void,
): Promise<void> {
  const chunks = await FileChunks.open(range.file, LineCutter.startsAt(range.from));
  try {
    for (;;) {
      const chunk = await chunks.next();
      c.signal.throwIfAborted();
      if (chunk === undefined) {
        cutter.end();
        return;
      }
      count(chunk.length);
      if (!cutter.feed(chunk)) return;
      const pause = c.ready();
      if (pause !== undefined) await pause;
    }
  } finally {
    await chunks.close();
  }
}

interface ReplayedRead<T> {
  readonly range: FileRange;
  readonly options: LineOptions;
  readonly target: ClaimingTarget;
  readonly c: ReadContext<T>;
}

async function readReplayed<T>(
  replays: Replays<Buffer>,
  feed: () => Promise<Feed<Buffer>>,
  { range, options, target, c }: ReplayedRead<T>,
): Promise<void> {
  const { path } = range.file;
  const last = new LastLine(target);
  const cutter = cutterOf(last, range, options);
  let restFrom: number | undefined;
  let position = LineCutter.startsAt(range.from);
  const replay = await replays.take(path, position, feed);
  const stop = (): void => void replays.closeAll();
  c.signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      const piece = await replay.at(position);
      c.signal.throwIfAborted();
      if (piece === undefined) {
        cutter.end();
        break;
      }
      if (!cutter.feed(piece.data.subarray(position - piece.from))) break;
      position = piece.to;
      if (last.offset >= 0 && replays.held > HELD_BYTES) {
        restFrom = last.offset + 1;
        c.resumeAfter(duration(0));
        break;
      }
      await c.ready();
    }
  } catch (e) {
    await replays.discard(path, replay);
    throw e;
  } finally {
    c.signal.removeEventListener('abort', stop);
  }
  restFrom ??= target.refusedAt;
  const kept = restFrom === undefined ? position : LineCutter.startsAt(restFrom);
  c.onBundleCommitted(() => replays.release(path, replay, kept, restFrom === undefined));
}

/** Remembers where the last line starts: a rest starts at the refused line or behind this first byte. */
class LastLine implements LineTarget {
  offset = -1;
  readonly #target: LineTarget;

  constructor(target: LineTarget) {
    this.#target = target;
  }

  line(text: string, offset: number): boolean {
    this.offset = offset;
    return this.#target.line(text, offset);
  }

  badLine(raw: Buffer, offset: number, why: LineFault): boolean {
    this.offset = offset;
    return this.#target.badLine(raw, offset, why);
  }
}

async function feedOf<T>(
  format: LineFormat<T>,
  path: string,
  count: (bytes: number) => void,
): Promise<Feed<Buffer>> {
  return path === STDIN
    ? standardInput(format.stdin?.() ?? process.stdin, format.options, count)
    : unpackFile(path, format.options, count);
}

/** Counts the lines before the record; it happens once, since the job fails. */
async function located<T>(bad: BadRecord, range: FileRange, format: LineFormat<T>): Promise<Error> {
  const { file, offset } = bad.letter;
  const column = bad.fault.column === undefined ? '' : `:${String(bad.fault.column)}`;
  if (file === STDIN) return bad.toError(`standard input, byte ${String(offset)}`);
  const chunks: Chunks | Feed<Buffer> = isPacked(file, format.options.compression)
    ? unpackFile(file, format.options, () => undefined)
    : await FileChunks.open(range.file, 0);
  const line = 1 + (await newlinesBefore(offset, chunks));
  return bad.toError(`${file}:${String(line)}${column}`);
}

async function newlinesBefore(offset: number, chunks: Chunks | Feed<Buffer>): Promise<number> {
  let lines = 0;
  let at = 0;
  try {
    for (
      let chunk = await chunks.next();
      chunk !== undefined && at < offset;
      chunk = await chunks.next()
    ) {
      const before = chunk.subarray(0, Math.max(0, offset - at));
      for (let i = before.indexOf(10); i >= 0; i = before.indexOf(10, i + 1)) lines++;
      at += chunk.length;
    }
  } finally {
    await chunks.close();
  }
  return lines;
}

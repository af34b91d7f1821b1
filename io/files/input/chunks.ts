import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { StrahlError } from '#portability/errors.js';
import { fileError } from '../file-error.js';
import type { FileEntry } from '../glob.js';

/** Bytes in order, a piece at a time. */
export interface Chunks {
  /** The next piece, never empty; undefined at the end. */
  next(): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

/**
 * Small enough that a reader asks between two pieces whether others have waited for too long, before a
 * claim is refused for it: after a refused claim the file is opened again.
 */
const CHUNK_BYTES = 256 * 1024;

/**
 * The bytes of a file from a position to its end, as long as it was when the job started. What was empty then is read
 * as far as it goes: the files of `/proc` have no size.
 *
 *   C1. A piece is valid until the following one is asked for: two buffers take turns, so that the disk
 *       works on one while the caller reads the other.
 */
export class FileChunks implements Chunks {
  readonly #file: FileEntry;
  readonly #handle: FileHandle;
  /** `Infinity` if only reading tells. */
  readonly #end: number;
  #position: number;
  #spare: Buffer;
  #lent: Buffer | undefined;
  #ahead: Promise<number | Failure>;

  private constructor(file: FileEntry, handle: FileHandle, from: number) {
    this.#file = file;
    this.#handle = handle;
    this.#end = file.bytes === 0 ? Infinity : file.bytes;
    this.#position = from;
    this.#spare = this.#room();
    this.#ahead = this.#readAhead();
  }

  /** @throws STRAHL-6002, STRAHL-6003 */
  static async open(file: FileEntry, from: number): Promise<FileChunks> {
    const handle = await open(file.path, 'r').catch((e: unknown) => {
      throw fileError('read', file.path, e);
    });
    return new FileChunks(file, handle, from);
  }

  /** @throws STRAHL-6004 if the file has become shorter */
  async next(): Promise<Buffer | undefined> {
    if (this.#position >= this.#end) return undefined;
    const read = await this.#ahead;
    if (typeof read !== 'number') throw fileError('read', this.#file.path, read.cause);
    if (read === 0 && this.#end === Infinity) return undefined;
    if (read === 0) throw truncated(this.#file, this.#position);
    const full = this.#spare;
    this.#position += read;
    this.#spare = this.#lent ?? this.#room();
    this.#lent = full;
    this.#ahead = this.#readAhead();
    return full.subarray(0, read);
  }

  /** No more than is left: a job may read many small files. */
  #room(): Buffer {
    return Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, Math.max(0, this.#end - this.#position)));
  }

  async close(): Promise<void> {
    await this.#ahead;
    await this.#handle.close();
  }

  /** Never rejects, since nobody may be waiting yet. */
  async #readAhead(): Promise<number | Failure> {
    const wanted = Math.min(CHUNK_BYTES, this.#end - this.#position);
    if (wanted <= 0) return 0;
    try {
      return (await this.#handle.read(this.#spare, 0, wanted, this.#position)).bytesRead;
    } catch (cause) {
      return { cause };
    }
  }
}

interface Failure {
  readonly cause: unknown;
}

function truncated(file: FileEntry, at: number): StrahlError {
  return new StrahlError('dataLost', {
    title: `${file.path} became shorter while it was read`,
    why: `it had ${String(file.bytes)} bytes when the job started, and ends at ${String(at)} now`,
    fix: 'run again once nothing else writes to the file',
  });
}

import type Fs from 'node:fs';
import { StrahlError } from '#portability/errors.js';
import { noSpace } from '#runners/core/spill/no-space.js';
import type { Scratch, ScratchFile } from '#runners/core/spill/scratch.js';
import { isAlive } from './process-life.js';

// Most jobs never come here: what it takes is loaded by the first file.
const fs = (): typeof Fs => process.getBuiltinModule('node:fs');
const tmpdir = (): string => process.getBuiltinModule('node:os').tmpdir();

/** In front of a block: its length and its checksum. */
const HEADER_BYTES = 8;
const NAME = /^strahl-spill-(\d+)-/;
const NO_SPACE: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * Files that vanish with the process: each has lost its name before anything is written to it, so that not
 * even a kill leaves one behind. Where an open file cannot lose its name, the next run removes those of
 * processes that are gone.
 */
export class FileScratch implements Scratch {
  readonly #folder: string | undefined;
  #isSwept = false;
  #opened = 0;

  /** Default: where this system keeps temporary files. */
  constructor(folder?: string) {
    this.#folder = folder;
  }

  /** @throws STRAHL-7004 where there is no space left */
  open(): ScratchFile {
    const folder = this.#folder ?? tmpdir();
    if (!this.#isSwept) sweep(folder);
    this.#isSwept = true;
    const random = Math.random().toString(16).slice(2, 10);
    const name = `strahl-spill-${String(process.pid)}-${random}-${String(this.#opened++)}`;
    const path = `${folder}/${name}`;
    try {
      const file = new UnnamedFile(fs().openSync(path, 'wx+', 0o600));
      removeQuietly(path);
      return file;
    } catch (e) {
      throw asScratchError(e);
    }
  }
}

/** Closes the files whose owner was forgotten: a group that is over does not say so to everything in it. */
const FORGOTTEN = new FinalizationRegistry<{ fd: number | undefined }>(close);

class UnnamedFile implements ScratchFile {
  bytes = 0;
  readonly #open: { fd: number | undefined };
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #end = 0;

  constructor(fd: number) {
    this.#open = { fd };
    FORGOTTEN.register(this, this.#open, this);
  }

  append(block: Uint8Array): number {
    const position = this.#end;
    this.#header.writeUInt32LE(block.length, 0);
    this.#header.writeUInt32LE(checksumOf(block), 4);
    try {
      this.#write(this.#header, position);
      this.#write(block, position + HEADER_BYTES);
    } catch (e) {
      throw asScratchError(e);
    }
    this.#end += HEADER_BYTES + block.length;
    this.bytes += block.length;
    return position;
  }

  read(position: number, room?: Uint8Array): Uint8Array {
    const header = Buffer.alloc(HEADER_BYTES);
    try {
      this.#read(header, position);
      // A length is believed as far as the file reaches; the checksum covers it.
      const length = header.readUInt32LE(0);
      if (length > this.#end - position - HEADER_BYTES) throw damaged();
      const block = roomFor(length, room);
      this.#read(block, position + HEADER_BYTES);
      if (checksumOf(block) !== header.readUInt32LE(4)) throw damaged();
      return block;
    } catch (e) {
      throw asScratchError(e);
    }
  }

  unlink(): void {
    FORGOTTEN.unregister(this);
    close(this.#open);
    this.bytes = 0;
  }

  #write(bytes: Uint8Array, position: number): void {
    for (let done = 0; done < bytes.length;) {
      done += fs().writeSync(this.#fd, bytes, done, bytes.length - done, position + done);
    }
  }

  #read(bytes: Uint8Array, position: number): void {
    for (let done = 0; done < bytes.length;) {
      const read = fs().readSync(this.#fd, bytes, done, bytes.length - done, position + done);
      if (read === 0) throw damaged();
      done += read;
    }
  }

  get #fd(): number {
    const { fd } = this.#open;
    if (fd === undefined) throw new RangeError('the file was unlinked');
    return fd;
  }
}

/** The whole of it is written to. */
function roomFor(length: number, room: Uint8Array | undefined): Uint8Array {
  if (room !== undefined && room.length >= length) return room.subarray(0, length);
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
}

/** The length is part of it, so that a block of zeros is not mistaken for an empty one. */
function checksumOf(block: Uint8Array): number {
  return process.getBuiltinModule('node:zlib').crc32(block, block.length);
}

function close(open: { fd: number | undefined }): void {
  if (open.fd !== undefined) fs().closeSync(open.fd);
  open.fd = undefined;
}

function damaged(): StrahlError {
  return new StrahlError('dataLost', {
    title: 'a temporary file does not hold what was written to it',
    fix: 'look for faults of the disk that holds temporary files, and run again',
  });
}

/** What the file system says, as this project says it. */
export function asScratchError(e: unknown): unknown {
  const { code } = e as { readonly code?: unknown };
  return NO_SPACE.has(code) ? noSpace(e) : e;
}

function removeQuietly(path: string): void {
  try {
    fs().unlinkSync(path);
  } catch {
    // It cannot lose its name while it is open, or another run was faster.
  }
}

/** Removes files of processes that are gone. */
function sweep(folder: string): void {
  for (const name of namesIn(folder)) {
    const pid = Number(NAME.exec(name)?.[1] ?? process.pid);
    if (pid !== process.pid && !isAlive(pid)) removeQuietly(`${folder}/${name}`);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs().readdirSync(folder);
  } catch {
    // What is wrong with the folder is said by the first file that is opened in it.
    return [];
  }
}

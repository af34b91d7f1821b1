import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { directoryError, fileError } from '../file-error.js';

/** Appends all of `bytes`; a short write goes on with the rest. */
export function appendAll(file: string, bytes: Uint8Array): void {
  try {
    const fd = openSync(file, 'a', 0o666);
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
    } finally {
      closeSync(fd);
    }
  } catch (e) {
    throw fileError('write', file, e);
  }
}

/** Forces a finished file to disk, so that a rename never shows less than its content. */
function sync(file: string): void {
  const fd = openSync(file, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Puts a finished file in the place of `target`, which is replaced if it exists. Afterwards other readers
 * see either all of the old file or all of the new one.
 *
 * @throws STRAHL-6002 if `target` is a directory, STRAHL-6003, STRAHL-7004
 */
export async function moveInto(target: string, finished: string): Promise<void> {
  const there = await stat(target).catch(() => undefined);
  if (there?.isDirectory() === true) throw directoryError('write', target);
  try {
    sync(finished);
    await rename(finished, target);
    await syncDirectory(path.dirname(target));
  } catch (e) {
    throw fileError('write', target, e);
  }
}

/** Makes the rename itself durable; some file systems cannot, and then it is as durable as they are. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder, and those above it that are missing; answers the first that it made, if any. Node's own recursive
 * `mkdir` never returns where the file system finds no parent that exists, as below `/proc`.
 *
 * @param mode of `folder` itself
 * @throws what the file system says
 */
export function makeFolders(folder: string, mode?: number): string | undefined {
  try {
    mkdirSync(folder, mode);
    return folder;
  } catch (e) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return undefined;
    const parent = path.dirname(folder);
    if ((e as { readonly code?: unknown }).code !== 'ENOENT' || existsSync(parent)) throw e;
    const first = makeFolders(parent);
    makeFolders(folder, mode);
    return first ?? folder;
  }
}

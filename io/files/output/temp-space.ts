import { createHash, randomUUID } from 'node:crypto';
import { rmdirSync, rmSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import type { JobScope } from '#sdk/graph/job-scope.js';
import { fileError } from '../file-error.js';
import { makeFolders } from './make-folders.js';

/** Spaces that still hold files; emptied when the process ends, however it ends in JavaScript. */
const live: Set<TempSpace> = new Set();
let watching = false;

/**
 * A hidden directory beside the files that a sink writes, on the same file system, so that a rename moves
 * a finished file to its place at once.
 *
 *   T1. The directory exists from the first `newFile` to `clean`.
 *   T2. Directories above it that were made for it go with it, unless something is in them by then.
 *   T3. What is in it belongs to this job: nobody can guess its name, nobody else may enter (0700).
 *   T4. Where several processes do the work of a job, all have the same directory and none knows what the others
 *       still need: who finishes files removes their parts, and the directory with the last of them. What a
 *       process that was killed has left, and a job that failed, stays.
 */
export class TempSpace {
  readonly #directory: string;
  /** T4. */
  readonly isShared: boolean;
  #exists = false;
  /** The uppermost directory that was made for this one, which is nobody else's (T2). */
  #firstMade: string | undefined;
  #users = 0;
  #failed = 0;
  readonly #watched: WeakSet<AbortSignal> = new WeakSet();
  readonly #used: Set<string> = new Set();

  /** @param target the path of the sink */
  constructor(target: string, { name, isShared }: JobScope) {
    const own = createHash('sha256').update(`${name} ${target}`).digest('hex').slice(0, 32);
    this.#directory = path.join(path.dirname(target), `.strahl-${own}`);
    this.isShared = isShared;
  }

  /** The path of a new file, which the caller writes. */
  newFile(): string {
    if (!this.#exists || this.isShared) this.#make();
    return path.join(this.#directory, randomUUID());
  }

  /** Somebody writes here from now on: a new instance, or the successor of a failed one. */
  enter(): void {
    if (this.#failed > 0) this.#failed--;
    else this.#users++;
  }

  /**
   * The last writer leaves a clean place: the job is over. A failed one does not count as having left,
   * since its bundle will be repeated by another and what earlier bundles wrote is still needed.
   */
  leave(failed: boolean): void {
    if (failed) this.#failed++;
    else if (--this.#users === 0 && !this.isShared) this.clean();
  }

  /** All files of a sink of several processes are where they belong: nobody needs the directory any more (T4). */
  finish(): void {
    if (this.isShared) this.#removeAll();
  }

  /** Removes the directory of several processes if it is empty. */
  leaveEmpty(): void {
    if (!this.isShared) return;
    try {
      rmdirSync(this.#directory);
    } catch {
      // Others still need what is in it, or have removed it.
    }
  }

  /** A cancelled job leaves nothing behind. */
  watch(signal: AbortSignal): void {
    if (this.isShared || this.#watched.has(signal)) return;
    this.#watched.add(signal);
    signal.addEventListener('abort', () => {
      this.clean();
    });
  }

  /** The content of a part is where it belongs: a later pane that names it again must not. */
  use(file: string): void {
    this.#used.add(file);
    this.remove(file);
  }

  isUsed(file: string): boolean {
    return this.#used.has(file);
  }

  /** Removes one file, if it is there. */
  remove(file: string): void {
    try {
      unlinkSync(file);
    } catch {
      // Already moved, or the directory was cleaned: either way it is gone.
    }
  }

  /** Removes all files and the directory. Never throws: it also runs while the process ends. */
  clean(): void {
    live.delete(this);
    if (!this.#exists) return;
    this.#removeAll();
  }

  #removeAll(): void {
    this.#exists = false;
    try {
      rmSync(this.#directory, { recursive: true, force: true });
      this.#removeMade();
    } catch {
      // A hidden directory that cannot be removed harms nobody, and one that holds something stays.
    }
  }

  #removeMade(): void {
    const first = this.#firstMade;
    if (first === undefined) return;
    for (let made = path.dirname(this.#directory); made.length >= first.length;) {
      rmdirSync(made);
      made = path.dirname(made);
    }
    this.#firstMade = undefined;
  }

  #make(): void {
    try {
      this.#firstMade ??= makeFolders(path.dirname(this.#directory));
      makeFolders(this.#directory, 0o700);
    } catch (e) {
      throw fileError('write', path.dirname(this.#directory), e);
    }
    this.#exists = true;
    // What several processes share is not this one's to remove.
    if (this.isShared) return;
    live.add(this);
    if (watching) return;
    watching = true;
    process.on('exit', () => {
      for (const space of live) space.clean();
    });
  }
}

import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StrahlError } from '#portability/errors.js';

/** Bytes that the artifacts of one job may take. */
const QUOTA = 2 * 1024 * 1024 * 1024;

/** A file that a client has staged. */
export interface StoredArtifact {
  /** Its name here: the digest of its bytes, nothing that a client chose. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Files that clients have staged for their workers.
 *
 *   A1. The name of a file is the digest of its bytes: no name of a client becomes a path.
 *   A2. The files of a job are no more than its quota, whatever a client sends.
 */
export class ArtifactStore {
  #folder: string | undefined;
  readonly #quota: number;

  constructor(quota: number = QUOTA) {
    this.#quota = quota;
  }

  get #path(): string {
    // Only this user may look into it.
    return (this.#folder ??= mkdtempSync(join(tmpdir(), 'strahl-artifacts-')));
  }

  /** Writes what comes. `used`: bytes that the job has stored before. @throws STRAHL-7004 beyond the quota */
  async store(chunks: AsyncIterable<Uint8Array>, used: number): Promise<StoredArtifact> {
    const temporary = join(this.#path, `part-${randomBytes(8).toString('hex')}`);
    const digest = createHash('sha256');
    const file = await open(temporary, 'wx', 0o600);
    let bytes = 0;
    try {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (used + bytes > this.#quota) {
          throw new StrahlError('storeFull', {
            title: `the artifacts of this job take more than ${String(this.#quota)} bytes`,
          });
        }
        digest.update(chunk);
        await file.write(chunk);
      }
    } catch (e) {
      rmSync(temporary, { force: true });
      throw e;
    } finally {
      await file.close();
    }
    const sha256 = digest.digest('hex');
    await rename(temporary, join(this.#path, sha256));
    return { sha256, bytes };
  }

  /** @throws STRAHL-6002 for a name that is no digest */
  read(sha256: string, chunkBytes: number): AsyncIterable<Uint8Array> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) {
      throw new StrahlError('notFound', { title: 'there is no such artifact' });
    }
    return createReadStream(join(this.#path, sha256), { highWaterMark: chunkBytes });
  }

  /** Removes all files. */
  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}

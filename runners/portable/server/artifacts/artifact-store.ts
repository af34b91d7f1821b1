import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StrahlError } from '#portability/errors.js';
import type { ArtifactQuota } from './artifact-quota.js';

/**
 * Files that clients have staged for their workers.
 *
 *   A1. The name of a file is the digest of its bytes: no name of a client becomes a path.
 *   A2. The files of a job are no more than its quota, whatever a client sends and on however many streams.
 */
export class ArtifactStore {
  readonly #parent: string;
  #folder: string | undefined;

  /** `parent`: where the folder of the files is made when there are any. */
  constructor(parent: string = tmpdir()) {
    this.#parent = parent;
  }

  get #path(): string {
    // Only this user may look into it.
    return (this.#folder ??= mkdtempSync(join(this.#parent, 'strahl-artifacts-')));
  }

  /** Writes what comes, and answers its digest. @throws STRAHL-7004 beyond the quota of its job */
  async store(chunks: AsyncIterable<Uint8Array>, quota: ArtifactQuota): Promise<string> {
    const temporary = join(this.#path, `part-${randomBytes(8).toString('hex')}`);
    const digest = createHash('sha256');
    const file = await open(temporary, 'wx', 0o600);
    let bytes = 0;
    try {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        quota.take(chunk.length);
        digest.update(chunk);
        await file.write(chunk);
      }
    } catch (e) {
      rmSync(temporary, { force: true });
      quota.giveBack(bytes);
      throw e;
    } finally {
      await file.close();
    }
    const sha256 = digest.digest('hex');
    await rename(temporary, join(this.#path, sha256));
    return sha256;
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

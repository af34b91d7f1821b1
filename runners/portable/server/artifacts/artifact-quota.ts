import { StrahlError } from '#portability/errors.js';

/** How much the files of one job take, over all streams on which a client brings them. */
export class ArtifactQuota {
  readonly #limit: number;
  #used = 0;

  /** `limit`: in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws STRAHL-7004 beyond the limit */
  take(bytes: number): void {
    this.#used += bytes;
    if (this.#used <= this.#limit) return;
    throw new StrahlError('storeFull', {
      title: `the artifacts of this job take more than ${String(this.#limit)} bytes`,
    });
  }

  /** Of a file that was not kept. */
  giveBack(bytes: number): void {
    this.#used -= bytes;
  }
}

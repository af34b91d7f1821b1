import type {
  BundleOutcome,
  BundleProgress,
  BundleRequest,
  BundleSplit,
  Connection,
  DesiredSplit,
} from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';

/** The part of a connection that stands for several others: what is asked about a bundle goes to the one that has it. */
export abstract class BundleRoutes implements Pick<
  Connection,
  'progress' | 'split' | 'finalize' | 'abort'
> {
  readonly #connections = new Map<BundleId, Connection>();

  /** A bundle is known until it has failed, or ended without anybody to tell of its commit. */
  protected async route(connection: Connection, request: BundleRequest): Promise<BundleOutcome> {
    const { bundle } = request;
    this.#connections.set(bundle, connection);
    try {
      const outcome = await connection.process(request);
      if (!outcome.finalize) this.#connections.delete(bundle);
      return outcome;
    } catch (e) {
      this.#connections.delete(bundle);
      throw e;
    }
  }

  progress(bundle: BundleId): BundleProgress | undefined | Promise<BundleProgress | undefined> {
    return this.#connections.get(bundle)?.progress(bundle);
  }

  split(
    bundle: BundleId,
    desired: DesiredSplit,
  ): BundleSplit | undefined | Promise<BundleSplit | undefined> {
    return this.#connections.get(bundle)?.split(bundle, desired);
  }

  finalize(bundle: BundleId): void | Promise<void> {
    const connection = this.#connections.get(bundle);
    this.#connections.delete(bundle);
    return connection?.finalize(bundle);
  }

  abort(bundle: BundleId): void {
    this.#connections.get(bundle)?.abort(bundle);
  }
}

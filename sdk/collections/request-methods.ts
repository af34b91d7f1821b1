import type { Bound, Win } from './boundedness.js';
import type { DurationLike } from '../duration.js';
import type { RequestContext } from '../requests/request-policy.js';
import type { CacheKey } from '../requests/response-cache.js';
import type { PCollection } from './pcollection.js';
import type { Step } from './step-options.js';

/**
 * How responses are remembered in each process.
 *
 * @example
 * ```ts
 * import type { CacheOptions } from 'strahl';
 * const byCountry: CacheOptions<{ readonly country: string }> = {
 *   by: (order) => order.country,
 *   for: '10m',
 *   size: 500,
 * };
 * ```
 */
export interface CacheOptions<T> {
  /** Elements with equal results get the same response. */
  readonly by: (x: T) => CacheKey;
  /** How long a response is good. Default: as long as the job runs. */
  readonly for?: DurationLike;
  /** How many responses are remembered, those used last. Default 10,000. */
  readonly size?: number;
}

/**
 * How a service is asked. Limits hold for each process by itself.
 *
 * @example
 * ```ts
 * import type { RequestOptions } from 'strahl';
 * const gentle: RequestOptions<string, number> = { rate: 50, retries: 5, timeout: '2s' };
 * ```
 */
export interface RequestOptions<T, U> extends Step<U> {
  /** Asks once for elements that are alike. `true`: elements that are equal strings, numbers or booleans. */
  readonly cache?: CacheOptions<T> | ([T] extends [CacheKey] ? true : never);
  /** Attempts that may start per second, evenly spaced. Default: any number. */
  readonly rate?: number;
  /** Attempts after one that failed, with pauses from 0.1 to 10 s between them. Default 3. */
  readonly retries?: number;
  /** How long one attempt may take. Default `'30s'`. */
  readonly timeout?: DurationLike;
}

/**
 * Several elements of a bundle are asked for at once.
 *
 * @example
 * ```ts
 * import type { BatchOptions, PCollection } from 'strahl';
 * declare const priceOfAll: (ids: readonly string[]) => Promise<readonly number[]>;
 * const hundreds: BatchOptions = { batch: 100 };
 * const prices = (ids: PCollection<string>) => ids.requestResponse(priceOfAll, hundreds);
 * ```
 */
export interface BatchOptions {
  /** The most elements of one request. */
  readonly batch: number;
}

/**
 * What becomes of an element and its response.
 *
 * @example
 * ```ts
 * import type { EnrichOptions } from 'strahl';
 * type Order = { readonly id: string };
 * const withPrice: EnrichOptions<Order, number, Order & { readonly price: number }> = {
 *   into: (order, price) => ({ ...order, price }),
 * };
 * ```
 */
export interface EnrichOptions<T, U, R> {
  /** Makes the output of an element and its response. */
  readonly into: (x: T, response: U) => R;
}

/** Methods that ask a service outside of the pipeline. */
export interface RequestMethods<T, B extends Bound, W extends Win> {
  /**
   * The response to each element. A request that fails is repeated; when the last attempt has failed, the
   * bundle fails (STRAHL-6001, or STRAHL-6006 if it took too long) and is tried again as a whole, so a service
   * may be asked more than once for the same element. An error with a number `retryAfter`, in milliseconds, is
   * not repeated earlier.
   *
   * With `batch`, the function gets lists of up to so many elements and gives a list of responses in the same
   * order; outputs then come at the end of their bundle.
   *
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * const pages = (urls: PCollection<string>): PCollection<string> =>
   *   urls.requestResponse(async (url, { signal }) => (await fetch(url, { signal })).text(), {
   *     rate: 50,
   *     timeout: '5s',
   *     cache: { by: (url) => url, for: '1h' },
   *   });
   * ```
   */
  requestResponse<U>(
    call: (xs: readonly T[], c: RequestContext) => Promise<readonly U[]>,
    o: RequestOptions<T, U> & BatchOptions,
  ): PCollection<U, B, W>;
  requestResponse<U>(
    call: (x: T, c: RequestContext) => Promise<U>,
    o?: RequestOptions<T, U> & { readonly batch?: undefined },
  ): PCollection<U, B, W>;

  /**
   * As `requestResponse`, and `into` puts each element and its response together.
   *
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * type Order = { readonly customer: string };
   * declare const nameOf: (id: string) => Promise<string>;
   * const named = (orders: PCollection<Order>) =>
   *   orders.enrich((order) => nameOf(order.customer), {
   *     cache: { by: (order) => order.customer },
   *     into: (order, name) => ({ ...order, name }),
   *   });
   * ```
   */
  enrich<U, R>(
    call: (xs: readonly T[], c: RequestContext) => Promise<readonly U[]>,
    o: RequestOptions<T, R> & BatchOptions & EnrichOptions<T, U, R>,
  ): PCollection<R, B, W>;
  enrich<U, R>(
    call: (x: T, c: RequestContext) => Promise<U>,
    o: RequestOptions<T, R> & EnrichOptions<T, U, R> & { readonly batch?: undefined },
  ): PCollection<R, B, W>;
}

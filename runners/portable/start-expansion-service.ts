import type { ExpansionServiceOptions } from './expansion/serve-expansion.js';
import type { Serving } from '#portability/grpc/serve.js';

export type { ExpansionServiceOptions } from './expansion/serve-expansion.js';

/**
 * Offers transforms to pipelines of other SDKs, as `strahl expansion-service` does; the functions run in this
 * process.
 *
 * @throws STRAHL-1001 for two transforms with one URN, 6001 when the port cannot be had, 9009 without
 * `@grpc/grpc-js`
 * @example
 * ```ts
 * import { offerTransform, s } from 'strahl';
 * import { startExpansionService } from 'strahl/runners/portable';
 *
 * const shout = offerTransform('example:shout:v1', { input: s.string }, (words) =>
 *   words.map((word) => word.toUpperCase(), s.string),
 * );
 * const service = await startExpansionService({ transforms: [shout], port: 8097 });
 * console.log(service.address);
 * await service.close();
 * ```
 */
export async function startExpansionService(options: ExpansionServiceOptions): Promise<Serving> {
  // Loaded here alone: who only submits jobs offers nothing.
  const { runExpansionService } = await import('./expansion/serve-expansion.js');
  return runExpansionService(options);
}

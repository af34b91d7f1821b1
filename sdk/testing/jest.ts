/**
 * Gives Jest's `expect` the matchers of `strahl/testing`, and its type their signatures. Importing this door once, in a
 * test or in a file of `setupFilesAfterEnv`, is all; it works inside Jest only.
 *
 * @example
 * ```ts
 * import { expect, it } from '@jest/globals';
 * import { runTest } from 'strahl/testing';
 * import 'strahl/testing/jest';
 *
 * it('doubles', async () => {
 *   const { doubled } = await runTest((p) => ({ doubled: p.of([1, 2]).map((n) => 2 * n) }));
 *   expect(doubled).toEmitInAnyOrder(2, 4);
 * });
 * ```
 *
 * @packageDocumentation
 */
import { expect } from '@jest/globals';
import { matchers, type StrahlMatchers } from './matchers.js';

declare module 'expect' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- merged with Jest's
  interface Matchers<R extends void | Promise<void>, T = unknown> extends StrahlMatchers<R> {}
}

expect.extend(matchers);

import { isStrahlError } from '#portability/errors.js';

/**
 * How long to wait before a stream that was lost is asked for again, in milliseconds: about half a minute in all, in which
 * a job server may be started anew, or a connection of hours be closed by something in between.
 */
const PAUSES_MS: readonly number[] = [1_000, 1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Listens to a stream of a runner until it has said all; while the connection is lost, asks for the stream again.
 *
 * @param listen one attempt: calls `heard` for what arrives, rejects with STRAHL-6001 when the connection is lost
 * @param pause waits; answers false if nobody wants to hear any more
 * @throws STRAHL-6001 when the runner was not heard for about half a minute; any other error at once
 */
export async function listenAcrossLosses<T>(
  listen: (heard: () => void) => Promise<T>,
  pause: (ms: number) => Promise<boolean>,
): Promise<T> {
  let losses = 0;
  for (;;) {
    try {
      return await listen(() => {
        losses = 0;
      });
    } catch (e) {
      const ms = PAUSES_MS[losses++];
      if (ms === undefined || !isStrahlError(e) || e.key !== 'unreachable') throw e;
      if (!(await pause(ms))) throw e;
    }
  }
}

import type { FrameOutlet } from '#portability/fnapi/connection.js';
import type { Duration } from '#portability/model/time.js';
import type { SinkOperator } from '../operators/sink-operator.js';
import type { HarnessClock } from './bundle-scope.js';

/**
 * What leaves a bundle while it runs.
 *
 *   F1. A frame that is full goes at the next pause; what has waited for as long as the outlet allows, between two
 *       elements, however long the bundle still takes.
 */
export class Outflow {
  readonly #outlet: FrameOutlet;
  readonly #sinks: readonly SinkOperator[];

  constructor(outlet: FrameOutlet, sinks: readonly SinkOperator[]) {
    this.#outlet = outlet;
    this.#sinks = sinks;
  }

  /** Sends what is full; a promise if the receiver wants to wait. */
  full(): Promise<void> | undefined {
    let waiting: Promise<void> | undefined;
    for (const sink of this.#sinks) {
      const frames = sink.takeFull();
      if (frames.length > 0) waiting = this.#outlet.send(sink.step.transform, frames) ?? waiting;
    }
    return waiting;
  }

  /** Sends all that is there again and again, until the answer is called. */
  inTime(clock: HarnessClock, onFailure: (error: unknown) => void): (() => void) | undefined {
    const { linger } = this.#outlet;
    if (linger === undefined) return undefined;
    const over = new AbortController();
    this.#repeat(clock, linger, over.signal).catch(onFailure);
    return () => {
      over.abort();
    };
  }

  async #repeat(clock: HarnessClock, linger: Duration, over: AbortSignal): Promise<void> {
    for (;;) {
      await clock.sleep(linger, over);
      // Behind the end of the bundle the sinks may belong to the next one already.
      if (over.aborted) return;
      await this.#written();
    }
  }

  #written(): Promise<void> | undefined {
    for (const sink of this.#sinks) {
      const frames = sink.takeWritten();
      if (frames.length > 0) void this.#outlet.send(sink.step.transform, frames);
    }
    return this.#outlet.flush() ?? undefined;
  }
}

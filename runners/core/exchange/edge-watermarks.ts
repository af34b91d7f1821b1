import {
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
  type ProcessingTime,
} from '#portability/model/time.js';
import { firstOf } from '../time/first-of.js';
import { leastOf, type Bound } from '../time/watermarks.js';
import type { Edge } from '../plan/plan.js';
import type { Arrival } from './exchange.js';

type Said = Exclude<Arrival, { readonly kind: 'frames' }>;

/**
 * How far the producers of one edge are, as they have said it in band.
 *
 *   E1. Until all of them have reported, the watermark of the edge is unknown: its minimum.
 *   E2. No report moves a producer back (WM-2).
 */
export class EdgeWatermarks {
  readonly #edge: Edge;
  #times: (EventTime | undefined)[] = [undefined];
  readonly #pending: (ProcessingTime | undefined)[] = [];

  constructor(edge: Edge) {
    this.#edge = edge;
  }

  report(said: Said): void {
    while (this.#times.length < said.producers) this.#times.push(undefined);
    const time = said.kind === 'end' ? TIMESTAMP_MAX : said.time;
    const known = this.#times[said.producer];
    if (known === undefined || time > known) this.#times[said.producer] = time;
    this.#pending[said.producer] = said.kind === 'end' ? undefined : said.pendingOnClock;
  }

  /** The first time at which anything is pending on the clock upstream. */
  get pendingOnClock(): ProcessingTime | undefined {
    return firstOf(this.#pending);
  }

  /** The least of all producers, and whose it is. */
  bound(): Bound {
    return leastOf(
      this.#times.map((time, partition) => ({
        time: time ?? TIMESTAMP_MIN,
        holder: { kind: 'upstream', stage: this.#edge.from, partition },
      })),
    );
  }
}

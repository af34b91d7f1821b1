import type { BundleId, StageId } from '#portability/model/ids.js';
import {
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
  type ProcessingTime,
} from '#portability/model/time.js';
import type { HoldReason } from './holds.js';

/** What keeps a watermark where it is. */
export type Holder =
  | { readonly kind: 'start' }
  /** The output watermark of a stage before this one, in one of its tasks if there are several. */
  | { readonly kind: 'upstream'; readonly stage: StageId; readonly partition?: number }
  /** An element that no bundle has taken yet. */
  | { readonly kind: 'pending' }
  /** An element that waits for a side input. */
  | { readonly kind: 'side-input'; readonly view: StageId }
  | { readonly kind: 'bundle'; readonly bundle: BundleId }
  /** The stage's own input watermark. */
  | { readonly kind: 'input' }
  | { readonly kind: 'hold'; readonly reason: HoldReason }
  /** A restriction that is not processed to its end: which one, since when its watermark stands, and how many idle ones are left out. */
  | {
      readonly kind: 'restriction';
      readonly part?: number;
      readonly since?: ProcessingTime;
      readonly idle: number;
    }
  /** A timer that has not fired, by its output timestamp (TMR-6). */
  | {
      readonly kind: 'timer';
      readonly family: string;
      /** Encoded. */
      readonly key: Uint8Array;
      readonly window: Uint8Array;
      /** In the domain of its family. */
      readonly fire: number;
    }
  /** A key whose window ends later and is told of it then (TMR-11). */
  | { readonly kind: 'window-expiration'; readonly window: Uint8Array }
  /** The script of a test stream, which goes on when all is quiet. */
  | { readonly kind: 'test-stream' }
  | { readonly kind: 'done' };

/** A time that a watermark may not pass, and what says so. */
export interface Bound {
  readonly time: EventTime;
  readonly holder: Holder;
}

export const UNBOUNDED: Bound = Object.freeze({
  time: TIMESTAMP_MAX,
  holder: Object.freeze({ kind: 'done' }),
});

/** The least bound; of equal ones the first. */
export function leastOf(bounds: readonly Bound[]): Bound {
  let least = UNBOUNDED;
  for (const bound of bounds) if (bound.time < least.time) least = bound;
  return least;
}

const START: Holder = Object.freeze({ kind: 'start' });
const INPUT: Holder = Object.freeze({ kind: 'input' });

/**
 * The watermarks of one stage.
 *
 *   W1. input′ = max(input, min(upstream, pending)); output′ = max(output, min(input′, holds)) (WM-1).
 *   W2. Neither ever moves back (WM-2).
 *   W3. Each remembers what was the least when it was last computed: that is what holds it now, and
 *       since when it stands where it is.
 *   W4. In a batch both stand at their beginning until nothing holds them, so no element is ever late.
 */
export class Watermarks {
  batch = false;
  upstream: EventTime = TIMESTAMP_MIN;
  input: EventTime = TIMESTAMP_MIN;
  output: EventTime = TIMESTAMP_MIN;
  inputHolder: Holder = START;
  outputHolder: Holder = START;
  /** When the input watermark last moved; absent before its first move. */
  inputSince: ProcessingTime | undefined = undefined;
  outputSince: ProcessingTime | undefined = undefined;

  /** True if the input watermark moved. */
  advanceInput(upstream: Bound, pending: readonly Bound[], now?: ProcessingTime): boolean {
    if (upstream.time > this.upstream) this.upstream = upstream.time;
    const bound = leastOf([upstream, ...pending]);
    this.inputHolder = bound.holder;
    if (bound.time <= this.input || this.#waits(bound)) return false;
    this.input = bound.time;
    this.inputSince = now;
    return true;
  }

  /** True if the output watermark moved. Call it after `advanceInput`. */
  advanceOutput(holds: readonly Bound[], now?: ProcessingTime): boolean {
    const own = this.input === TIMESTAMP_MAX ? UNBOUNDED : { time: this.input, holder: INPUT };
    const bound = leastOf([own, ...holds]);
    this.outputHolder = bound.holder;
    if (bound.time <= this.output || this.#waits(bound)) return false;
    this.output = bound.time;
    this.outputSince = now;
    return true;
  }

  /** W4 */
  #waits({ time }: Bound): boolean {
    return this.batch && time < TIMESTAMP_MAX;
  }
}

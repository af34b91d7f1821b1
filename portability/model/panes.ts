/**
 * When a pane came: before the watermark passed the end of its window, as it did, or after.
 *
 * @example
 * ```ts
 * import { NO_FIRING, type PaneTiming } from 'strahl/portability';
 * const unknown: PaneTiming = NO_FIRING.timing;
 * ```
 */
export type PaneTiming = 'early' | 'on-time' | 'late' | 'unknown';

/**
 * Which firing of a window an element came from.
 *
 * @example
 * ```ts
 * import type { Pane } from 'strahl';
 * const isFinal = ({ timing, last }: Pane): boolean => last || timing === 'on-time';
 * ```
 */
export interface Pane {
  /** Whether it fired before, at or after the end of its window; `unknown` for what no grouping emitted. */
  readonly timing: PaneTiming;
  /** 0 for the first pane of a window. */
  readonly index: number;
  /** Counts the panes that are not early; −1 while early. */
  readonly nonSpeculativeIndex: number;
  /** Whether it is the first pane of its window. */
  readonly first: boolean;
  /** Whether no pane of the window can follow. */
  readonly last: boolean;
}

/**
 * The pane of an element that no grouping emitted; shared, so it can be compared by reference.
 *
 * @example
 * ```ts
 * import { NO_FIRING, type Pane } from 'strahl/portability';
 * const isFromGrouping = (pane: Pane) => pane !== NO_FIRING;
 * ```
 */
export const NO_FIRING: Pane = Object.freeze({
  timing: 'unknown',
  index: 0,
  nonSpeculativeIndex: 0,
  first: true,
  last: true,
});

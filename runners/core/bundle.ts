import type { BundleId } from '#portability/model/ids.js';
import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { PendingFrame } from './input/pending.js';
import type { Restriction } from './input/restrictions.js';

/** What a bundle takes from its stage; put back unchanged if the bundle fails (WM-5). */
export type BundleInput =
  | { readonly kind: 'elements'; readonly frames: readonly PendingFrame[] }
  | { readonly kind: 'restrictions'; readonly restrictions: readonly Restriction[] };

/** Elements and a stage: the unit of retry. */
export interface Bundle {
  readonly id: BundleId;
  readonly input: BundleInput;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Least timestamp of the elements, or least watermark of the restrictions. */
  readonly least: EventTime;
}

export function bundleOf(id: BundleId, input: BundleInput, attempt: number): Bundle {
  const times =
    input.kind === 'elements'
      ? input.frames.map(({ frame }) => frame.minTimestamp)
      : input.restrictions.map(({ watermark }) => watermark);
  const least = times.reduce((a, b) => (a < b ? a : b), TIMESTAMP_MAX);
  return { id, input, attempt, least };
}

export function framesOf(input: BundleInput): readonly Frame[] {
  return input.kind === 'elements'
    ? input.frames.map(({ frame }) => frame)
    : input.restrictions.map(({ element }) => element);
}

export function elementsOf(input: BundleInput): number {
  return framesOf(input).reduce((sum, { count }) => sum + count, 0);
}

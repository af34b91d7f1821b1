import type { BundleId } from '#portability/model/ids.js';
import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { PendingFrame } from './input/pending.js';
import type { DueBatch } from './timers/due-batch.js';
import type { Restriction } from './input/restrictions.js';

/** What a bundle takes from its stage; put back unchanged if the bundle fails (WM-5). */
export type BundleInput =
  | { readonly kind: 'elements'; readonly frames: readonly PendingFrame[] }
  | KeyedInput
  | { readonly kind: 'restrictions'; readonly restrictions: readonly Restriction[] };

/** Elements, or timers that fire; at most one bundle of a stage has them, so at most one of a key (STA-4). */
export interface KeyedInput {
  readonly kind: 'keyed';
  readonly frames: readonly PendingFrame[];
  readonly due: DueBatch;
  /** Keys and windows that may hold nothing once the bundle has ended. */
  readonly places: { forEach(f: (place: number) => void): void };
  /** Whether the windows of `places` are over: then all of it goes. */
  readonly expired: boolean;
}

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
    input.kind === 'restrictions'
      ? input.restrictions.map(({ watermark }) => watermark)
      : input.frames.map(({ frame }) => frame.minTimestamp);
  const least = times.reduce((a, b) => (a < b ? a : b), TIMESTAMP_MAX);
  return { id, input, attempt, least };
}

export function framesOf(input: BundleInput): readonly Frame[] {
  return input.kind === 'restrictions'
    ? input.restrictions.map(({ element }) => element)
    : input.frames.map(({ frame }) => frame);
}

export function elementsOf(input: BundleInput): number {
  return framesOf(input).reduce((sum, { count }) => sum + count, 0);
}

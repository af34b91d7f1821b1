// What a simulated grouping is given and what comes of it, as plain data that the engine and the reference share.
import type { TriggerSpec } from '#portability/model/triggers.js';

export type RefWindowFn =
  | { readonly kind: 'global' }
  | { readonly kind: 'fixed'; readonly size: number; readonly offset: number }
  | { readonly kind: 'sliding'; readonly size: number; readonly period: number }
  | { readonly kind: 'sessions'; readonly gap: number };

export interface RefStrategy {
  readonly windowFn: RefWindowFn;
  readonly trigger: TriggerSpec;
  readonly accumulating: boolean;
  readonly lateness: number;
  readonly timestamps: 'end-of-window' | 'earliest' | 'latest';
  readonly closingAlways: boolean;
  readonly onTimeAlways: boolean;
}

export interface RefElement {
  readonly key: string;
  readonly value: number;
  readonly time: number;
}

/** What happens to the grouping, one thing at a time. Elements of one event come together. */
export type RefEvent =
  | { readonly kind: 'elements'; readonly elements: readonly RefElement[] }
  | { readonly kind: 'watermark'; readonly time: number }
  | { readonly kind: 'clock'; readonly by: number };

export interface RefPane {
  readonly key: string;
  readonly window: string;
  /** In ascending order. */
  readonly values: readonly number[];
  readonly time: number;
  readonly timing: 'early' | 'on-time' | 'late';
  readonly index: number;
  readonly nonSpeculative: number;
  readonly first: boolean;
  readonly last: boolean;
}

export interface RefResult {
  readonly panes: readonly RefPane[];
  readonly droppedLate: number;
  readonly droppedClosed: number;
}

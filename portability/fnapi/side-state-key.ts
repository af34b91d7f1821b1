import type { TransformId } from '../model/ids.js';

/**
 * A side input in one of its windows.
 *
 *   iterable-side-input             its elements, nested, one after the other
 *   multimap-side-input             the values under `key`; the elements are pairs, here and below
 *   multimap-keys-side-input        each key once
 *   multimap-keys-values-side-input each key once, with an iterable of its values
 */
export type SideStateKey =
  | (SideCell & {
      readonly kind:
        'iterable-side-input' | 'multimap-keys-side-input' | 'multimap-keys-values-side-input';
    })
  /** `key` is encoded, nested. */
  | (SideCell & { readonly kind: 'multimap-side-input'; readonly key: Uint8Array });

interface SideCell {
  readonly transform: TransformId;
  readonly sideInput: string;
  /** Encoded side window. */
  readonly window: Uint8Array;
}

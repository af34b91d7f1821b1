import type { CollectionNode } from '../graph/graph-node.js';
import type { SideShape } from '../dofn/user-function.js';
import { sideAsValue } from './as-value.js';

declare const type: unique symbol;

/**
 * A collection that other steps read as a whole, window by window. Made by `asSingleton`, `asList`,
 * `asIterable`, `asMap` and `asMultimap`, used by `with`.
 *
 * @example
 * ```ts
 * import type { PCollection, Side } from 'strahl';
 * const rateTable = (rates: PCollection<readonly [string, number], 'bounded'>): Side<ReadonlyMap<string, number>> =>
 *   rates.asMap();
 * ```
 */
export interface Side<out T> {
  readonly [type]?: { readonly value: T };
}

/**
 * Side inputs by the name under which a function reads them.
 *
 * @example
 * ```ts
 * import type { PCollection, Sides } from 'strahl';
 * const tables = (names: PCollection<string>) => ({ names: names.asList() }) satisfies Sides;
 * ```
 */
export type Sides = Record<string, Side<unknown>>;

/**
 * What a function reads, side by side.
 *
 * @example
 * ```ts
 * import type { Side, SideValues } from 'strahl';
 * type Tables = { readonly rates: Side<ReadonlyMap<string, number>> };
 * const inEuro = (amount: number, { rates }: SideValues<Tables>): number =>
 *   amount * (rates.get('USD') ?? NaN);
 * ```
 */
export type SideValues<S extends Sides> = {
  readonly [K in keyof S]: S[K] extends Side<infer T> ? T : never;
};

export interface SideDescription {
  readonly collection: CollectionNode;
  readonly shape: SideShape;
}

const DESCRIPTION: unique symbol = Symbol.for('strahl.side');

export function makeSide<T>(description: SideDescription): Side<T> {
  return Object.freeze({
    [DESCRIPTION]: description,
    [Symbol.toPrimitive]: sideAsValue,
  }) as Side<T>;
}

/** `undefined` for what none of the `as…` methods made. */
export function descriptionOfSide(x: unknown): SideDescription | undefined {
  return typeof x === 'object' && x !== null
    ? (x as { readonly [DESCRIPTION]?: SideDescription })[DESCRIPTION]
    : undefined;
}

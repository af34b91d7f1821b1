import type { Bound, Groupable, Win } from '../../collections/boundedness.js';
import { Collection, nodeOf, publicOf } from '../../collections/collection.js';
import type { LookupKey } from '../../collections/graph-methods.js';
import type { Keyed } from '../../collections/pcollection.js';
import type { Group } from '../../dofn/dofn.js';
import { refusalOf } from '../../graph/placed.js';
import { siteOfCall } from '../../graph/site.js';
import { coGroupStep } from './co-group-step.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- all four are inferred from the inputs
type Inputs = Record<string, Keyed<any, any, any, any>>;

type KeyOf<C> = C[keyof C] extends Keyed<infer K, infer _V, infer _B, infer _W> ? K : never;

/** Unbounded if one input is. */
type BoundOf<C> = C[keyof C] extends Keyed<infer _K, infer _V, infer B, infer _W> ? B : Bound;
type WinOf<C> = C[keyof C] extends Keyed<infer _K, infer _V, infer _B, infer W> ? W : Win;

/** What inputs ask of each other. The names of the properties are the texts of the compiler's errors. */
type Meeting<C> = Groupable<BoundOf<C>, WinOf<C>> & WithEqualKeys<C> & InEqualWindows<C>;

/** The keys of one input are of the type of all: literals of a few known keys are of the type of any. */
type WithEqualKeys<C> = true extends {
  [N in keyof C]: LookupKey<KeyOf<C>> extends LookupKey<KeyOf<Pick<C, N>>> ? true : never;
}[keyof C]
  ? unknown
  : {
      readonly 'the inputs have keys of different types, which never meet; give them one type with .keyBy(...) first': never;
    };

type InEqualWindows<C> = [Win] extends [
  { [N in keyof C]: [Win] extends [WinOf<Pick<C, N>>] ? never : WinOf<Pick<C, N>> }[keyof C],
]
  ? {
      readonly 'STRAHL-1202: one input has windows and another has none; give both the same .window(...) first': never;
    }
  : unknown;

/**
 * The values of each input, by its name.
 *
 * @example
 * ```ts
 * import type { CoGrouped, Keyed } from 'strahl';
 * type Inputs = { orders: Keyed<string, number>; returns: Keyed<string, number> };
 * const balance = async ({ orders, returns }: CoGrouped<Inputs>): Promise<number> =>
 *   (await orders.toArray()).length - (await returns.toArray()).length;
 * ```
 */
export type CoGrouped<C> = {
  readonly [N in keyof C]: C[N] extends Keyed<infer _K, infer V, infer _B, infer _W>
    ? Group<V>
    : never;
};

/**
 * All values of each key and window, input by input. The inputs must have the same windows.
 *
 * @throws STRAHL-1201 for an unbounded input in the global window, STRAHL-1202 for different windows
 * @example
 * ```ts
 * import { coGroupByKey, pipeline } from 'strahl';
 * export const p = pipeline('profiles', (p) => {
 *   const names = p.of([['1', 'Ann'] as const]).keyed();
 *   const ages = p.of([['1', 30] as const]).keyed();
 *   return coGroupByKey({ names, ages }).map(async ([id, g]) => [id, await g.names.toArray(), await g.ages.toArray()]);
 * });
 * ```
 */
export function coGroupByKey<C extends Inputs>(
  inputs: C & Record<string, Meeting<C>>,
): Keyed<KeyOf<C>, CoGrouped<C>, BoundOf<C>, WinOf<C>> {
  const first = Object.values((inputs as typeof inputs | undefined) ?? {})[0];
  if (!(first instanceof Collection)) {
    throw refusalOf(coGroupByKey, 'foreignCollection', {
      title: 'coGroupByKey is given no collections',
      fix: 'pass an object of collections with keys: coGroupByKey({ orders, customers })',
    });
  }
  const { graph } = first;
  return graph.at(
    () => siteOfCall(coGroupByKey),
    () => {
      const nodes = Object.entries(inputs).map(
        ([name, input]) => [name, nodeOf(input, graph, 'coGroupByKey')] as const,
      );
      return publicOf(new Collection(graph, coGroupStep(graph, Object.fromEntries(nodes))));
    },
  );
}

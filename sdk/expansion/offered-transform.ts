import { StrahlError } from '#portability/errors.js';
import type { NoOptions } from '../pipeline.js';
import type { PCollection } from '../collections/pcollection.js';
import type { Root } from '../collections/root.js';
import { siteOfCall } from '../graph/site.js';
import { choiceOf } from '../schema/choice.js';
import type { Infer, Schema } from '../schema/schema.js';
import { viewOfSchema } from '../schema/adapters.js';

/** What the settings of an offered transform are, and what it is for. */
interface Offer<C> {
  /** A row; fields that are optional or have a default may be left out. */
  readonly config?: Schema<C>;
  /** One sentence for those who look for a transform. */
  readonly description?: string;
}

type Inputs = Readonly<Record<string, Schema<unknown>>>;

type InputCollections<I extends Inputs> = {
  readonly [N in keyof I]: PCollection<Infer<I[N]>>;
};

const OFFER: unique symbol = Symbol.for('strahl.offered-transform');

/**
 * A transform of ours that pipelines of other SDKs can use; made by `offerTransform`.
 *
 * @example
 * ```ts
 * import { offerTransform, s, type OfferedTransform } from 'strahl';
 * export const lengths: OfferedTransform = offerTransform(
 *   'example:lengths:v1',
 *   { input: s.string },
 *   (words) => words.map((word) => word.length, s.int64),
 * );
 * ```
 */
export interface OfferedTransform {
  readonly urn: string;
  readonly [OFFER]: OfferDescription;
}

/** What is behind an offered transform. */
export interface OfferDescription {
  readonly urn: string;
  readonly site?: string;
  readonly description: string;
  readonly config: Schema<unknown> | undefined;
  /** By name; one without a name of its own is `input`. */
  readonly inputs: ReadonlyMap<string, Schema<unknown>>;
  readonly isSingle: boolean;
  readonly build: (input: unknown, config: unknown) => unknown;
}

/**
 * Offers a composite to pipelines of other SDKs: they name it by `urn` or as a schema transform, give settings as a row,
 * and get the collections that `build` returns. Export it from a file and run `strahl expansion-service FILE`.
 * What comes in is checked against the schemas; what goes out needs one, too.
 *
 * @throws STRAHL-9002 for settings that are not a row, STRAHL-1105 for an input schema that is not exact
 * @example
 * ```ts
 * import { offerTransform, s } from 'strahl';
 * export const shout = offerTransform(
 *   'example:shout:v1',
 *   { config: s.row({ suffix: s.string.default('!') }), input: s.string },
 *   (words, { suffix }) => words.map((word) => word.toUpperCase() + suffix, s.string),
 * );
 * ```
 */
export function offerTransform<T, C = NoOptions>(
  urn: string,
  o: Offer<C> & { readonly input: Schema<T> },
  build: (input: PCollection<T>, config: C) => unknown,
): OfferedTransform;
/** Offers a composite that reads several collections, by the names of `inputs`. */
export function offerTransform<I extends Inputs, C = NoOptions>(
  urn: string,
  o: Offer<C> & { readonly inputs: I },
  build: (inputs: InputCollections<I>, config: C) => unknown,
): OfferedTransform;
/** Offers a composite that reads nothing: it starts from the root. */
export function offerTransform<C = NoOptions>(
  urn: string,
  o: Offer<C> & { readonly input?: never; readonly inputs?: never },
  build: (p: Root, config: C) => unknown,
): OfferedTransform;
export function offerTransform(
  urn: string,
  o: Offer<unknown> & { readonly input?: Schema<unknown>; readonly inputs?: Inputs },
  build: (input: never, config: never) => unknown,
): OfferedTransform {
  const site = siteOfCall(offerTransform);
  const at = site === undefined ? {} : { site };
  const { config, description = '', input } = o;
  if (config !== undefined && viewOfSchema(config).fields === undefined) {
    throw new StrahlError('badValue', {
      title: `the settings of ${urn} are not a row`,
      ...at,
      fix: 'config: s.row({ name: s.string })',
    });
  }
  const inputs = new Map(Object.entries(input === undefined ? (o.inputs ?? {}) : { input }));
  for (const [name, schema] of inputs) {
    if (choiceOf(schema) !== undefined) continue;
    throw new StrahlError('noSchemaAtEdge', {
      title: `the schema of ${name} of ${urn} does not say exactly what comes in`,
      ...at,
      fix: 'use s.string, s.int64, s.row({ … }), s.pair(key, value) or another exact schema',
    });
  }
  const offer: OfferDescription = Object.freeze({
    ...{ urn, description, config, inputs, isSingle: input !== undefined, ...at },
    build: build as OfferDescription['build'],
  });
  return Object.freeze({ urn, [OFFER]: offer });
}

/** `undefined` for what is not an offered transform. True also for one made by another copy of the library. */
export function offerOf(x: unknown): OfferDescription | undefined {
  if (typeof x !== 'object' || x === null) return undefined;
  return (x as Partial<OfferedTransform>)[OFFER];
}

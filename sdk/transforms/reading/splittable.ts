import { StrahlError } from '#portability/errors.js';
import type { Duration } from '#portability/model/time.js';
import type { Bound } from '../../collections/boundedness.js';
import { offsetRange } from '../../dofn/offset-tracker.js';
import { factoryOf, type Tracker } from '../../dofn/restriction-tracker.js';
import type { InitialContext } from '../../dofn/source.js';
import type { SplittableContext, SplittableSpec, WatermarkSetting } from '../../dofn/splittable.js';
import type { WatermarkRule } from '../../dofn/watermark-estimator.js';
import { durationOf, type DurationLike } from '../../duration.js';
import { PLAIN, type CoderChoice } from '../../graph/coder-choice.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { checkOptionNames, isPlain } from '../../graph/option-names.js';
import type { Site } from '../../graph/site.js';
import { choiceOf } from '../../schema/choice.js';
import type { Schema } from '../../schema/schema.js';
import { checkFunction, parDoOne, type StepInput } from '../par-do.js';

/**
 * How restrictions are tracked and what their watermark is, for `source` and `splittable` alike.
 *
 * @example
 * ```ts
 * import { offsetRange, type RestrictionOptions } from 'strahl';
 * type Range = { readonly from: number; readonly to: number };
 * const inPages: RestrictionOptions<Range, number> = { tracker: offsetRange({ step: 100 }), idleAfter: '5m' };
 * ```
 */
export interface RestrictionOptions<R, P> {
  /** Type and coder of restrictions. Default: plain data. */
  readonly restriction?: Schema<R>;
  /** Default for restrictions with numbers `from` and `to`: `offsetRange()`. Others need one (STRAHL-1401). */
  readonly tracker?: Tracker<R, P>;
  /** Default `'manual'`: what `c.watermark(t)` says. */
  readonly watermark?: WatermarkRule;
  /** How far behind the greatest timestamp an output may come, under `'monotonic'`. Default: not at all. */
  readonly maxOutOfOrder?: DurationLike;
  /** Outputs further ahead of the clock than this do not move the watermark. Default: no limit. */
  readonly maxFutureSkew?: DurationLike;
  /**
   * A restriction that asked to wait, without an output, for so long no longer holds the watermark. Only for
   * unbounded ones. Default `'1m'`.
   */
  readonly idleAfter?: DurationLike | 'never';
}

/**
 * A step that splits the work of an element: what `splittable` is given.
 *
 * @example
 * ```ts
 * import { s, type SplittableDescription } from 'strahl';
 * type Range = { readonly from: number; readonly to: number };
 * export const digits: SplittableDescription<string, number, Range> = {
 *   output: s.int64,
 *   initial: (text) => ({ from: 0, to: text.length }),
 *   element: (text, r, { claim, emit }) => {
 *     for (let i = r.from; claim(i); i++) emit(Number(text[i]));
 *   },
 * };
 * ```
 */
export interface SplittableDescription<
  X,
  U,
  R,
  P = number,
  B extends Bound = 'bounded',
  Rest extends readonly unknown[] = readonly [c: SplittableContext<U, P>],
> extends RestrictionOptions<R, P> {
  /** Whether each restriction ends. Default `'bounded'`. */
  readonly bounded?: B;
  /** Type and coder of the outputs. Default: plain data. */
  readonly output?: Schema<U>;
  /** The work that is in `x`; called once per element and window. */
  initial(x: X, c: InitialContext): R | Promise<R>;
  /**
   * Parts that together cover `r` exactly. Default: `r` alone. Ranges `from` and `to` without other differences are
   * compared with `r` (STRAHL-4010); what else is left out is not processed, without a word.
   */
  split?(r: R, x: X): Iterable<R> | Promise<Iterable<R>>;
  /** Work in `r`, in any unit that adds up. Default: what the tracker says is left. */
  size?(r: R, x: X): number;
  /** What is still to be done of `r` when the job is drained. Default: all if bounded, else nothing. */
  truncate?(r: R, x: X): R | undefined;
  /** Claims positions of `r` and emits what belongs to them: `(x, r, c)`, after `with` `(x, r, sides, c)`. */
  element(x: X, r: R, ...rest: Rest): void | Promise<void>;
}

const RESTRICTION: readonly (keyof RestrictionOptions<unknown, unknown>)[] = [
  ...(['restriction', 'tracker', 'watermark', 'maxOutOfOrder', 'maxFutureSkew'] as const),
  'idleAfter',
];
const COMMON = [...RESTRICTION, 'bounded', 'initial', 'split', 'size', 'truncate'];
/** What `source` may be given. */
export const SOURCE_MEMBERS: readonly string[] = [...COMMON, 'name', 'element', 'read'];
const STEP_MEMBERS = [...COMMON, 'output', 'element'];

type AnyDescription = Omit<
  SplittableDescription<unknown, unknown, unknown, unknown, Bound>,
  'element'
> & { readonly element: (...args: unknown[]) => void | Promise<void> };

/** @throws STRAHL-9002 for a missing function, -1203 for what is no duration */
export function splittableStep(input: StepInput, description: unknown): CollectionNode {
  const d = (description ?? {}) as AnyDescription;
  checkFunction(d.initial, input, 'splittable');
  checkFunction(d.element, input, 'splittable');
  if (isPlain(d)) checkOptionNames(input.graph, 'splittable', d, STEP_MEMBERS);
  const { site } = input.graph.where('splittable');
  const hasSides = input.sides !== undefined;
  const spec: SplittableSpec = {
    name: 'splittable',
    boundedness: d.bounded ?? 'bounded',
    defaultTime: d.bounded === 'unbounded' ? 'watermark' : 'element',
    ...settingOf(d, d.bounded ?? 'bounded', site),
    tracker: trackerOf(d.tracker, input.graph.where('splittable')),
    initial: (x, c) => d.initial(x, c),
    ...(d.split === undefined ? {} : { split: (r, x) => d.split!(r, x) }),
    ...(d.size === undefined ? {} : { size: (r, x) => d.size!(r, x) }),
    ...(d.truncate === undefined ? {} : { truncate: (r, x) => d.truncate!(r, x) }),
    process: (x, r, c, sides) => (hasSides ? d.element(x, r, sides, c) : d.element(x, r, c)),
  };
  return splittableNode(input, 'splittable', spec, coderOf(d.output), coderOf(d.restriction));
}

/** A splittable step of the library or of the user. */
function splittableNode(
  input: StepInput,
  name: string,
  spec: SplittableSpec,
  coder: CoderChoice,
  restriction: CoderChoice = PLAIN,
): CollectionNode {
  return parDoOne(input, {
    name,
    fn: (fields) => ({ kind: 'splittable', splittable: Object.freeze(spec), ...fields }),
    coder,
    restriction,
    ...(spec.boundedness === 'unbounded' ? { boundedness: 'unbounded' } : {}),
  });
}

const IDLE_AFTER: DurationLike = '1m';

/** The options in milliseconds. @throws STRAHL-1203 for what is no duration */
export function settingOf(
  o: Omit<RestrictionOptions<unknown, unknown>, 'tracker' | 'restriction'>,
  boundedness: Bound,
  site: Site | undefined,
): WatermarkSetting {
  const { watermark, maxOutOfOrder, maxFutureSkew, idleAfter = IDLE_AFTER } = o;
  const ms = (d: DurationLike, what: string): Duration => durationOf(d, what, site);
  return {
    ...(watermark === undefined ? {} : { watermark }),
    ...(maxOutOfOrder === undefined ? {} : { maxOutOfOrder: ms(maxOutOfOrder, 'maxOutOfOrder') }),
    ...(maxFutureSkew === undefined ? {} : { maxFutureSkew: ms(maxFutureSkew, 'maxFutureSkew') }),
    idleAfter:
      boundedness === 'bounded' || idleAfter === 'never' ? 'never' : ms(idleAfter, 'idleAfter'),
  };
}

/** @throws STRAHL-9002 for what is no tracker */
export function trackerOf(
  tracker: unknown,
  where: { readonly step?: string; readonly site?: string },
): Tracker<unknown, unknown> {
  if (tracker === undefined) return offsetRange() as Tracker<unknown, unknown>;
  if (factoryOf(tracker) !== undefined) return tracker as Tracker<unknown, unknown>;
  throw new StrahlError('badValue', {
    title: 'tracker is given something that is no tracker',
    ...where,
    fix: 'make one with offsetRange(), growableRange() or tracker({ claim, split, done })',
  });
}

export function coderOf(schema: Schema<unknown> | undefined): CoderChoice {
  return (schema === undefined ? undefined : choiceOf(schema)) ?? PLAIN;
}

import { StrahlError } from '#portability/errors.js';
import { factoryOf, type TrackerFactory } from '../../dofn/restriction-tracker.js';
import type { InitialContext } from '../../dofn/source.js';
import type { SplittableSpec } from '../../dofn/splittable.js';
import type { EstimateState } from '../stage/watermark-estimate.js';

/** What a splittable function answers beside its processing, and the form in which restrictions travel. */
export interface RestrictionSpec {
  initial(x: unknown, c: InitialContext): unknown;
  split?(r: unknown, x: unknown): Iterable<unknown> | PromiseLike<Iterable<unknown>>;
  /** Looks at what `split` gave. @throws STRAHL-1401, -4010 for what is no part, or if the parts are not the whole */
  checkParts?(r: unknown, parts: readonly unknown[]): void;
  /** @throws STRAHL-4010 for what is not a size */
  size(r: unknown, x: unknown): number;
  /** `undefined`: nothing is left to do. */
  truncate(r: unknown, x: unknown): unknown;
  /** A restriction that nobody has begun. @throws STRAHL-1401, -4010 for what cannot be one */
  begin(r: unknown): unknown;
  restrictionOf(wire: unknown): unknown;
  /** The same state of its watermark, with another restriction. */
  replaced(wire: unknown, r: unknown): unknown;
}

/** A restriction of a user's function on its way. */
export type WireRestriction = readonly [restriction: unknown, state: EstimateState | null];

/** The questions to a user's splittable function, with its defaults. */
export class UserRestrictions implements RestrictionSpec {
  readonly spec: SplittableSpec;
  readonly factory: TrackerFactory<unknown, unknown>;
  readonly split?: (r: unknown, x: unknown) => Iterable<unknown> | PromiseLike<Iterable<unknown>>;

  constructor(spec: SplittableSpec) {
    this.spec = spec;
    this.factory = factoryOf(spec.tracker)!;
    if (spec.split !== undefined) this.split = (r, x) => spec.split!(r, x);
  }

  initial(x: unknown, c: InitialContext): unknown {
    return this.spec.initial(x, c);
  }

  checkParts(r: unknown, parts: readonly unknown[]): void {
    for (const part of parts) this.begin(part);
    this.factory.checkParts?.(r, parts);
  }

  size(r: unknown, x: unknown): number {
    const { spec } = this;
    // Nobody knows how much an open range is; what is known is that it is work.
    const size = spec.size?.(r, x) ?? this.factory.start(r).progress()?.left ?? 1;
    if (typeof size === 'number' && size >= 0) return size;
    throw new StrahlError('badRestriction', {
      title: `the size of a restriction is ${typeof size === 'number' ? String(size) : typeof size}`,
      fix: 'return a number of at least 0 from size',
    });
  }

  truncate(r: unknown, x: unknown): unknown {
    const { spec } = this;
    if (spec.truncate !== undefined) return spec.truncate(r, x);
    return spec.boundedness === 'bounded' ? r : undefined;
  }

  begin(r: unknown): WireRestriction {
    if (r === undefined) {
      throw new StrahlError('badRestriction', {
        title: 'undefined was given for a restriction',
        fix: 'return a restriction from initial, and restrictions from split',
      });
    }
    // Refuses what the tracker cannot track, where it comes from.
    this.factory.start(r);
    return [r, null];
  }

  restrictionOf(wire: unknown): unknown {
    return (wire as WireRestriction)[0];
  }

  replaced(wire: unknown, r: unknown): WireRestriction {
    return [r, (wire as WireRestriction)[1]];
  }
}

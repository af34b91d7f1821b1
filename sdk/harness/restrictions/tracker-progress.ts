import type { RestrictionTracker } from '../../dofn/restriction-tracker.js';
import type { SplittableSpec } from '../../dofn/splittable.js';
import { preview } from '../steps/preview.js';

/** The tracker of a restriction whose type only user code knows. */
export type UserTracker = RestrictionTracker<unknown, unknown>;

/** Of a restriction, 0…1; `undefined` where its tracker cannot tell. */
export function fractionDone(tracker: UserTracker | undefined): number | undefined {
  const progress = tracker?.progress();
  if (progress === undefined) return undefined;
  const all = progress.done + progress.left;
  return all > 0 ? progress.done / all : undefined;
}

/** How far into a restriction its function was when it failed, for a person (BND-2). */
export function inputPosition(
  { position }: Pick<SplittableSpec, 'position'>,
  tracker: UserTracker | undefined,
  restriction: unknown,
): string {
  const done = doneOf(tracker);
  if (position !== undefined) return position(restriction, done);
  return done === undefined ? preview(restriction) : `${String(done)} into ${preview(restriction)}`;
}

/** A tracker that fails, too, must not hide what failed first. */
function doneOf(tracker: UserTracker | undefined): number | undefined {
  try {
    return tracker?.progress()?.done;
  } catch {
    return undefined;
  }
}

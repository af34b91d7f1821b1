import { StrahlError } from '#portability/errors.js';
import type { Connection } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import type { RunningStage } from '#runners/core/stages/running-stage.js';
import { isThenable } from '#runners/core/thenable.js';

interface Watched {
  /** What the bundle had counted when it was last seen to move. */
  counted: string;
  /** In milliseconds, of the clock that the caller reads. */
  since: number;
  reported: boolean;
}

/**
 * Notices bundles that wait for something that never comes: a promise that nobody settles, a call without a
 * time limit. The event loop turns meanwhile, so an ordinary look at them is enough.
 */
export class BundleWatch {
  readonly #connection: Connection;
  readonly #hangAfter: number;
  #bundles = new Map<BundleId, Watched>();

  /** `hangAfter` in milliseconds. */
  constructor(connection: Connection, hangAfter: number) {
    this.#connection = connection;
    this.#hangAfter = hangAfter;
  }

  /** The bundles that have not moved for too long, each once. `now` in milliseconds, monotonic. */
  look(stages: readonly RunningStage[], now: number): readonly StrahlError[] {
    const errors: StrahlError[] = [];
    const running = new Map<BundleId, Watched>();
    for (const stage of stages) {
      for (const bundle of stage.bundles ?? (stage.running === undefined ? [] : [stage.running])) {
        const watched = this.#watched(bundle, now);
        running.set(bundle, watched);
        if (watched.reported || now - watched.since < this.#hangAfter) continue;
        watched.reported = true;
        errors.push(hangError(stage, this.#hangAfter));
      }
    }
    this.#bundles = running;
    return errors;
  }

  #watched(bundle: BundleId, now: number): Watched {
    const counted = this.#counted(bundle);
    const known = this.#bundles.get(bundle);
    if (known?.counted === counted) return known;
    return { counted, since: now, reported: false };
  }

  #counted(bundle: BundleId): string {
    const progress = this.#connection.progress(bundle);
    // A peer that must be asked first is given the whole time.
    return isThenable(progress) ? '' : JSON.stringify(progress);
  }
}

function hangError({ planned }: RunningStage, hangAfter: number): StrahlError {
  const site = planned.steps.find((step) => step.site !== undefined)?.site;
  return new StrahlError('neverReturned', {
    title: `a function has not answered for ${String(hangAfter / 1000)} s`,
    step: planned.name,
    ...(site === undefined ? {} : { site }),
    why: 'a promise of it is never settled, or what it waits for takes very long',
    fix: 'give calls to other services a time limit: AbortSignal.timeout(10_000)',
  });
}

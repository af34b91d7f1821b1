import { StrahlError } from '#portability/errors.js';
import type { BundleProgress, Connection } from '#portability/fnapi/connection.js';
import type { BundleId, TransformId } from '#portability/model/ids.js';
import type { PlannedStep } from '#runners/core/plan/plan.js';
import type { RunningStage } from '#runners/core/stages/running-stage.js';
import { isThenable } from '#runners/core/thenable.js';

interface Watched {
  /** What the bundle had counted when it was last seen to move. */
  counted: string;
  /** A transform whose function it waits for. */
  waiting: TransformId | undefined;
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
  /** What peers that must be asked have answered. */
  readonly #answers = new Map<BundleId, BundleProgress>();

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
        errors.push(hangError(placeOf(stage, watched.waiting), this.#hangAfter));
      }
    }
    this.#bundles = running;
    for (const bundle of this.#answers.keys())
      if (!running.has(bundle)) this.#answers.delete(bundle);
    return errors;
  }

  #watched(bundle: BundleId, now: number): Watched {
    const answer = this.#progressOf(bundle);
    const counted = JSON.stringify([answer?.metrics, answer?.fraction]);
    const waiting = answer?.waiting?.[0];
    const known = this.#bundles.get(bundle);
    if (known?.counted === counted) return Object.assign(known, { waiting });
    return { counted, waiting, since: now, reported: false };
  }

  /** Of a peer that must be asked, its answer to the look before. */
  #progressOf(bundle: BundleId): BundleProgress | undefined {
    const progress = this.#connection.progress(bundle);
    if (!isThenable(progress)) return progress;
    const known = this.#answers.get(bundle);
    progress.then(
      (answer) => {
        if (answer !== undefined && this.#bundles.has(bundle)) this.#answers.set(bundle, answer);
      },
      // Whoever is gone has nothing to tell.
      () => undefined,
    );
    return known;
  }
}

type Place = Pick<PlannedStep, 'name' | 'site'>;

/** The step that is waited for; of several that are fused nobody else knows which one it is. */
function placeOf({ planned }: RunningStage, waiting: TransformId | undefined): Place {
  const [only, other] = planned.steps;
  const step = planned.steps.find(({ transform }) => transform === waiting);
  return step ?? (only === undefined || other !== undefined ? planned : only);
}

function hangError({ name, site }: Place, hangAfter: number): StrahlError {
  return new StrahlError('neverReturned', {
    title: `a function has not answered for ${String(hangAfter / 1000)} s`,
    step: name,
    ...(site === undefined ? {} : { site }),
    why: 'a promise of it is never settled, or what it waits for takes very long',
    fix: 'give calls to other services a time limit: AbortSignal.timeout(10_000)',
  });
}

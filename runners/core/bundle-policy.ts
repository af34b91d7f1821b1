import type { BundleLimits } from '#portability/fnapi/connection.js';
import { duration, type Duration } from '#portability/model/time.js';
import type { TakeLimits } from './input/pending.js';
import { isSource, type PlannedStage } from './plan/plan.js';
import type { Watermarks } from './time/watermarks.js';

const NO_LIMIT = Number.MAX_SAFE_INTEGER;
/** Large bundles let a lifted combine see many elements of a key before it has to let go of them. */
const OUTPUT_BYTES = 64 * 1024 * 1024;
const INPUT_BYTES = 8 * 1024 * 1024;
/** However little memory a job may use: smaller bundles would cost more than they save. */
const LEAST_OUTPUT_BYTES = 64 * 1024;
/** What a failure may cost at most; shorter bundles would give a lifted combine less to combine. */
const BOUNDED_TIME = duration(10_000);
/** How long an element of an unbounded source may wait for the end of its bundle. */
const UNBOUNDED_TIME = duration(100);
const RESTRICTIONS = 64;
/** One that waits for its input keeps as many others from nothing. */
const UNBOUNDED_LANES = 16;
/** Bundles that end by themselves soon are not worth a split. */
const SPLIT_AFTER = duration(500);
/** Where bundles that run side by side are drawn, at most so many. */
const DRAWN_LANES = 3;
const TURNS_TO_SPLIT = 24;
/** How often a running bundle is left alone when splits are drawn. */
const KEPT_WHOLE = 0.5;

/** What the choice of a stage looks at. */
interface ReadyStage {
  readonly planned: PlannedStage;
  readonly watermarks: Watermarks;
}

/** How large bundles are, and which stage is next where more than one would do. */
export interface BundlePolicy {
  /** Tries of a bundle before the job fails. */
  readonly maxAttempts: number;
  /** What a bundle takes from the elements that wait. */
  take(): TakeLimits;
  /** How many restrictions a bundle takes. */
  restrictions(boundedness: 'bounded' | 'unbounded'): number;
  limits(boundedness: 'bounded' | 'unbounded'): BundleLimits;
  /** Bundles of a stage that may run at the same time, where user code is asynchronous. */
  lanes(boundedness: 'bounded' | 'unbounded'): number;
  /** After so long a bundle of restrictions is asked to share its work with idle lanes. */
  readonly splitAfter: Duration;
  /** For tests: how much a bundle that runs is asked to keep now, if it is asked. */
  splitFraction(): number | undefined;
  /** For tests: how many turns of user code pass before that is asked again; `undefined`: it is not. */
  turnsToSplit(): number | undefined;
  /** One of several ready stages; they come in topological order. */
  choose<S extends ReadyStage>(ready: readonly S[]): S;
}

export interface BundleOptions {
  readonly maxAttempts: number;
  /** Elements per bundle. Default: no limit. */
  readonly maxElements?: number;
  /** Bundles of a bounded read that may run at the same time. Default 1. */
  readonly parallelism?: number;
  /** Bytes that the stages of the job may hold. Default: no limit. */
  readonly memory?: number;
  /** If given, sizes of bundles and the order of stages are drawn from it. */
  readonly random?: () => number;
}

export function bundlePolicy(options: BundleOptions): BundlePolicy {
  const {
    maxAttempts,
    maxElements = NO_LIMIT,
    parallelism = 1,
    random,
    memory = Infinity,
  } = options;
  const outputBytes = Math.max(LEAST_OUTPUT_BYTES, Math.min(OUTPUT_BYTES, memory / 4));
  const inputBytes = Math.max(LEAST_OUTPUT_BYTES, Math.min(INPUT_BYTES, memory / 4));
  const elements = (): number => {
    if (random === undefined) return maxElements;
    // Small and large bundles alike: 1 … 2^12 elements, evenly on a logarithmic scale.
    return Math.min(maxElements, Math.ceil(2 ** (random() * 12)));
  };
  return {
    maxAttempts,
    take: () => ({ bytes: inputBytes, elements: elements() }),
    restrictions: (boundedness) =>
      boundedness === 'unbounded' ? 1 : Math.min(elements(), RESTRICTIONS),
    limits: (boundedness) => ({
      elements: elements(),
      outputBytes,
      time: boundedness === 'unbounded' ? UNBOUNDED_TIME : BOUNDED_TIME,
    }),
    lanes: (boundedness) => {
      if (random !== undefined) return 1 + Math.floor(random() * DRAWN_LANES);
      return boundedness === 'unbounded' ? Math.max(UNBOUNDED_LANES, parallelism) : parallelism;
    },
    turnsToSplit: () =>
      random === undefined ? undefined : 1 + Math.floor(random() * TURNS_TO_SPLIT),
    splitAfter: SPLIT_AFTER,
    splitFraction: () =>
      random === undefined || random() < KEPT_WHOLE ? undefined : drawnFraction(random()),
    choose: random === undefined ? downstreamFirst : (ready) => pick(ready, random()),
  };
}

/** 0, which asks for all that is not claimed, as often as anything between. */
function drawnFraction(random: number): number {
  return Math.max(0, 2 * random - 1);
}

/**
 * The ready stage furthest downstream, so that memory drains before it fills; among sources the one
 * whose output watermark is least.
 */
function downstreamFirst<S extends ReadyStage>(ready: readonly S[]): S {
  return ready.findLast(({ planned }) => !isSource(planned)) ?? leastAdvanced(ready);
}

function leastAdvanced<S extends ReadyStage>(sources: readonly S[]): S {
  return sources.reduce((a, b) => (b.watermarks.output < a.watermarks.output ? b : a));
}

function pick<S>(ready: readonly S[], random: number): S {
  return ready[Math.floor(random * ready.length)]!;
}

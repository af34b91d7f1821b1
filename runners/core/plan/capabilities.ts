import type { TriggerSpec } from '#portability/model/triggers.js';
import type { Accumulation, FiringBehavior } from '#portability/model/windowing.js';

/**
 * What a runner can do. The planner compares each pipeline with it and refuses by name what is missing,
 * before anything runs.
 */
export interface Capabilities {
  /** As users name it with `--runner`. */
  readonly runner: string;
  /** URNs of the environments in which this runner can run user code. */
  readonly environments: ReadonlySet<string>;
  /**
   * Coders that only the environments understand and that write each nested value behind its length, so
   * that the engine can walk over it all the same.
   */
  readonly opaqueCoders: ReadonlySet<string>;
  /** Requirement URNs of a pipeline that this runner honours; every other one is refused. */
  readonly requirements: ReadonlySet<string>;
  readonly triggers: ReadonlySet<TriggerSpec['kind']>;
  readonly accumulations: ReadonlySet<Accumulation>;
  readonly closingBehaviors: ReadonlySet<FiringBehavior>;
  readonly onTimeBehaviors: ReadonlySet<FiringBehavior>;
  /** URNs of the ways in which a side input may be read. */
  readonly sideInputAccess: ReadonlySet<string>;
  /** Side inputs in windows of the user's own function, which user code must map. */
  readonly customSideWindows: boolean;
  /** Window functions of the user that merge; those that only assign need no support. */
  readonly customMergingWindows: boolean;
  /**
   * Graphs come from any SDK, each of which is the judge of what its triggers may lose and when its windows
   * merge. Default: what this SDK refuses is refused.
   */
  readonly anySdk?: boolean;
  /** Test streams whose events a service of the user gives. Default: they are refused. */
  readonly testStreamService?: boolean;
  readonly splittable: boolean;
  readonly finalization: boolean;
  readonly userState: boolean;
  readonly timers: boolean;
  readonly timeSortedInput: boolean;
  readonly stableInput: boolean;
}

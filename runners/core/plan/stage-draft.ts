import type { EnvironmentId, PCollectionId } from '#portability/model/ids.js';
import type { Step } from './step.js';

/** A stage while the plan is put together. */
export type StageDraft = RunnerDraft | ExecutableDraft | ViewDraft;

/** One step that the engine carries out itself. */
export interface RunnerDraft {
  readonly kind: 'impulse' | 'test-stream' | 'grouping' | 'reshuffle';
  readonly steps: readonly Step[];
  /** Absent for an impulse and a test stream. */
  readonly input?: PCollectionId;
  /** Of a test stream: which of its outputs. */
  readonly output?: PCollectionId;
}

/** Fused user code. Without steps it only writes its input with another coder. */
export interface ExecutableDraft {
  readonly kind: 'executable';
  readonly steps: Step[];
  readonly input: PCollectionId;
  /** Collections that the steps read as side inputs. */
  readonly sides: Set<PCollectionId>;
  readonly environmentId?: EnvironmentId;
}

/** The grouping of a side input, or the view that keeps what the grouping emits. */
export interface ViewDraft {
  readonly kind: 'view-grouping' | 'view';
  /** The steps that read the side input. */
  readonly steps: Step[];
  readonly input: PCollectionId;
}

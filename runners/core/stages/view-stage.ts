import type { Edge, ViewStage } from '../plan/plan.js';
import { QueuedStage } from './queued-stage.js';
import type { StageHost } from './running-stage.js';
import type { Spillable } from '../spill/spillable.js';
import { emptyAfter, ViewStore } from '../side-inputs/view-store.js';

/** Keeps the latest pane of each side window for the stages that read it. */
export class RunningView extends QueuedStage<ViewStage> {
  readonly store: ViewStore;

  constructor(planned: ViewStage, input: Edge) {
    super(planned);
    const { windowing, pair, element } = planned;
    const times = this.watermarks;
    this.store = new ViewStore(input.windowCoder, times, emptyAfter(windowing), pair, element);
  }

  override *spillables(): Iterable<Spillable> {
    yield this.pending;
    yield* this.store.spillables();
  }

  override step(host: StageHost): void {
    for (const { edge, frame } of this.pending.take(host.policy.take())) {
      this.store.absorb(frame, edge);
      host.memory.took(frame.bytes.length);
    }
  }
}

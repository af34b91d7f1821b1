import type { ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { PendingFrames } from '../input/pending.js';
import type { Edge, PlannedStage } from '../plan/plan.js';
import type { RunningStage, StageHost } from './running-stage.js';
import type { Spillable } from '../spill/spillable.js';
import { Watermarks, type Bound } from '../time/watermarks.js';

/** What stages without user code share: frames wait in a queue and are taken in steps. */
export abstract class QueuedStage<S extends PlannedStage> implements RunningStage {
  readonly planned: S;
  readonly watermarks: Watermarks = new Watermarks();
  readonly running = undefined;
  protected readonly pending: PendingFrames = new PendingFrames();

  constructor(planned: S) {
    this.planned = planned;
  }

  get resumeAt(): ProcessingTime | undefined {
    return undefined;
  }

  get pendingElements(): number {
    return this.pending.elements;
  }

  get pendingBytes(): number {
    return this.pending.bytes;
  }

  receive(edge: Edge, frames: readonly Frame[]): void {
    for (const frame of frames) this.pending.add(edge, frame);
  }

  spillables(): Iterable<Spillable> {
    return [this.pending];
  }

  pendingBounds(): readonly Bound[] {
    return this.pending.empty ? [] : [{ time: this.pending.least, holder: { kind: 'pending' } }];
  }

  holds(): readonly Bound[] {
    return [];
  }

  isReady(_now: ProcessingTime, _isIdle?: boolean): boolean {
    return !this.pending.empty;
  }

  moved(): void {
    // Nothing waits for a watermark.
  }

  abstract step(host: StageHost): void | Promise<void>;
}

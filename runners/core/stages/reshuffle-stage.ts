import type { ReshuffleStage } from '../plan/plan.js';
import { QueuedStage } from './queued-stage.js';
import type { StageHost } from './running-stage.js';

/** Passes on what it got: value, timestamp, windows and pane stay as they are (RSH-1). */
export class RunningReshuffle extends QueuedStage<ReshuffleStage> {
  override step(host: StageHost): void {
    const frames = this.pending.take(host.policy.take()).map(({ frame }) => frame);
    for (const edge of this.planned.outputs) host.deliver(edge, frames);
  }
}

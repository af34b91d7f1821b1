import type { StageId } from '#portability/model/ids.js';

/** Hears which stage is at work in this thread, so that somebody outside of it can tell. */
export interface Heartbeat {
  /** The stage runs now, and nothing else does. */
  enter(stage: StageId): void;
  /** Its step goes on later. */
  pause(stage: StageId): void;
  /** Its step is over. */
  leave(stage: StageId): void;
}

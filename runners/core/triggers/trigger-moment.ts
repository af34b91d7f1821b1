import type { EventTime, ProcessingTime } from '#portability/model/time.js';

/**
 * What a machine may look at when it is asked. One object is filled anew for each group that is asked, so
 * that asking allocates nothing.
 */
export interface TriggerMoment {
  /** Last timestamp of the window. */
  maxTimestamp: EventTime;
  /** Input watermark of the stage. */
  inputWatermark: EventTime;
  clock: ProcessingTime;
  /** The least of the clock and of what is pending upstream on it. */
  synchronized: ProcessingTime;
  /** Elements arrived since the last pane. */
  fresh: boolean;
  /** Elements that arrive now, together. */
  arriving: number;
  /** Takes note of a time at which the machine wants to be asked again: when its clock is beyond. */
  wake(time: ProcessingTime, isSynchronized: boolean): void;
}

/** WIN-2: the end is exclusive, so the watermark has passed it when it is beyond the last timestamp. */
export function isEndPassed(moment: TriggerMoment): boolean {
  return moment.inputWatermark > moment.maxTimestamp;
}

import type { EventTime, ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { Edge, EdgeId } from '../plan/plan.js';
import type { SegmentId } from '../plan/segment.js';

/** One of the tasks that a segment runs in; the same whichever process runs it. */
export interface TaskId {
  readonly segment: SegmentId;
  /** From 0. */
  readonly partition: number;
}

/** What a producer sends to a task, or says to it behind what it sent. */
export type Arrival =
  | { readonly kind: 'frames'; readonly edge: EdgeId; readonly frames: readonly Frame[] }
  | (FromProducer & {
      readonly kind: 'watermark';
      readonly time: EventTime;
      /** What is pending on the clock at the producer and upstream of it: its first time. */
      readonly pendingOnClock?: ProcessingTime;
    })
  /** Nothing follows on this edge from this producer. */
  | (FromProducer & { readonly kind: 'end' });

interface FromProducer {
  readonly edge: EdgeId;
  /** The partition of the producing task, and how many of them there are. */
  readonly producer: number;
  readonly producers: number;
}

/**
 * How frames and watermarks leave a task and enter others.
 *
 *   X1. What one producer sends on one edge arrives in the order in which it was sent, watermarks among
 *       the frames: a watermark never arrives before the elements that it is about.
 *   X2. All that is sent arrives, once.
 *   X3. Elements of one key arrive at one task.
 *   X4. Sending never waits: an edge that is full makes the stage that feeds it wait with its next step. Whoever
 *       is sent to takes in what has come whatever it is doing, so tasks that send to each other never wait for
 *       each other.
 */
export interface Exchange {
  send(from: TaskId, edge: Edge, frames: readonly Frame[]): void;
  /** Says to all tasks behind the edge how far the producer is; TIMESTAMP_MAX ends the edge. */
  advance(from: TaskId, edge: Edge, watermark: EventTime, pendingOnClock?: ProcessingTime): void;
  /** X4: whether what one producer sent on one edge, and nobody took yet, is as much as the edge may hold. */
  isFull(from: TaskId, edge: Edge): boolean;
  /** What has come for a task since it last asked. */
  take(to: TaskId): readonly Arrival[];
}

import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { indexOf, sliceFrame } from './frame-scan.js';
import type { Edge } from '../plan/plan.js';

export interface PendingFrame {
  readonly edge: Edge;
  readonly frame: Frame;
}

/** How much one bundle takes; it takes at least one element. */
export interface TakeLimits {
  readonly bytes: number;
  readonly elements: number;
}

/** Frames that wait to be given to a bundle, first in, first out. */
export class PendingFrames {
  /** Of all waiting frames. */
  bytes = 0;
  elements = 0;
  #frames: PendingFrame[] = [];
  /** Frames before this place are taken. */
  #head = 0;
  /** Least timestamp, or `undefined` while it must be looked for. */
  #least: EventTime | undefined = TIMESTAMP_MAX;

  get empty(): boolean {
    return this.elements === 0;
  }

  /** Least timestamp of what waits, `TIMESTAMP_MAX` if nothing does. */
  get least(): EventTime {
    if (this.#least === undefined) {
      let least = TIMESTAMP_MAX;
      for (let i = this.#head; i < this.#frames.length; i++) {
        const { minTimestamp } = this.#frames[i]!.frame;
        if (minTimestamp < least) least = minTimestamp;
      }
      this.#least = least;
    }
    return this.#least;
  }

  add(edge: Edge, frame: Frame): void {
    if (frame.count === 0) return;
    this.#frames.push({ edge, frame });
    this.bytes += frame.bytes.length;
    this.elements += frame.count;
    if (this.#least !== undefined && frame.minTimestamp < this.#least) {
      this.#least = frame.minTimestamp;
    }
  }

  take(limits: TakeLimits): readonly PendingFrame[] {
    const taken: PendingFrame[] = [];
    let bytes = 0;
    let elements = 0;
    while (this.#head < this.#frames.length) {
      const { edge, frame } = this.#frames[this.#head]!;
      const room = limits.elements - elements;
      if (room <= 0 || (elements > 0 && bytes + frame.bytes.length > limits.bytes)) break;
      const part = frame.count <= room ? frame : this.#cutHead(edge, frame, room);
      if (part === frame) this.#head++;
      taken.push({ edge, frame: part });
      bytes += part.bytes.length;
      elements += part.count;
    }
    this.bytes -= bytes;
    this.elements -= elements;
    this.#least = undefined;
    this.#forget();
    return taken;
  }

  /** The first `room` elements of the first frame; the rest stays. */
  #cutHead(edge: Edge, frame: Frame, room: number): Frame {
    const index = indexOf(frame, edge);
    const rest = sliceFrame(frame, index, room, frame.count);
    this.#frames[this.#head] = { edge, frame: rest };
    return sliceFrame(frame, index, 0, room);
  }

  /** Drops the taken places once they are the larger part. */
  #forget(): void {
    if (this.#head * 2 < this.#frames.length) return;
    this.#frames = this.#frames.slice(this.#head);
    this.#head = 0;
  }
}

import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { indexOf, sliceFrame } from './frame-scan.js';
import { SpilledFrame } from './spilled-frame.js';
import type { Edge } from '../plan/plan.js';
import type { Scratch, ScratchFile } from '../spill/scratch.js';
import type { Spillable } from '../spill/spillable.js';

export interface PendingFrame {
  readonly edge: Edge;
  readonly frame: Frame;
}

/** How much one bundle takes; it takes at least one element. */
export interface TakeLimits {
  readonly bytes: number;
  readonly elements: number;
}

/** A frame that waits, in memory or not. */
interface Waiting {
  readonly edge: Edge;
  readonly frame: Frame | SpilledFrame;
}

/** Frames that wait to be given to a bundle, first in, first out. */
export class PendingFrames implements Spillable {
  /** Of all waiting frames. */
  bytes = 0;
  /** Of those in memory. */
  heldBytes = 0;
  elements = 0;
  #frames: Waiting[] = [];
  #file: ScratchFile | undefined;
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
    this.heldBytes += frame.bytes.length;
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
      const { edge, frame: waiting } = this.#frames[this.#head]!;
      const room = limits.elements - elements;
      if (room <= 0 || (elements > 0 && bytes + sizeOf(waiting) > limits.bytes)) break;
      const frame = this.#inMemory(edge, waiting);
      const part = frame.count <= room ? frame : this.#cutHead(edge, frame, room);
      if (part === frame) this.#head++;
      taken.push({ edge, frame: part });
      bytes += part.bytes.length;
      elements += part.count;
    }
    this.bytes -= bytes;
    this.heldBytes -= bytes;
    this.elements -= elements;
    this.#least = undefined;
    this.#forget();
    return taken;
  }

  get spillableBytes(): number {
    return this.heldBytes;
  }

  spill(scratch: Scratch): void {
    for (let i = this.#head; i < this.#frames.length; i++) {
      const { edge, frame } = this.#frames[i]!;
      if (frame instanceof SpilledFrame) continue;
      this.#file ??= scratch.open();
      this.#frames[i] = { edge, frame: new SpilledFrame(frame, this.#file) };
      this.heldBytes -= frame.bytes.length;
    }
  }

  /** Reads the first frame back if it was spilled. */
  #inMemory(edge: Edge, frame: Frame | SpilledFrame): Frame {
    if (!(frame instanceof SpilledFrame)) return frame;
    const read = frame.read();
    this.#frames[this.#head] = { edge, frame: read };
    this.heldBytes += read.bytes.length;
    return read;
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
    if (this.#frames.length > 0) return;
    this.#file?.unlink();
    this.#file = undefined;
  }
}

function sizeOf(frame: Frame | SpilledFrame): number {
  return frame instanceof SpilledFrame ? frame.size : frame.bytes.length;
}

/** The first `kept` elements of the frames, and the others. */
export function cutFrames(
  frames: readonly PendingFrame[],
  kept: number,
): readonly [readonly PendingFrame[], readonly PendingFrame[]] {
  const first: PendingFrame[] = [];
  const rest: PendingFrame[] = [];
  let before = 0;
  for (const { edge, frame } of frames) {
    const own = Math.min(frame.count, Math.max(0, kept - before));
    before += frame.count;
    if (own === frame.count) first.push({ edge, frame });
    else if (own === 0) rest.push({ edge, frame });
    else {
      const index = indexOf(frame, edge);
      first.push({ edge, frame: sliceFrame(frame, index, 0, own) });
      rest.push({ edge, frame: sliceFrame(frame, index, own, frame.count) });
    }
  }
  return [first, rest];
}

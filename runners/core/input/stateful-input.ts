import type { EventTime } from '#portability/model/time.js';
import { addDuration, minTime, TIMESTAMP_MIN } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { LateDrops } from '../grouping/late-drops.js';
import type { Edge, StatefulStage } from '../plan/plan.js';
import { DROPPED_DUE_TO_LATENESS, ENGINE_NAMESPACE } from '../stages/engine-counters.js';
import type { StageHost } from '../stages/running-stage.js';
import type { Bound, Watermarks } from '../time/watermarks.js';
import type { Spillable } from '../spill/spillable.js';
import { indexOf } from './frame-scan.js';
import { partitionByKey, type IndexedFrame } from './key-partitions.js';
import { LateElements } from './late-elements.js';
import { PendingFrames, type PendingFrame, type TakeLimits } from './pending.js';
import { SortedElements } from './sorted-elements.js';

/** From so many keys on, finding one waits for memory. */
const MANY_KEYS = 1 << 14;
/** Fewer elements are too few for neighbours to meet. */
const MANY_ELEMENTS = 1 << 16;
/** Taken at once to be sorted by key. */
const PARTITIONED_BYTES = 64 * 1024 * 1024;

/** A window of an element and its key, in the bytes of a frame. */
export type KeyVisitor = (
  bytes: Uint8Array,
  windowStart: number,
  windowEnd: number,
  keyStart: number,
  keyEnd: number,
  keyHash: number,
) => void;

/** Elements that wait for a stage with state: in the order in which they came, or in that of their times. */
export class StatefulInput {
  readonly #planned: StatefulStage;
  readonly #watermarks: Watermarks;
  /** What waits in the order in which it came. */
  readonly pending: PendingFrames = new PendingFrames();
  /** What was taken from `pending` together and is given on key by key. */
  readonly #partitions = new PendingFrames();
  readonly #sorted: SortedElements | undefined;
  readonly #late: LateElements;
  /** What was dropped on its way to state, for `explain`. */
  readonly drops: LateDrops;
  readonly #hasEventTimers: boolean;
  /** The input watermark when the first of what waits came. */
  #reachedThen: EventTime = TIMESTAMP_MIN;
  /** Since they were last counted. */
  #dropped = 0;
  #droppedBefore = 0;

  constructor(planned: StatefulStage, shape: Edge, watermarks: Watermarks) {
    const { windowCoder } = shape;
    this.drops = new LateDrops({ windowing: planned.windowing, keyed: true, shape });
    this.#planned = planned;
    this.#watermarks = watermarks;
    this.#late = new LateElements(windowCoder, planned.windowing.allowedLateness);
    this.#hasEventTimers = [...planned.families.values()].includes('event-time');
    if (planned.timeSorted) this.#sorted = new SortedElements();
  }

  get elements(): number {
    return this.pending.elements + this.#partitions.elements + (this.#sorted?.size ?? 0);
  }

  get bytes(): number {
    return this.pending.bytes + this.#partitions.bytes + (this.#sorted?.bytes ?? 0);
  }

  /** Least timestamp of what waits. */
  get least(): EventTime {
    const least = minTime(this.pending.least, this.#partitions.least);
    return this.#sorted !== undefined && this.#sorted.least < least ? this.#sorted.least : least;
  }

  /**
   * Event timers up to this time come before what waits (TMR-4): the watermark had reached them before that came. What
   * is sorted has its place by its time, whenever it came.
   */
  get reached(): EventTime {
    const { input } = this.#watermarks;
    return this.#sorted === undefined && this.elements > 0 ? this.#reachedThen : input;
  }

  add(edge: Edge, frame: Frame): void {
    if (this.elements === 0) this.#reachedThen = this.#watermarks.input;
    if (this.#sorted === undefined) this.pending.add(edge, frame);
    else this.#dropped += this.#sorted.add(edge, frame, (t) => this.#release(t) < this.#bound());
  }

  /** What waits keeps the input watermark, what is being sorted included (SRT-1). */
  bounds(): readonly Bound[] {
    return this.elements === 0 ? [] : [{ time: this.least, holder: { kind: 'pending' } }];
  }

  /** Whether anything may be given to a bundle now. */
  isDue(): boolean {
    if (this.#sorted === undefined) return !this.pending.empty || !this.#partitions.empty;
    return this.#sorted.size > 0 && this.#release(this.#sorted.least) <= this.#bound();
  }

  /** What may leave memory. */
  spillables(): readonly Spillable[] {
    return [this.pending, this.#partitions];
  }

  /**
   * Takes elements that are not late, indexed. Where the stage keeps many keys and many elements wait, they
   * are sorted by key first.
   */
  take(limits: TakeLimits, keys: number): readonly PendingFrame[] {
    if (this.#sorted !== undefined) return this.#admit(this.#takeSorted(this.#sorted, limits));
    if (this.#partitions.empty) {
      if (keys < MANY_KEYS || this.pending.elements < MANY_ELEMENTS) {
        return this.#admit(this.pending.take(limits));
      }
      this.#partition();
    }
    return this.#partitions.take(limits);
  }

  #takeSorted(sorted: SortedElements, limits: TakeLimits): readonly PendingFrame[] {
    const { least } = this;
    return sorted.take(limits, (time) => {
      // A timer that an element sets may come before the next one: only so are both in order.
      return this.#hasEventTimers ? time === least : this.#release(time) <= this.#bound();
    });
  }

  #partition(): void {
    const taken = this.#admit(this.pending.take({ bytes: PARTITIONED_BYTES, elements: Infinity }));
    const byEdge = new Map<Edge, IndexedFrame[]>();
    for (const { edge, frame } of taken) {
      const frames = byEdge.get(edge);
      if (frames === undefined) byEdge.set(edge, [frame as IndexedFrame]);
      else frames.push(frame as IndexedFrame);
    }
    for (const [edge, frames] of byEdge) {
      for (const frame of partitionByKey(frames)) this.#partitions.add(edge, frame);
    }
  }

  #admit(taken: readonly PendingFrame[]): readonly PendingFrame[] {
    return taken.map((waiting) => this.#admitted(waiting)).filter(({ frame }) => frame.count > 0);
  }

  /** Calls `visit` for each window of each element. */
  eachKey(frames: readonly PendingFrame[], visit: KeyVisitor): void {
    for (const { edge, frame } of frames) {
      this.#late.windows(frame, indexOf(frame, edge), (...at) => {
        visit(frame.bytes, ...at);
      });
    }
  }

  /** Elements that came too late for their window, since the start. */
  get droppedAsLate(): number {
    return this.#droppedBefore + this.#dropped;
  }

  /** LATE-3: adds what was dropped since the last call to the counter of the step. */
  countDropped(host: StageHost): void {
    if (this.#dropped === 0) return;
    this.#droppedBefore += this.#dropped;
    const { root: transform } = this.#planned;
    const metric = {
      kind: 'counter',
      transform,
      namespace: ENGINE_NAMESPACE,
      name: DROPPED_DUE_TO_LATENESS,
      value: this.#dropped,
    } as const;
    this.#dropped = 0;
    host.count([metric], 'attempted');
    host.count([metric], 'committed');
  }

  #admitted({ edge, frame }: PendingFrame): PendingFrame {
    const index = indexOf(frame, edge);
    const { input } = this.#watermarks;
    const late = this.#late.count(frame, index, input);
    if (late === 0) return { edge, frame: frame.index === undefined ? { ...frame, index } : frame };
    this.#dropped += late;
    this.drops.note(this.droppedAsLate, frame, index, input);
    const admitted = this.#late.without(frame, index, input);
    return { edge, frame: { ...admitted, index: indexOf(admitted, edge) } };
  }

  /** SRT-1: up to when elements with earlier times may still come. */
  #release(time: EventTime): EventTime {
    return addDuration(time, this.#planned.windowing.allowedLateness);
  }

  /** What comes after this is not sorted before what is there. */
  #bound(): EventTime {
    return this.#watermarks.upstream;
  }
}

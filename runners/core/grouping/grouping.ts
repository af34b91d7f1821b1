import type { EventTime, ProcessingTime } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import type { Frame } from '#portability/wire/frames.js';
import type { GroupBuffer } from './group-buffer.js';
import type { HoldReason } from '../time/holds.js';
import type { OpenGroup } from './open-group.js';
import type { Spillable } from '../spill/spillable.js';
import type { LargeGroups } from './large-groups.js';
import type { Overfull } from './overfull.js';
import type { FrameShape } from '../input/frame-scan.js';

/** Under a lifted combine a group is merged when it holds more accumulators than this. */
export const MAX_ACCUMULATORS = 16;
/** From here on it is merged, too, before it would take a block larger than this, in bytes. */
const MIN_CROWDED = 4;
const FREE_GROWTH = 32;

/**
 * Whether a group of `count` accumulators is to be merged before the next one comes. Counting alone is not
 * enough: accumulators get longer with what they stand for, and a group keeps the memory of its fullest
 * moment, so that sixteen late ones would hold it at several times what sixteen early ones need.
 *
 * @param size bytes of the accumulator that came last; the next one is taken to be as long
 */
export function isCrowded(buffer: GroupBuffer, id: number, count: number, size: number): boolean {
  if (count > MAX_ACCUMULATORS) return true;
  return count >= MIN_CROWDED && buffer.growthFor(id, size) > FREE_GROWTH;
}

/** The watermarks of the stage, as they are when they are looked at. */
export interface StageTimes {
  readonly input: EventTime;
  readonly output: EventTime;
}

/** What a grouping may do where memory is limited. */
export interface GroupingRoom {
  /** Absent where all values of a group have to be in its pane. */
  readonly large?: LargeGroups;
  /**
   * Where keys may leave memory, too: so many bytes of their groups are in it at a time. Default: keys stay.
   */
  readonly partBytes?: number;
}

export interface GroupingOptions extends GroupingRoom {
  readonly windowing: WindowingStrategy;
  /** False: the whole element is the value and the key is empty. */
  readonly keyed: boolean;
  /** Values are accumulators, to be merged beyond `MAX_ACCUMULATORS`. */
  readonly accumulators: boolean;
  /** Each value stands behind the number of elements it stands for, and is kept without. Default: each is one. */
  readonly counted?: boolean;
  readonly shape: FrameShape;
  readonly times: StageTimes;
  /** How merged accumulators come. Default: as values do. */
  readonly merged?: FrameShape;
  /** When something is pending on the clock upstream: synchronized time does not pass it. Default: never. */
  readonly pendingUpstream?: () => ProcessingTime | undefined;
}

/** What holds the output watermark of a grouping. */
export interface GroupHolds {
  /** The least held time, `TIMESTAMP_MAX` without holds. */
  least(): EventTime;
  /** Why the least time is held; `undefined` without holds. */
  reason(): HoldReason | undefined;
  /** For whom the least time is held, as far as that is known. */
  holder?(): HeldGroup | undefined;
}

/** The group that a hold names. */
export interface HeldGroup {
  /** Encoded window. */
  readonly window: Uint8Array;
  /** Encoded key; absent where a whole window holds. */
  readonly key?: Uint8Array;
}

/** A frame, and where things are in it. */
export interface AbsorbedFrame {
  readonly frame: Frame;
  readonly index: Int32Array;
}

/** What a grouping has taken in and not looked at, because its groups are not in memory. */
export interface WaitingInput {
  readonly elements: number;
  /** None of them is earlier. It holds the input watermark. */
  readonly least: EventTime;
  /** So many wait that they come before other input; others are looked at when there is nothing else to do. */
  readonly isUrgent: boolean;
}

/**
 * Elements by key and window, in bytes, and the panes that are due. Nothing in it can fail once a frame
 * is indexed, so absorbing a bundle leaves all or, for a frame that cannot be read, nothing.
 *
 * The order of calls: `absorb` for each frame of a bundle, `endBundle`, then `emit` until nothing is due,
 * then the next bundle or `advance`. A pane that is due keeps its hold until it is emitted whole.
 */
export interface Grouping {
  readonly holds: GroupHolds;
  /** Elements per window that came too late, since the start (LATE-1, LATE-3). */
  readonly droppedDueToLateness: number;
  /** Elements per window whose trigger had finished, since the start (LATE-3). */
  readonly droppedDueToClosedWindow: number;
  /** Values buffered now; whoever merges accumulators corrects it. */
  buffered: number;
  /** Bytes of buffers and tables. */
  readonly heldBytes: number;
  /** Whether a pane waits to be emitted. */
  readonly due: boolean;
  absorb(frame: Frame, index: Int32Array): void;
  /** Present while something is left to do for groups that are not in memory. */
  readonly waiting?: WaitingInput | undefined;
  /** Absorbs a part of what waits, as a bundle; nothing where something is due first. */
  absorbWaiting?(): AbsorbedFrame | undefined;
  /**
   * Windows that user code has to merge before `endBundle`, as `Connection.mergeWindows` takes them;
   * `undefined` if there are none.
   */
  windowsToMerge?(): Frame | undefined;
  /** What user code made of them. @throws STRAHL-8001 for what is no answer to them */
  takeMerged?(answer: Frame): void;
  /** Makes panes of late arrivals due: one for each group that got some in this bundle. */
  endBundle(): void;
  /** Makes due what the input watermark allows. */
  advance(): void;
  /** When a trigger wants to be asked again; `undefined` if none waits for the clock. */
  readonly resumeAt: ProcessingTime | undefined;
  /** Tells the time, also on synchronized time, and makes due what waited for it. */
  tick(clock: ProcessingTime, synchronized: ProcessingTime): void;
  /** The next panes, about so many bytes of them. */
  emit(bytes: number): readonly Frame[];
  /** What holds the groups. */
  spillables(): Iterable<Spillable>;
  /** Groups with too many accumulators; to be merged before the next bundle. */
  readonly overfull: Overfull;
  /** All groups, also those that hold nothing at the moment; for `explain`. */
  open(): Iterable<OpenGroup>;
}

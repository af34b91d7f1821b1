import type { ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { Scratch } from '../../spill/scratch.js';
import type { Spillable } from '../../spill/spillable.js';
import { firstOf } from '../../time/first-of.js';
import type { AbsorbedFrame, Grouping, GroupingOptions, WaitingInput } from '../grouping.js';
import type { OpenGroup } from '../open-group.js';
import type { Overfull } from '../overfull.js';
import { resumeAt } from '../wake-times.js';
import { groupsIn, hasSmallGroups, isLittle } from './group-sizes.js';
import type { StorableGrouping } from './group-storage.js';
import { timesOf, type Shelf } from './shelf.js';
import { ShelfSink } from './shelf-sink.js';
import { ShelvedHolds } from './shelved-holds.js';
import { Shelves } from './shelves.js';
import { StoredGroups } from './stored-groups.js';

/** Less than this stays in memory: it is not worth opening files for. */
const WORTH_BYTES = 32 * 1024;
/** A shelf of fewer groups is not divided: there would be more files than groups. */
const FEWEST_TO_SPLIT = 64;
/** Of what may be in memory: when less is on the shelves it is taken back. */
const TAKEN_BACK_SHARE = 1 / 4;

/**
 * A grouping whose groups may leave memory with their keys. As long as there is room it is the grouping that it was
 * made with; then groups go to shelves, by ranges of hashes, and those of one shelf at a time are in memory.
 *
 *   L1. What arrives for groups on shelves waits, and holds the input watermark as if it had not arrived. So no
 *       grouping knows of shelves: to each its input comes a little later.
 *   L2. What groups hold and when they are due is known while they are on a shelf.
 *   L3. Groups are put away only between bundles, and where nothing is due or waits to be merged.
 */
export class ShelvedGrouping implements Grouping, Spillable {
  readonly holds: ShelvedHolds;
  readonly #options: GroupingOptions;
  readonly #make: () => StorableGrouping;
  /** All groups; those of `#shelf`, where there are shelves; none, where there is no such shelf. */
  #current: StorableGrouping;
  #shelf: Shelf | undefined;
  #shelves: Shelves | undefined;
  #isInBundle = false;
  #clock = -Infinity;
  #synchronized = -Infinity;
  /** Of those that were current before. */
  #lateBefore = 0;
  #closedBefore = 0;

  /** `make`: a grouping of the kind that the windowing needs. */
  constructor(options: GroupingOptions, make: () => StorableGrouping) {
    this.#options = options;
    this.#make = make;
    this.#current = make();
    this.holds = new ShelvedHolds({
      current: () => this.#current.holds,
      shelves: () => this.#shelves?.all ?? [],
      due: () => this.#dueShelf(),
      times: options.times,
    });
  }

  get overfull(): Overfull {
    return this.#current.overfull;
  }

  get droppedDueToLateness(): number {
    return this.#lateBefore + this.#current.droppedDueToLateness;
  }

  get droppedDueToClosedWindow(): number {
    return this.#closedBefore + this.#current.droppedDueToClosedWindow;
  }

  get buffered(): number {
    return this.#current.buffered + this.#shelved;
  }

  set buffered(values: number) {
    this.#current.buffered = values - this.#shelved;
  }

  get heldBytes(): number {
    return this.#current.heldBytes + (this.#shelves?.heldBytes ?? 0);
  }

  get due(): boolean {
    return this.#current.due || this.#dueShelf() !== undefined;
  }

  get resumeAt(): ProcessingTime | undefined {
    const { resumeAt: first } = this.#current;
    if (this.#shelves === undefined) return first;
    const upstream = this.#options.pendingUpstream?.();
    return firstOf([first, ...this.#shelves.all.map((s) => resumeAt(s.times.wakes, upstream))]);
  }

  get waiting(): WaitingInput | undefined {
    const shelves = this.#shelves;
    return shelves?.next === undefined
      ? undefined
      : {
          elements: shelves.elements,
          least: shelves.least,
          isUrgent: shelves.urgent !== undefined,
        };
  }

  absorb(frame: Frame, index: Int32Array): void {
    if (this.#shelves !== undefined) {
      this.#shelves.add(frame, index);
      return;
    }
    this.#isInBundle = true;
    this.#current.absorb(frame, index);
  }

  absorbWaiting(): AbsorbedFrame | undefined {
    const shelf = this.#nextShelf();
    if (shelf === undefined) return undefined;
    this.#bring(shelf);
    // What is due is emitted before anything joins it.
    if (this.#current.due) return undefined;
    const next = shelf.waiting.take();
    if (shelf.waiting.elements === 0 && this.#shelves!.urgent === shelf)
      this.#shelves!.urgent = undefined;
    if (next === undefined) return undefined;
    this.#isInBundle = true;
    this.#current.absorb(next.frame, next.index);
    return next;
  }

  windowsToMerge(): Frame | undefined {
    return this.#current.windowsToMerge?.();
  }

  takeMerged(answer: Frame): void {
    this.#current.takeMerged!(answer);
  }

  endBundle(): void {
    if (!this.#isInBundle) return;
    this.#current.endBundle();
    this.#isInBundle = false;
    this.#takeBack();
  }

  advance(): void {
    this.#current.advance();
  }

  tick(clock: ProcessingTime, synchronized: ProcessingTime): void {
    this.#clock = clock;
    this.#synchronized = synchronized;
    this.#current.tick(clock, synchronized);
  }

  emit(bytes: number): readonly Frame[] {
    if (!this.#current.due) {
      const shelf = this.#dueShelf();
      if (shelf !== undefined) this.#bring(shelf);
    }
    const frames = this.#current.emit(bytes);
    this.#takeBack();
    return frames;
  }

  *open(): Iterable<OpenGroup> {
    yield* this.#current.open();
    for (const { groups } of this.#shelves?.all ?? []) {
      if (groups === undefined) continue;
      const copy = this.#make();
      copy.storage.restore(new StoredGroups(groups.read()));
      yield* copy.open();
    }
  }

  spillables(): Iterable<Spillable> {
    return [this];
  }

  get spillableBytes(): number {
    if (this.#shelves !== undefined && this.#shelf === undefined) return 0;
    const { heldBytes } = this.#current;
    if (heldBytes < Math.min(this.#options.partBytes!, WORTH_BYTES)) return 0;
    if (this.#isQuiet) return groupsIn(this.#current.storage) === 0 ? 0 : heldBytes;
    let bytes = 0;
    for (const values of this.#current.spillables()) bytes += values.spillableBytes;
    return bytes;
  }

  spill(scratch: Scratch): void {
    if (this.#shelves !== undefined && this.#shelf === undefined) return;
    if (!this.#isQuiet || !hasSmallGroups(this.#current.storage)) {
      for (const values of this.#current.spillables()) values.spill(scratch);
      return;
    }
    this.#shelves ??= new Shelves({ bytes: this.#options.partBytes!, scratch });
    this.#putAway(this.#shelves);
  }

  /** L3 */
  get #isQuiet(): boolean {
    const { due, overfull } = this.#current;
    return !this.#isInBundle && !due && overfull.empty;
  }

  /** Values on shelves. */
  get #shelved(): number {
    return this.#shelves?.all.reduce((sum, { buffered }) => sum + buffered, 0) ?? 0;
  }

  #dueShelf(): Shelf | undefined {
    const { input } = this.#options.times;
    return this.#shelves?.all.find((s) => s.isDue(input, this.#clock, this.#synchronized));
  }

  /** The shelf that is looked at next: the one whose groups are in memory, if any of its elements wait. */
  #nextShelf(): Shelf | undefined {
    const shelf = this.#shelf;
    const isNext = shelf !== undefined && shelf.waiting.elements > 0;
    return isNext && this.#shelves?.urgent === undefined ? shelf : this.#shelves?.next;
  }

  /** Puts away what is in memory, and makes groupings anew for what comes next. */
  #putAway(shelves: Shelves): void {
    const before = this.#current;
    const shelf = this.#shelf;
    const isTooMuch = shelf !== undefined && before.heldBytes > shelves.room.bytes;
    const isDivided =
      isTooMuch && shelves.canSplit(shelf) && groupsIn(before.storage) >= FEWEST_TO_SPLIT;
    if (isDivided) shelves.split(shelf);
    const sink = new ShelfSink(shelves);
    const { storage } = before;
    const times = timesOf(before.holds, storage.timer, storage.wakes?.first);
    storage.store(sink);
    for (const filled of sink.end()) {
      filled.times = times;
      filled.isRough = filled !== shelf;
    }
    this.#shelf = undefined;
    this.#renew();
  }

  #renew(): void {
    this.#lateBefore = this.droppedDueToLateness;
    this.#closedBefore = this.droppedDueToClosedWindow;
    this.#current = this.#make();
  }

  /** Has the groups of a shelf in memory, those of others on theirs. */
  #bring(shelf: Shelf): void {
    if (this.#shelf === shelf) return;
    if (this.#shelf !== undefined) this.#putAway(this.#shelves!);
    this.#shelf = shelf;
    this.#restore(shelf);
    if (this.#clock > -Infinity)
      this.#current.tick(this.#clock as ProcessingTime, this.#synchronized as ProcessingTime);
    this.#current.advance();
  }

  #restore(shelf: Shelf): void {
    const groups = shelf.takeGroups();
    if (groups === undefined) return;
    const { storage } = this.#current;
    this.#current.buffered += storage.restore(new StoredGroups(this.#relieved(groups.read())));
    groups.release();
  }

  /** Where groups have grown too large for memory, their values leave it again. */
  *#relieved(blocks: Iterable<Uint8Array, void>): Generator<Uint8Array, void, undefined> {
    const { bytes, scratch } = this.#shelves!.room;
    for (const block of blocks) {
      yield block;
      const { heldBytes, storage } = this.#current;
      if (heldBytes <= bytes || isLittle(heldBytes, storage)) continue;
      for (const buffer of storage.buffers) buffer.spill(scratch);
    }
  }

  /** Gives the shelves up once little is on them. */
  #takeBack(): void {
    const shelves = this.#shelves;
    if (shelves === undefined || !this.#isQuiet) return;
    if (shelves.storedBytes > shelves.room.bytes * TAKEN_BACK_SHARE) return;
    if (shelves.elements > 0 || this.#dueShelf() !== undefined) return;
    if (this.#current.heldBytes > shelves.room.bytes) return;
    for (const shelf of shelves.all) this.#restore(shelf);
    this.#shelves = undefined;
    this.#shelf = undefined;
  }
}

import type { Scratch } from './scratch.js';
import type { Spillable, SpillOwner } from './spillable.js';

/** Part of the limit that is taken in between two looks at what is held. */
const LOOK_SHARE = 1 / 16;
/** What is spilled leaves the limit this part free again, so that the next look finds nothing to do. */
const KEPT_SHARE = 1 / 2;
/** Less than this part of the limit is not worth a file. */
const WORTH_SHARE = 1 / 256;

/**
 * How many bytes the stages of a job may hold in memory together: groups, elements that wait, side inputs.
 * Beyond it the largest of them are spilled. Not counted: what user code holds, and bundles that run.
 *
 *   M1. Only whoever calls `took` lets others be spilled: nothing is spilled while it is looked at.
 */
export class MemoryBudget {
  /** Bytes. */
  readonly limit: number;
  readonly scratch: Scratch;
  readonly #owners: SpillOwner[] = [];
  #sinceLook = 0;

  constructor(limit: number, scratch: Scratch) {
    this.limit = limit;
    this.scratch = scratch;
  }

  add(owner: SpillOwner): void {
    this.#owners.push(owner);
  }

  /**
   * Somebody took in so many bytes, and is at a point where what it holds may be spilled.
   *
   * @throws STRAHL-7004 where there is no space left
   */
  took(bytes: number): void {
    this.#sinceLook += bytes;
    if (this.#sinceLook < this.limit * LOOK_SHARE) return;
    this.#sinceLook = 0;
    this.#relieve();
  }

  #relieve(): void {
    const all: Spillable[] = [];
    let held = 0;
    for (const owner of this.#owners) {
      for (const spillable of owner.spillables()) {
        held += spillable.heldBytes;
        all.push(spillable);
      }
    }
    if (held <= this.limit) return;
    all.sort((a, b) => b.spillableBytes - a.spillableBytes);
    for (const spillable of all) {
      if (held <= this.limit * KEPT_SHARE) return;
      if (spillable.spillableBytes <= this.limit * WORTH_SHARE) return;
      const before = spillable.heldBytes;
      spillable.spill(this.scratch);
      held -= before - spillable.heldBytes;
    }
  }
}

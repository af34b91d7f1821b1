import type { Scratch } from './scratch.js';

/** Something that holds bytes and can have them leave memory. */
export interface Spillable {
  /** Bytes in memory, those that must stay there included. */
  readonly heldBytes: number;
  /** Bytes that would leave memory now. */
  readonly spillableBytes: number;
  /** Has them leave memory. Whoever reads them later gets the same. */
  spill(scratch: Scratch): void;
}

/** Who has such things. */
export interface SpillOwner {
  spillables(): Iterable<Spillable>;
}

/**
 * Room beyond memory, for what the engine may forget when the run ends. Nothing in it outlives the process,
 * so there is nothing to sync.
 *
 *   S1. What `read` gives is what `append` took, or it throws: a damaged block is never passed on.
 *   S2. All calls are synchronous: they stand in for memory, in places that cannot wait.
 */
export interface Scratch {
  open(): ScratchFile;
}

export interface ScratchFile {
  /** Of all blocks. */
  readonly bytes: number;
  /**
   * Keeps a block and answers its position. The bytes may be changed afterwards.
   *
   * @throws STRAHL-7004 where there is no space left
   */
  append(block: Uint8Array): number;
  /**
   * A block, by its position. It is not shared with anybody.
   *
   * @param room may be used for the answer, if it is large enough
   * @throws STRAHL-6004 for a block that is not what was written
   */
  read(position: number, room?: Uint8Array): Uint8Array;
  /** Gives the space back. Nothing of the file is read afterwards. */
  unlink(): void;
}

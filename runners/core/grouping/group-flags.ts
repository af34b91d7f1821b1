/*
 * The mark of a group under a trigger.
 *
 *   F1. A group holds at its pane's timestamp (HOLDS), or where its window expires (HOLDS_EXPIRY), or at
 *       both, until its next pane is out (WM-4, WM-6).
 *   F2. A closed group refuses elements until its window is collected (MRG-7).
 */

/** Elements arrived since the last pane. */
export const FRESH = 1;
/** Elements arrived in this bundle. */
export const TOUCHED = 2;
/** The trigger is finished. */
export const CLOSED = 4;
/** An element that was not late waits for its pane. */
export const HOLDS = 8;
/** A late element, or the final pane, waits for its pane. */
export const HOLDS_EXPIRY = 16;
/** The group counts among those that still hold at the end of their window, which has been passed. */
export const HOLDS_END = 32;

/*
 * Of windows that merge, each of which has a life of its own.
 *
 *   F3. The groups of a bundle are asked, and their trigger states merged, as they were before the bundle:
 *       what has come into being in it has no state to merge (NEW).
 */

/** The watermark has passed the end and the group was asked. */
export const ENDED = 64;
/** A firing because of the watermark is due. */
export const DUE = 128;
/** Came into being in this bundle. */
export const NEW = 256;
/** More than one window went into it in this bundle. */
export const MERGED = 512;
/** Merged into another one, or collected. */
export const GONE = 1024;
/** A pane was emitted for the window, or may have been: its counters have to be looked at. */
export const SPOKEN = 2048;

import type { Scratch } from '../spill/scratch.js';

/** A group of more bytes than this stays in files, and its pane says where. */
export interface LargeGroups {
  readonly bytes: number;
  readonly scratch: Scratch;
}

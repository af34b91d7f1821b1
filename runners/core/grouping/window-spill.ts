import type { Scratch } from '../spill/scratch.js';
import type { Spillable } from '../spill/spillable.js';
import { GroupParts, hasSmallGroups } from './group-parts.js';
import type { WindowGroups } from './window-groups.js';

/**
 * What a window holds, and how it leaves memory: values alone where groups are large, keys with them where
 * groups are small.
 */
export class WindowSpill implements Spillable {
  readonly #window: WindowGroups;
  readonly #mayPart: boolean;
  readonly #roomBytes: number;

  /** `mayPart`: the window fires once, so that nothing has to be known of its groups before and after. */
  constructor(window: WindowGroups, mayPart: boolean, roomBytes: number) {
    this.#window = window;
    this.#mayPart = mayPart;
    this.#roomBytes = roomBytes;
  }

  get heldBytes(): number {
    return this.#window.heldBytes;
  }

  get spillableBytes(): number {
    const { buffer, parts, heldBytes } = this.#window;
    if (parts !== undefined) return 0;
    return this.#mayPart && buffer.size > 0 ? heldBytes : buffer.spillableBytes;
  }

  spill(scratch: Scratch): void {
    const window = this.#window;
    if (window.parts !== undefined) return;
    if (!this.#mayPart || !hasSmallGroups(window)) {
      window.buffer.spill(scratch);
      return;
    }
    const parts = new GroupParts({ bytes: this.#roomBytes, scratch });
    parts.addAll(window);
    window.startParts(parts);
  }
}

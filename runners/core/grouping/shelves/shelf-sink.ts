import { ByteWriter } from '#portability/wire/writer.js';
import type { GroupSink, LeavingGroup } from './leaving-group.js';
import { RecordBlocks } from './record-blocks.js';
import type { Shelf } from './shelf.js';
import { blockBytesOf, type Shelves } from './shelves.js';
import { isLarge, writeGroup, writeValues, writeWindow } from './stored-groups.js';

/** What is being put on a shelf. */
interface Filling {
  readonly blocks: RecordBlocks;
  /** Number of the window that was written last. */
  window: number;
}

/** Puts groups on their shelves. */
export class ShelfSink implements GroupSink {
  readonly #shelves: Shelves;
  readonly #blockBytes: number;
  readonly #filling = new Map<Shelf, Filling>();
  readonly #window = new ByteWriter(64);
  #windows = 0;
  readonly #record = new ByteWriter(1024);

  constructor(shelves: Shelves) {
    this.#shelves = shelves;
    this.#blockBytes = blockBytesOf(shelves.room.bytes, shelves.all.length);
  }

  window(bytes: Uint8Array, facts: readonly number[]): void {
    this.#windows++;
    this.#window.pos = 0;
    writeWindow(this.#window, bytes, facts);
  }

  group(group: LeavingGroup): void {
    const record = this.#record;
    record.pos = 0;
    const shelf = this.#shelves.of(writeGroup(record, group));
    const filling = this.#fillingOf(shelf);
    const { blocks } = filling;
    shelf.buffered += group.values.countOf(group.valuesId);
    if (filling.window === this.#windows) blocks.add(written(record));
    else blocks.add(written(this.#window), written(record));
    filling.window = this.#windows;
    if (!isLarge(group)) return;
    writeValues(record, group, () => {
      blocks.add(written(record));
    });
  }

  /** Ends the writing; answers the shelves that got something. */
  end(): readonly Shelf[] {
    for (const [shelf, { blocks }] of this.#filling) {
      blocks.end();
      shelf.groups = blocks;
    }
    return [...this.#filling.keys()];
  }

  #fillingOf(shelf: Shelf): Filling {
    let filling = this.#filling.get(shelf);
    if (filling === undefined) {
      const blocks = new RecordBlocks(this.#shelves.room.scratch, this.#blockBytes);
      filling = { blocks, window: 0 };
      this.#filling.set(shelf, filling);
    }
    return filling;
  }
}

function written({ bytes, pos }: ByteWriter): Uint8Array {
  return bytes.subarray(0, pos);
}

import { ByteWriter } from '#portability/wire/writer.js';
import type { Scratch, ScratchFile } from '../../spill/scratch.js';

/** Records one behind the other, in blocks of a file: written, read once in that order, and given back. */
export class RecordBlocks {
  /** Of all records. */
  bytes = 0;
  readonly #file: ScratchFile;
  readonly #positions: number[] = [];
  readonly #blockBytes: number;
  #out: ByteWriter;

  constructor(scratch: Scratch, blockBytes: number) {
    this.#file = scratch.open();
    this.#blockBytes = blockBytes;
    this.#out = new ByteWriter(blockBytes);
  }

  /** No record is divided between blocks; what is added together neither. */
  add(record: Uint8Array, behind?: Uint8Array): void {
    this.#out.raw(record);
    if (behind !== undefined) this.#out.raw(behind);
    this.bytes += record.length + (behind?.length ?? 0);
    if (this.#out.pos >= this.#blockBytes) this.#flush();
  }

  /** To be called behind the last record: nothing stays in memory. */
  end(): void {
    this.#flush();
    this.#out = new ByteWriter(0);
  }

  /** A block is good until the next one is asked for. */
  *read(): Generator<Uint8Array, void, undefined> {
    let room: Uint8Array | undefined;
    for (const position of this.#positions) {
      const block = this.#file.read(position, room);
      if (room === undefined || block.length > room.length) room = block;
      yield block;
    }
  }

  release(): void {
    this.#file.unlink();
  }

  #flush(): void {
    if (this.#out.pos === 0) return;
    this.#positions.push(this.#file.append(this.#out.bytes.subarray(0, this.#out.pos)));
    this.#out.pos = 0;
  }
}

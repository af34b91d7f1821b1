import { ByteWriter } from '#portability/wire/writer.js';
import type { Scratch, ScratchFile } from '../spill/scratch.js';
import { SpilledRun } from './spilled-run.js';

/** Pieces are gathered into blocks of about this size; what is longer had better come in parts. */
export const BLOCK_BYTES: number = 128 * 1024;

/**
 * Values of groups that had to leave memory. They leave it together: a *run* has one piece per group, by the
 * number of the group, so that groups that are asked for in order are read in order.
 *
 *   V1. The values of a group are its pieces in the order of the runs, then what is in memory.
 *   V2. Forgetting a group's values writes nothing: pieces of earlier runs count no more. When no piece
 *       counts, the file is given back.
 */
export class SpilledValues {
  readonly #scratch: Scratch;
  #file: ScratchFile | undefined;
  #runs: SpilledRun[] = [];
  /** Per group: how many of its pieces count, and from which run on. */
  #pieces: Uint32Array = new Uint32Array(0);
  #since: Uint32Array = new Uint32Array(0);
  /** Pieces that count, of all groups. */
  #counting = 0;
  readonly #out = new ByteWriter(BLOCK_BYTES);
  /** Group of the first piece that is in `out`. */
  #first = 0;

  constructor(scratch: Scratch) {
    this.#scratch = scratch;
  }

  /** Makes room for what is noted about groups; all numbers are below `groups`. */
  begin(groups: number): void {
    this.#pieces = grown(this.#pieces, groups);
    this.#since = grown(this.#since, groups);
    this.#file ??= this.#scratch.open();
    this.#runs.push(new SpilledRun(this.#file));
  }

  /**
   * Starts the piece of a group in the run that was begun, or another part of it; the caller writes `size`
   * bytes to the answer. Groups come by their numbers.
   */
  piece(id: number, size: number, isFurther: boolean): ByteWriter {
    const out = this.#out;
    if (out.pos >= BLOCK_BYTES) this.#flush();
    if (out.pos === 0) this.#first = id;
    if (!isFurther) {
      this.#pieces[id]!++;
      this.#counting++;
    }
    out.int32(id);
    out.int32(size);
    return out;
  }

  end(): void {
    if (this.#out.pos > 0) this.#flush();
  }

  #flush(): void {
    const out = this.#out;
    const block = out.bytes.subarray(0, out.pos);
    this.#runs.at(-1)!.add(this.#first, this.#file!.append(block));
    out.pos = 0;
  }

  has(id: number): boolean {
    return id < this.#pieces.length && this.#pieces[id]! > 0;
  }

  /** Writes the values of a group that are here. */
  write(id: number, out: ByteWriter): void {
    for (const part of this.read(id)) out.raw(part);
  }

  /** The values of a group that are here, cut anywhere. A part is good until the next one is asked for. */
  *read(id: number): Generator<Uint8Array, void, undefined> {
    let left = this.has(id) ? this.#pieces[id]! : 0;
    for (let r = this.#since[id]!; left > 0; r++) {
      const run = this.#runs[r]!;
      if (!run.seek(id)) continue;
      do yield run.bytes.subarray(run.start, run.end);
      while (run.further());
      left--;
    }
  }

  forget(id: number): void {
    if (!this.has(id)) return;
    this.#counting -= this.#pieces[id]!;
    this.#pieces[id] = 0;
    this.#since[id] = this.#runs.length;
    if (this.#counting === 0) this.release();
  }

  /** Gives the file back. */
  release(): void {
    this.#file?.unlink();
    this.#file = undefined;
    this.#runs = [];
    this.#since.fill(0);
    this.#pieces.fill(0);
    this.#counting = 0;
  }
}

function grown(numbers: Uint32Array, length: number): Uint32Array {
  if (length <= numbers.length) return numbers;
  const more = new Uint32Array(Math.max(length, numbers.length * 2));
  more.set(numbers);
  return more;
}

import { ByteWriter } from '#portability/wire/writer.js';
import type { Scratch, ScratchFile } from '../spill/scratch.js';
import { SpilledRun } from './spilled-run.js';

/** Pieces are gathered into blocks of about this size; what is longer had better come in parts. */
export const BLOCK_BYTES: number = 128 * 1024;

/** A piece of a run that is longer than a block: blocks of its own, outside of the run's. */
interface LargePiece {
  readonly run: number;
  readonly positions: number[];
}

/** Where bytes lie. */
export interface Place {
  readonly file: ScratchFile;
  readonly position: number;
}

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
  readonly #large = new Map<number, LargePiece[]>();
  /** Bytes of large pieces, by group. */
  readonly #largeBytes = new Map<number, number>();
  /** Somebody else reads the file, too: it lives as long as that. */
  #isShared = false;
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
   * Starts the piece of a group in the run that was begun; the caller writes `size` bytes to the answer. Groups
   * come by their numbers.
   */
  piece(id: number, size: number): ByteWriter {
    const out = this.#out;
    if (out.pos >= BLOCK_BYTES) this.#flush();
    if (out.pos === 0) this.#first = id;
    this.#pieces[id]!++;
    this.#counting++;
    out.int32(id);
    out.int32(size);
    return out;
  }

  /** Starts a piece that is longer than a block; its bytes come by `part`. */
  largePiece(id: number): void {
    this.#pieces[id]!++;
    this.#counting++;
    const run = this.#runs.length - 1;
    const known = this.#large.get(id);
    if (known === undefined) this.#large.set(id, [{ run, positions: [] }]);
    else known.push({ run, positions: [] });
  }

  part(id: number, bytes: Uint8Array): void {
    this.#large.get(id)!.at(-1)!.positions.push(this.#file!.append(bytes));
    this.#largeBytes.set(id, this.sizeOf(id) + bytes.length);
  }

  /** Bytes of the group that are here, without those of small pieces. */
  sizeOf(id: number): number {
    return this.#largeBytes.get(id) ?? 0;
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
    for (const piece of this.#piecesOf(id)) {
      if (ArrayBuffer.isView(piece)) yield piece;
      else for (const position of piece.positions) yield this.#file!.read(position);
    }
  }

  /** Where the values of a group lie, for who reads them later; small pieces are moved to `file`. */
  *places(id: number, file: ScratchFile): Generator<Place, void, undefined> {
    for (const piece of this.#piecesOf(id)) {
      if (ArrayBuffer.isView(piece)) {
        yield { file, position: file.append(piece) };
        continue;
      }
      this.#isShared = true;
      for (const position of piece.positions) yield { file: this.#file!, position };
    }
  }

  *#piecesOf(id: number): Generator<Uint8Array | LargePiece, void, undefined> {
    let left = this.has(id) ? this.#pieces[id]! : 0;
    const large = this.#large.get(id) ?? [];
    let next = 0;
    for (let r = this.#since[id]!; left > 0; r++) {
      const run = this.#runs[r]!;
      if (large[next]?.run === r) yield large[next++]!;
      else if (run.seek(id)) yield run.bytes.subarray(run.start, run.end);
      else continue;
      left--;
    }
  }

  forget(id: number): void {
    if (!this.has(id)) return;
    this.#counting -= this.#pieces[id]!;
    this.#pieces[id] = 0;
    this.#since[id] = this.#runs.length;
    this.#large.delete(id);
    this.#largeBytes.delete(id);
    if (this.#counting === 0) this.release();
  }

  /** Gives the file back. */
  release(): void {
    if (!this.#isShared) this.#file?.unlink();
    this.#file = undefined;
    this.#isShared = false;
    this.#runs = [];
    this.#large.clear();
    this.#largeBytes.clear();
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

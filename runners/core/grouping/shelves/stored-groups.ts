import { hashView } from '#portability/wire/frames.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import type { ByteWriter } from '#portability/wire/writer.js';
import type { LeavingGroup } from './leaving-group.js';

const WINDOW = 0;
const GROUP = 1;
/** More values of the group in front of it. */
const MORE = 2;
/** Of a group: kind, hash, mark, number of values, and the sizes of key, values, cells and wakes. */
const GROUP_HEADER = 32;
/** Of a window: kind, number of facts, size. */
const WINDOW_HEADER = 12;
/** Of more values: kind, size. */
const MORE_HEADER = 8;
/** Values of one group. */
const LARGE_BYTES = 256 * 1024;
const NUMBER_BYTES = 8;

/** Writes the window of the groups behind it. */
export function writeWindow(out: ByteWriter, bytes: Uint8Array, facts: readonly number[]): void {
  out.int32(WINDOW);
  out.int32(facts.length);
  out.int32(bytes.length);
  for (const fact of facts) out.double(fact);
  out.raw(bytes);
}

/** Writes a group, without its values if they are large, and answers the hash of its key. */
export function writeGroup(out: ByteWriter, group: LeavingGroup): number {
  const { keys, keyId, values, valuesId, mark, cells, wakes } = group;
  const start = out.pos;
  out.ensure(GROUP_HEADER);
  out.pos += GROUP_HEADER;
  for (let i = 0; i < cells.length; i++) out.double(cells[i]!);
  for (const wake of wakes) out.double(wake);
  const keyStart = out.pos;
  keys.writeKey(keyId, out);
  const keyEnd = out.pos;
  const hash = hashView(out.view, keyStart, keyEnd);
  if (!isLarge(group)) values.writeValues(valuesId, out);
  const header = [GROUP, hash, mark, values.countOf(valuesId), keyEnd - keyStart];
  header.push(out.pos - keyEnd, cells.length, wakes.length);
  header.forEach((n, i) => {
    out.int32At(start + 4 * i, n);
  });
  return hash;
}

/** Its values come in several records, none of which needs much memory. */
export function isLarge({ values, valuesId }: LeavingGroup): boolean {
  return values.bytesOf(valuesId) > LARGE_BYTES;
}

/** Gives the values of a large group to `take`, record by record. */
export function writeValues(
  out: ByteWriter,
  { values, valuesId }: LeavingGroup,
  take: () => void,
): void {
  values.inParts(valuesId, (part) => {
    out.pos = 0;
    out.int32(MORE);
    out.int32(part.length);
    out.raw(part);
    take();
  });
}

/** Groups that come back, one after the other; the fields are those of the current one. */
export class StoredGroups {
  /** The encoded window, and what its grouping knew of it. The same object as long as the window is the same. */
  window: Uint8Array = new Uint8Array(0);
  facts: readonly number[] = [];
  hash = 0;
  mark = 0;
  /** The values belong to the group before, which has more of them. */
  isMore = false;
  /** Number of values: of the whole group, and none where there is more of it. */
  count = 0;
  cells: Float64Array = new Float64Array(0);
  wakes: readonly number[] = [];
  /** The key is `view[start, keyEnd)`, its values are `view[keyEnd, end)`. */
  view: DataView = new DataView(new ArrayBuffer(0));
  start = 0;
  keyEnd = 0;
  end = 0;
  readonly #blocks: Iterator<Uint8Array, void>;
  /** The same memory as `view`. */
  #bytes: Uint8Array = new Uint8Array(0);

  /** `blocks`: each holds some windows and groups whole. */
  constructor(blocks: Iterable<Uint8Array, void>) {
    this.#blocks = blocks[Symbol.iterator]();
  }

  /** Goes to the next group; false behind the last one. */
  next(): boolean {
    for (;;) {
      if (this.end === this.#bytes.length && !this.#nextBlock()) return false;
      const kind = this.view.getInt32(this.end);
      if (kind === WINDOW) {
        this.#readWindow(this.end);
        continue;
      }
      this.isMore = kind === MORE;
      if (this.isMore) this.#readMore(this.end);
      else this.#readGroup(this.end);
      return true;
    }
  }

  #nextBlock(): boolean {
    const next = this.#blocks.next();
    if (next.done === true) return false;
    this.#bytes = next.value;
    this.view = viewOf(next.value);
    this.end = 0;
    return true;
  }

  #readWindow(at: number): void {
    const facts = this.view.getInt32(at + 4);
    const from = at + WINDOW_HEADER + facts * NUMBER_BYTES;
    this.end = from + this.view.getInt32(at + 8);
    this.facts = this.#numbers(at + WINDOW_HEADER, facts);
    this.window = this.#bytes.slice(from, this.end);
  }

  #readMore(at: number): void {
    this.count = 0;
    this.keyEnd = at + MORE_HEADER;
    this.end = this.keyEnd + this.view.getInt32(at + 4);
  }

  #readGroup(at: number): void {
    const { view } = this;
    this.hash = view.getInt32(at + 4);
    this.mark = view.getInt32(at + 8);
    this.count = view.getInt32(at + 12);
    const cells = view.getInt32(at + 24);
    const wakes = view.getInt32(at + 28);
    const behind = at + GROUP_HEADER + cells * NUMBER_BYTES;
    if (this.cells.length !== cells) this.cells = new Float64Array(cells);
    for (let i = 0; i < cells; i++)
      this.cells[i] = view.getFloat64(at + GROUP_HEADER + i * NUMBER_BYTES);
    this.wakes = wakes === 0 ? NONE : this.#numbers(behind, wakes);
    this.start = behind + wakes * NUMBER_BYTES;
    this.keyEnd = this.start + view.getInt32(at + 16);
    this.end = this.keyEnd + view.getInt32(at + 20);
  }

  #numbers(at: number, count: number): number[] {
    return Array.from({ length: count }, (_, i) => this.view.getFloat64(at + i * NUMBER_BYTES));
  }
}

const NONE: readonly number[] = [];

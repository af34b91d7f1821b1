import { ByteReader } from '#portability/wire/reader.js';
import { copyOf } from '../input/frame-scan.js';
import { ClearedRanges } from './cleared-ranges.js';
import { OrderedList, type ListEntry } from './ordered-list.js';

interface WrittenList {
  /** Of committed entries. */
  readonly cleared: ClearedRanges;
  readonly added: OrderedList;
}

/** What a bundle has written to the ordered lists of a stage. */
export class WrittenLists {
  readonly #cells = new Map<number, WrittenList>();

  get cells(): Iterable<number> {
    return this.#cells.keys();
  }

  clear(cell: number, start: number, end: number): void {
    const { cleared, added } = this.#at(cell);
    cleared.add(start, end);
    added.clear(start, end);
  }

  append(cell: number, data: Uint8Array): void {
    const { added } = this.#at(cell);
    const input = new ByteReader(data);
    while (input.remaining > 0) {
      const start = input.pos;
      const time = input.varint();
      input.lengthPrefixed();
      added.add({ time, bytes: copyOf(data, start, input.pos) });
    }
  }

  /** Entries as the bundle sees them, encoded; they are looked for as they are taken. */
  *parts(
    cell: number,
    committed: OrderedList | undefined,
    start: number,
    end: number,
  ): IterableIterator<Uint8Array> {
    const written = this.#cells.get(cell);
    const kept = keptOf(committed, written?.cleared, start, end);
    if (written === undefined) for (const { bytes } of kept) yield bytes;
    else for (const { bytes } of merged(kept, written.added.range(start, end))) yield bytes;
  }

  applyTo(lists: Map<number, OrderedList>): void {
    for (const [cell, { cleared, added }] of this.#cells) {
      const list = lists.get(cell) ?? new OrderedList();
      for (const [start, end] of cleared) list.clear(start, end);
      for (const entry of added.range(-Infinity, Infinity)) list.add(entry);
      if (list.isEmpty) lists.delete(cell);
      else lists.set(cell, list);
    }
  }

  #at(cell: number): WrittenList {
    let written = this.#cells.get(cell);
    if (written === undefined) {
      written = { cleared: new ClearedRanges(), added: new OrderedList() };
      this.#cells.set(cell, written);
    }
    return written;
  }
}

function* keptOf(
  committed: OrderedList | undefined,
  cleared: ClearedRanges | undefined,
  start: number,
  end: number,
): IterableIterator<ListEntry> {
  if (committed === undefined) return;
  if (cleared === undefined) yield* committed.range(start, end);
  else for (const [from, to] of cleared.restOf(start, end)) yield* committed.range(from, to);
}

/** Both in order; of equal times those that were committed come first. */
function* merged(
  committed: Iterator<ListEntry>,
  added: Iterator<ListEntry>,
): IterableIterator<ListEntry> {
  let first = committed.next();
  let second = added.next();
  while (first.done !== true || second.done !== true) {
    if (first.done !== true && (second.done === true || first.value.time <= second.value.time)) {
      yield first.value;
      first = committed.next();
    } else {
      yield second.value as ListEntry;
      second = added.next();
    }
  }
}

import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { OrderedList, type ListEntry } from './ordered-list.js';

interface WrittenList {
  /** Ranges of committed entries that are gone. */
  readonly cleared: (readonly [start: number, end: number])[];
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
    cleared.push([start, end]);
    added.clear(start, end);
  }

  append(cell: number, data: Uint8Array): void {
    const { added } = this.#at(cell);
    const input = new ByteReader(data);
    while (input.remaining > 0) {
      added.add({ time: input.varint(), value: Uint8Array.from(input.lengthPrefixed()) });
    }
  }

  /** Entries as the bundle sees them, encoded. */
  parts(
    cell: number,
    committed: OrderedList | undefined,
    start: number,
    end: number,
  ): readonly Uint8Array[] {
    const written = this.#cells.get(cell);
    const kept = [...(committed?.range(start, end) ?? [])].filter(
      ({ time }) => written?.cleared.some(([from, to]) => time >= from && time < to) !== true,
    );
    const seen = new OrderedList();
    for (const entry of kept) seen.add(entry);
    for (const entry of written?.added.range(start, end) ?? []) seen.add(entry);
    return [...seen.range(start, end)].map(encoded);
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
      written = { cleared: [], added: new OrderedList() };
      this.#cells.set(cell, written);
    }
    return written;
  }
}

function encoded({ time, value }: ListEntry): Uint8Array {
  const out = new ByteWriter(value.length + 16);
  out.varint(time);
  out.lengthPrefixed(value);
  return out.toBytes();
}

/**
 * Checks the lengths inside of Arrow metadata before the library follows them: it trusts them, and a
 * damaged length would make it loop for minutes.
 *
 *   M1. A vector lies inside of the metadata.
 *   M2. No more tables are visited than the metadata has bytes, so that shared tables cannot multiply.
 */
export function checkMessage(metadata: Uint8Array): void {
  const message = rootOf(metadata);
  const kind = message.byte(1);
  const header = message.table(2);
  message.vector(4, 4);
  if (kind === SCHEMA) checkSchema(header);
  else if (kind === RECORD_BATCH) checkBatch(header);
  else if (kind === DICTIONARY_BATCH) checkBatch(header?.table(1));
}

/** The same for the footer of a file. */
export function checkFooter(footer: Uint8Array): void {
  const root = rootOf(footer);
  checkSchema(root.table(1));
  root.vector(2, BLOCK_BYTES);
  root.vector(3, BLOCK_BYTES);
  root.vector(4, 4);
}

const SCHEMA = 1;
const DICTIONARY_BATCH = 2;
const RECORD_BATCH = 3;
const UNION = 14;
const BLOCK_BYTES = 24;
/** A field node: rows and nulls; a buffer: offset and length. */
const PAIR_BYTES = 16;

function checkSchema(schema: Table | undefined): void {
  schema?.vector(2, 4);
  schema?.vector(3, 8);
  for (const field of schema?.tables(1) ?? []) checkField(field);
}

function checkField(field: Table): void {
  field.vector(6, 4);
  if (field.byte(2) === UNION) field.table(3)?.vector(1, 4);
  for (const child of field.tables(5)) checkField(child);
}

function checkBatch(batch: Table | undefined): void {
  batch?.vector(1, PAIR_BYTES);
  batch?.vector(2, PAIR_BYTES);
  batch?.vector(4, 8);
}

/** A table of a flatbuffer. Every access outside of the bytes throws a RangeError. */
class Table {
  readonly #view: DataView;
  readonly #at: number;
  readonly #budget: { visits: number };

  constructor(view: DataView, at: number, budget: { visits: number }) {
    if (--budget.visits < 0) throw new RangeError('more tables than bytes');
    this.#view = view;
    this.#at = at;
    this.#budget = budget;
  }

  byte(slot: number): number {
    const at = this.#field(slot);
    return at === undefined ? 0 : this.#view.getUint8(at);
  }

  table(slot: number): Table | undefined {
    const at = this.#field(slot);
    return at === undefined ? undefined : this.#follow(at);
  }

  *tables(slot: number): Generator<Table> {
    const { start, length } = this.vector(slot, 4);
    for (let i = 0; i < length; i++) yield this.#follow(start + 4 * i);
  }

  vector(slot: number, elementBytes: number): { readonly start: number; readonly length: number } {
    const at = this.#field(slot);
    if (at === undefined) return { start: 0, length: 0 };
    const start = at + this.#view.getUint32(at, true) + 4;
    const length = this.#view.getUint32(start - 4, true);
    if (start + length * elementBytes > this.#view.byteLength) {
      throw new RangeError(`a vector of ${String(length)} elements leaves the metadata`);
    }
    return { start, length };
  }

  #follow(at: number): Table {
    return new Table(this.#view, at + this.#view.getUint32(at, true), this.#budget);
  }

  /** Where a field stands, or undefined if it is left out. */
  #field(slot: number): number | undefined {
    const table = this.#at - this.#view.getInt32(this.#at, true);
    const entry = 4 + 2 * slot;
    if (entry >= this.#view.getUint16(table, true)) return undefined;
    const offset = this.#view.getUint16(table + entry, true);
    return offset === 0 ? undefined : this.#at + offset;
  }
}

function rootOf(bytes: Uint8Array): Table {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Table(view, view.getUint32(0, true), { visits: bytes.byteLength });
}

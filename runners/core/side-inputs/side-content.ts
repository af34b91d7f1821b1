import type { SideStateKey } from '#portability/fnapi/connection.js';
import { hashBytes } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { ElementEnd, ViewStage } from '../plan/plan.js';

/** Where the parts of a pair end. */
export type PairShape = NonNullable<ViewStage['pair']>;

/** The values of one key, as places of the content: start and end of each. */
interface Entry {
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly values: number[];
}

/**
 * One pane of a side window: nested encodings of its elements. Never changes, so that a bundle that has
 * read a part of it reads the rest of the same (SID-5).
 */
export class SideContent {
  readonly data: Uint8Array;
  readonly #pair: PairShape | undefined;
  readonly #element: ElementEnd | undefined;
  /** By the hash of the key; made at the first look-up. */
  #index: Map<number, Entry[]> | undefined;
  readonly #entries: Entry[] = [];

  constructor(data: Uint8Array, pair?: PairShape, element?: ElementEnd) {
    this.data = data;
    this.#pair = pair;
    this.#element = element;
  }

  /**
   * Where a part of `answer`, which `read` gave for such a key, may end that begins at `from`: behind the first
   * value that reaches `bytes`. A harness need not understand a value whose rest is in the next part.
   */
  partEnd({ kind }: SideStateKey, answer: Uint8Array, from: number, bytes: number): number {
    const value = this.#valueOf(kind);
    if (value === undefined || from + bytes >= answer.length) return answer.length;
    const input = new ByteReader(answer);
    input.pos = from;
    while (input.pos < from + bytes && input.remaining > 0) value.skip(input);
    return input.pos;
  }

  #valueOf(kind: SideStateKey['kind']): ElementEnd | undefined {
    switch (kind) {
      case 'iterable-side-input':
        return this.#element;
      case 'multimap-side-input':
        return this.#pair?.value;
      case 'multimap-keys-side-input':
        return this.#pair?.key;
      case 'multimap-keys-values-side-input':
        return undefined;
    }
  }

  /** What a harness reads of it. @throws RangeError for a look-up by key among elements that are no pairs */
  read(key: SideStateKey): Uint8Array {
    switch (key.kind) {
      case 'iterable-side-input':
        return this.data;
      case 'multimap-side-input':
        return this.#values(this.#find(key.key)?.values ?? []);
      case 'multimap-keys-side-input':
        return this.#all((out, { keyStart, keyEnd }) => {
          out.raw(this.data.subarray(keyStart, keyEnd));
        });
      case 'multimap-keys-values-side-input':
        return this.#all((out, { keyStart, keyEnd, values }) => {
          out.raw(this.data.subarray(keyStart, keyEnd));
          out.int32(values.length / 2);
          out.raw(this.#values(values));
        });
    }
  }

  #find(key: Uint8Array): Entry | undefined {
    return this.#indexed()
      .get(hashBytes(key, 0, key.length))
      ?.find((entry) => this.#hasKey(entry, key));
  }

  #hasKey({ keyStart, keyEnd }: Entry, key: Uint8Array): boolean {
    return Buffer.compare(this.data.subarray(keyStart, keyEnd), key) === 0;
  }

  #values(places: readonly number[]): Uint8Array {
    // One value is the common case, and needs no copy.
    if (places.length === 2) return this.data.subarray(places[0], places[1]);
    const out = new ByteWriter(64);
    for (let i = 0; i < places.length; i += 2) {
      out.raw(this.data.subarray(places[i], places[i + 1]));
    }
    return out.toBytes();
  }

  #all(write: (out: ByteWriter, entry: Entry) => void): Uint8Array {
    this.#indexed();
    const out = new ByteWriter(256);
    for (const entry of this.#entries) write(out, entry);
    return out.toBytes();
  }

  #indexed(): Map<number, Entry[]> {
    return (this.#index ??= this.#makeIndex());
  }

  #makeIndex(): Map<number, Entry[]> {
    const pair = this.#pair;
    if (pair === undefined) throw new RangeError('the elements of this side input have no keys');
    const index = new Map<number, Entry[]>();
    const input = new ByteReader(this.data);
    while (input.remaining > 0) {
      const keyStart = input.pos;
      pair.key.skip(input);
      const keyEnd = input.pos;
      pair.value.skip(input);
      this.#entryOf(index, keyStart, keyEnd).values.push(keyEnd, input.pos);
    }
    return index;
  }

  #entryOf(index: Map<number, Entry[]>, keyStart: number, keyEnd: number): Entry {
    const hash = hashBytes(this.data, keyStart, keyEnd);
    const key = this.data.subarray(keyStart, keyEnd);
    const same = index.get(hash) ?? [];
    if (same.length === 0) index.set(hash, same);
    const known = same.find((entry) => this.#hasKey(entry, key));
    if (known !== undefined) return known;
    const entry = { keyStart, keyEnd, values: [] };
    same.push(entry);
    this.#entries.push(entry);
    return entry;
  }
}

export const NO_CONTENT: SideContent = new SideContent(new Uint8Array(0), {
  key: { skip: () => undefined },
  value: { skip: () => undefined },
});

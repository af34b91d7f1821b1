import { hashBytes } from '#portability/wire/frames.js';
import { copyOf } from '../input/frame-scan.js';
import type { MapCells } from './map-cells.js';

interface WrittenKey {
  readonly key: Uint8Array;
  /** What was committed under the key is gone. */
  cleared: boolean;
  readonly parts: Uint8Array[];
}

/** What a bundle has written to the maps of a stage. */
export class WrittenMaps {
  readonly #cells = new Map<number, WrittenMap>();

  get cells(): Iterable<number> {
    return this.#cells.keys();
  }

  /** What the bundle wrote to a cell; `undefined` if nothing. */
  of(cell: number): WrittenMap | undefined {
    return this.#cells.get(cell);
  }

  at(cell: number): WrittenMap {
    let written = this.#cells.get(cell);
    if (written === undefined) this.#cells.set(cell, (written = new WrittenMap()));
    return written;
  }

  applyTo(maps: MapCells): void {
    for (const [cell, written] of this.#cells) written.applyTo(cell, maps);
  }
}

export class WrittenMap {
  cleared = false;
  readonly #keys = new Map<number, WrittenKey[]>();

  clear(): void {
    this.cleared = true;
    this.#keys.clear();
  }

  clearKey(key: Uint8Array): void {
    const written = this.#at(key);
    written.cleared = true;
    written.parts.length = 0;
  }

  /** A key is there from now on, also if its values take no bytes. */
  append(key: Uint8Array, data: Uint8Array): void {
    this.#at(key).parts.push(copyOf(data, 0, data.length));
  }

  /** The values under `key` as the bundle sees them. */
  parts(key: Uint8Array, committed: () => readonly Uint8Array[]): readonly Uint8Array[] {
    const written = this.#find(key);
    const kept = this.cleared || written?.cleared === true ? [] : committed();
    return written === undefined ? kept : [...kept, ...written.parts];
  }

  /** The keys as the bundle sees them. */
  *keys(committed: Iterable<Uint8Array>): IterableIterator<Uint8Array> {
    const seen = new Set<WrittenKey>();
    if (!this.cleared) {
      for (const key of committed) {
        const written = this.#find(key);
        if (written !== undefined) seen.add(written);
        if (written === undefined || !written.cleared || written.parts.length > 0) yield key;
      }
    }
    for (const written of this.#all()) {
      if (written.parts.length > 0 && !seen.has(written)) yield written.key;
    }
  }

  applyTo(cell: number, maps: MapCells): void {
    if (this.cleared) maps.clear(cell);
    for (const { key, cleared, parts } of this.#all()) {
      if (cleared) maps.clearKey(cell, key);
      for (const part of parts) maps.append(cell, key, part);
    }
  }

  *#all(): IterableIterator<WrittenKey> {
    for (const bucket of this.#keys.values()) yield* bucket;
  }

  #find(key: Uint8Array): WrittenKey | undefined {
    const bucket = this.#keys.get(hashBytes(key, 0, key.length));
    return bucket?.find((written) => Buffer.compare(written.key, key) === 0);
  }

  #at(key: Uint8Array): WrittenKey {
    const known = this.#find(key);
    if (known !== undefined) return known;
    const written = { key: copyOf(key, 0, key.length), cleared: false, parts: [] };
    const hash = hashBytes(key, 0, key.length);
    const bucket = this.#keys.get(hash);
    if (bucket === undefined) this.#keys.set(hash, [written]);
    else bucket.push(written);
    return written;
  }
}

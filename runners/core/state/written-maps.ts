import { latin1Of } from '#portability/wire/native-buffer.js';
import { copyOf } from '../input/frame-scan.js';
import type { MapCells } from './map-cells.js';

interface WrittenKey {
  /** What was committed under the key is gone. */
  cleared: boolean;
  parts: Uint8Array[];
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

/** What a bundle has written to one map. Keys are texts with a character for each byte. */
export class WrittenMap {
  cleared = false;
  readonly #keys = new Map<string, WrittenKey>();

  clear(): void {
    this.cleared = true;
    this.#keys.clear();
  }

  clearKey(key: string): void {
    const written = this.#at(key);
    written.cleared = true;
    written.parts.length = 0;
  }

  /** A key is there from now on, also if its values take no bytes. */
  append(key: string, data: Uint8Array, end: number): void {
    this.#at(key).parts.push(copyOf(data, 0, end));
  }

  /** As `clearKey` and `append`. */
  set(key: string, data: Uint8Array, end: number): void {
    const written = this.#at(key);
    written.cleared = true;
    written.parts = [copyOf(data, 0, end)];
  }

  /** What the bundle added under `key`. */
  added(key: string): readonly Uint8Array[] {
    return this.#keys.get(key)?.parts ?? [];
  }

  /** Whether the bundle still sees what was committed under `key`. */
  keepsCommitted(key: string): boolean {
    return !this.cleared && this.#keys.get(key)?.cleared !== true;
  }

  /** The keys as the bundle sees them. */
  *keys(committed: Iterable<Uint8Array>): IterableIterator<Uint8Array> {
    const seen = new Set<string>();
    if (!this.cleared) {
      for (const key of committed) {
        const text = latin1Of(key);
        const written = this.#keys.get(text);
        if (written !== undefined) seen.add(text);
        if (written === undefined || !written.cleared || written.parts.length > 0) yield key;
      }
    }
    for (const [key, { parts }] of this.#keys)
      if (parts.length > 0 && !seen.has(key)) yield Buffer.from(key, 'latin1');
  }

  applyTo(cell: number, maps: MapCells): void {
    if (this.cleared) maps.clear(cell);
    for (const [text, { cleared, parts }] of this.#keys) {
      const key = Buffer.from(text, 'latin1');
      const [first] = parts;
      if (cleared && first === undefined) maps.clearKey(cell, key);
      if (first === undefined) continue;
      if (cleared) maps.replace(cell, key, first);
      else maps.append(cell, key, first);
      for (let i = 1; i < parts.length; i++) maps.append(cell, key, parts[i]!);
    }
  }

  #at(key: string): WrittenKey {
    let written = this.#keys.get(key);
    if (written === undefined) this.#keys.set(key, (written = { cleared: false, parts: [] }));
    return written;
  }
}

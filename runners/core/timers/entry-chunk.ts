import { keepShape } from '#portability/wire/kept-shapes.js';
import { tableMemory } from '../state/table-memory.js';

/** Entries of the largest chunk. */
export const LARGEST_CHUNK = 4096;
export const ENTRY_BYTES = 16;

/** A run of entries in columns: time, what decides between equal times, and the number that is kept. */
export class EntryChunk {
  readonly times: Float64Array;
  readonly orders: Uint32Array;
  readonly items: Int32Array;
  /** Entries up to here are filled, those before `start` are taken. */
  count = 0;
  start = 0;

  constructor(capacity: number) {
    const bytes = capacity * ENTRY_BYTES;
    const memory = capacity === LARGEST_CHUNK ? tableMemory(bytes) : new ArrayBuffer(bytes);
    this.times = new Float64Array(memory, 0, capacity);
    this.orders = new Uint32Array(memory, capacity * 8, capacity);
    this.items = new Int32Array(memory, capacity * 12, capacity);
  }

  get heldBytes(): number {
    return this.times.length * ENTRY_BYTES;
  }
}

keepShape(new EntryChunk(1));

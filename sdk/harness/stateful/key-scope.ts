import type { ElementCoder } from '#portability/coders/coder.js';
import type {
  DirectBags,
  StateAccess,
  StatePage,
  UserStateKey,
} from '#portability/fnapi/connection.js';
import type { TransformId } from '#portability/model/ids.js';
import { GLOBAL_WINDOW, type Window } from '#portability/model/windows.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { isThenable } from '../operators/async-queue.js';

/** A key as it came: decoded, and where its bytes lie. */
export interface LocatedKey {
  readonly key: unknown;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly hash: number;
}

/** A state of the key that is in scope. */
export interface Cell {
  /** The scope has come to another key. */
  enter(): void;
  /** Gives what was written to the runner. */
  flush(): void;
}

/** A cell that is read at once; a runner elsewhere is asked for it before the function is called. */
export interface EagerCell extends Cell {
  readonly name: string;
  readonly isLoaded: boolean;
  load(page: StatePage): void;
}

/**
 * The key and window whose element or timer a function is called for, with its cells. One object serves
 * all calls: `enter` moves it on, and what was written under the key before goes to the runner then.
 */
export class KeyScope {
  key: unknown = undefined;
  bytes: Uint8Array = NO_BYTES;
  start = 0;
  end = 0;
  hash = 0;
  window: Window = GLOBAL_WINDOW;
  windowBytes: Uint8Array = NO_BYTES;
  readonly #transform: TransformId;
  readonly #windowCoder: ElementCoder<Window>;
  readonly #cells: Cell[] = [];
  readonly #eager: EagerCell[] = [];
  readonly #scratch = new ByteWriter(64);
  #state: StateAccess | undefined;
  #place = -1;
  #isOpen = false;
  /** Answers to what was written; the bundle ends when all are there. */
  #writes: Promise<void>[] = [];
  #keyBytes: Uint8Array | undefined;

  constructor(transform: TransformId, windowCoder: ElementCoder<Window>) {
    this.#transform = transform;
    this.#windowCoder = windowCoder;
  }

  add(cell: Cell): void {
    this.#cells.push(cell);
  }

  addEager(cell: EagerCell): void {
    this.#cells.push(cell);
    this.#eager.push(cell);
  }

  /** Starts a bundle. */
  open(state: StateAccess): void {
    this.#state = state;
    this.#isOpen = false;
    this.#writes = [];
  }

  get state(): StateAccess {
    return this.#state!;
  }

  get direct(): DirectBags | undefined {
    return this.#state!.bags;
  }

  /** Comes to a key and window; true if they are others than before. */
  enter(located: LocatedKey, window: Window): boolean {
    const { bytes, start, end, hash } = located;
    if (this.#isOpen && this.hash === hash && this.#isSame(bytes, start, end, window)) return false;
    this.leave();
    this.#isOpen = true;
    this.key = located.key;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.hash = hash;
    if (window !== this.window || this.windowBytes === NO_BYTES) this.#encodeWindow(window);
    this.#place = -1;
    this.#keyBytes = undefined;
    for (let i = 0; i < this.#cells.length; i++) this.#cells[i]!.enter();
    return true;
  }

  /** Gives to the runner what was written under the key. */
  leave(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (let i = 0; i < this.#cells.length; i++) this.#cells[i]!.flush();
  }

  /** Resolves when the runner has taken all that was written. */
  settled(): void | Promise<void> {
    if (this.#writes.length === 0) return;
    return Promise.all(this.#writes).then(() => undefined);
  }

  /** The runner's number of the place, in the same process. */
  get place(): number {
    if (this.#place < 0) {
      const { bytes, start, end, hash, windowBytes } = this;
      this.#place = this.direct!.place(bytes, start, end, hash, windowBytes);
    }
    return this.#place;
  }

  /** Asks a runner elsewhere for the cells that are read at once. */
  load(): void | Promise<void> {
    if (this.direct !== undefined) return;
    const missing = this.#eager.filter((cell) => !cell.isLoaded);
    if (missing.length === 0) return;
    return this.#load(missing);
  }

  async #load(cells: readonly EagerCell[]): Promise<void> {
    const keys = cells.map(({ name }) => ({ key: this.bagKey(name) }));
    const pages = await this.state.read(keys);
    for (const [i, cell] of cells.entries()) cell.load(await this.#whole(keys[i]!.key, pages[i]!));
  }

  async #whole(key: UserStateKey, first: StatePage): Promise<StatePage> {
    const parts = [first.data];
    for (let page = first; page.token !== undefined;) {
      [page] = (await this.state.read([{ key, token: page.token }])) as [StatePage];
      parts.push(page.data);
    }
    return { data: parts.length === 1 ? first.data : Buffer.concat(parts) };
  }

  bagKey(state: string): UserStateKey {
    return { kind: 'bag', ...this.#cell(state) };
  }

  mapKey(state: string, mapKey: Uint8Array): UserStateKey {
    return { kind: 'multimap', ...this.#cell(state), mapKey };
  }

  mapKeys(state: string): UserStateKey {
    return { kind: 'multimap-keys', ...this.#cell(state) };
  }

  listRange(state: string, start: number, end: number): UserStateKey {
    return { kind: 'ordered-list', ...this.#cell(state), start, end };
  }

  append(key: UserStateKey, data: Uint8Array): void {
    this.#note(this.state.append(key, data));
  }

  clear(key: UserStateKey): void {
    this.#note(this.state.clear(key));
  }

  /** `write` into a buffer; what it gives is good until the next call. */
  encoded(write: (out: ByteWriter) => void): Uint8Array {
    const out = this.#scratch;
    out.pos = 0;
    write(out);
    return out.bytes.subarray(0, out.pos);
  }

  /** A copy of the bytes of the key. */
  get ownKeyBytes(): Uint8Array {
    this.#keyBytes ??= Uint8Array.prototype.slice.call(this.bytes, this.start, this.end);
    return this.#keyBytes;
  }

  #cell(state: string): Pick<UserStateKey, 'transform' | 'state' | 'window' | 'key'> {
    const { windowBytes: window, ownKeyBytes: key } = this;
    return { transform: this.#transform, state, window, key };
  }

  #note(answer: void | Promise<void>): void {
    if (!isThenable(answer)) return;
    // Awaited at the end of the bundle; until then nobody must see it as forgotten.
    answer.then(undefined, () => undefined);
    this.#writes.push(answer);
  }

  #isSame(bytes: Uint8Array, start: number, end: number, window: Window): boolean {
    if (window !== this.window || end - start !== this.end - this.start) return false;
    for (let i = start, at = this.start; i < end; i++, at++) {
      if (bytes[i] !== this.bytes[at]) return false;
    }
    return true;
  }

  #encodeWindow(window: Window): void {
    const out = new ByteWriter(32);
    this.#windowCoder.encode(window, out);
    this.window = window;
    this.windowBytes = out.toBytes();
  }
}

const NO_BYTES = new Uint8Array(0);

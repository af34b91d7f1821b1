import type { StrahlError } from '#portability/errors.js';
import type { ElementCoder } from '#portability/coders/coder.js';
import type { StateAccess, StatePage, UserStateKey } from '#portability/fnapi/connection.js';
import type { DirectBags } from '#portability/fnapi/direct-state.js';
import type { TransformId } from '#portability/model/ids.js';
import { expiryOf, TIMESTAMP_MIN, type Duration, type EventTime } from '#portability/model/time.js';
import { GLOBAL_WINDOW, type Window } from '#portability/model/windows.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { isThenable } from '../answers.js';
import type { Step } from '../steps/step.js';

/** A key as it came: the runner's number of its place, or where its bytes lie. */
export interface LocatedKey {
  /** −1: not known, or the runner is elsewhere. */
  readonly place: number;
  /** Good if the place is not known. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly hash: number;
}

/** A state that knows how its runner keeps it. */
export interface OpenedCell {
  /** A bundle begins; its runner may be in this process. */
  open(state: StateAccess): void;
}

/** A state of the key that is in scope, which keeps something for as long. */
export interface Cell extends OpenedCell {
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
  bytes: Uint8Array = NO_BYTES;
  start = 0;
  end = 0;
  hash = 0;
  window: Window = GLOBAL_WINDOW;
  windowBytes: Uint8Array = NO_BYTES;
  /** When the window is over for late elements too: its timers fire until then. */
  expiry: EventTime = TIMESTAMP_MIN;
  readonly #transform: TransformId;
  readonly #keyCoder: ElementCoder<unknown>;
  readonly #windowCoder: ElementCoder<Window>;
  readonly #allowedLateness: Duration;
  readonly #opened: OpenedCell[] = [];
  readonly #cells: Cell[] = [];
  readonly #eager: EagerCell[] = [];
  readonly #input = new ByteReader(NO_BYTES);
  direct: DirectBags | undefined = undefined;
  #state: StateAccess | undefined;
  #place = -1;
  #key: unknown = undefined;
  #isDecoded = false;
  #isOpen = false;
  /** Answers to what was written; the bundle ends when all are there. */
  #writes: Promise<void>[] = [];
  #keyBytes: Uint8Array | undefined;

  constructor(
    transform: TransformId,
    keyCoder: ElementCoder<unknown>,
    windowCoder: ElementCoder<Window>,
    allowedLateness: Duration,
  ) {
    this.#transform = transform;
    this.#keyCoder = keyCoder;
    this.#windowCoder = windowCoder;
    this.#allowedLateness = allowedLateness;
  }

  addOpened(cell: OpenedCell): void {
    this.#opened.push(cell);
  }

  add(cell: Cell): void {
    this.addOpened(cell);
    this.#cells.push(cell);
  }

  addEager(cell: EagerCell): void {
    this.add(cell);
    this.#eager.push(cell);
  }

  /** Starts a bundle. */
  open(state: StateAccess): void {
    this.#state = state;
    this.direct = state.bags;
    this.#isOpen = false;
    this.#writes = [];
    for (const cell of this.#opened) cell.open(state);
  }

  /** The key, decoded when somebody asks. */
  get key(): unknown {
    if (!this.#isDecoded) {
      const input = this.#input;
      if (this.bytes === NO_BYTES) this.direct!.pointKey(this.#place, input);
      else input.reset(this.bytes, this.start, this.end);
      this.#key = this.#keyCoder.decode(input);
      this.#isDecoded = true;
    }
    return this.#key;
  }

  get state(): StateAccess {
    return this.#state!;
  }

  /** Comes to a key and window; true if they are others than before. */
  enter(located: LocatedKey, window: Window): boolean {
    if (this.#isOpen && window === this.window && this.#isAt(located)) return false;
    this.leave();
    this.#isOpen = true;
    this.bytes = located.bytes;
    this.start = located.start;
    this.end = located.end;
    this.hash = located.hash;
    if (window !== this.window || this.windowBytes === NO_BYTES) this.#enterWindow(window);
    this.#place = located.place;
    this.#isDecoded = false;
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

  /**
   * Refuses what is used behind its call: it would be lost, or be another key's.
   *
   * @throws STRAHL-4001
   */
  requireOpen(step: Step): void {
    if (!this.#isOpen) throw usedTooLate(step);
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

  /** A copy of the bytes of the key. */
  get ownKeyBytes(): Uint8Array {
    return (this.#keyBytes ??= this.#copyOfKey());
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

  #copyOfKey(): Uint8Array {
    if (this.bytes !== NO_BYTES) {
      return Uint8Array.prototype.slice.call(this.bytes, this.start, this.end);
    }
    const input = this.#input;
    this.direct!.pointKey(this.#place, input);
    return Uint8Array.prototype.slice.call(input.bytes, input.pos, input.end);
  }

  /** False if that is not sure: then the key is entered anew, which only costs. */
  #isAt({ place, bytes, start, end, hash }: LocatedKey): boolean {
    if (place >= 0 && this.#place >= 0) return place === this.#place;
    if (hash !== this.hash || end - start !== this.end - this.start) return false;
    if (bytes === NO_BYTES || this.bytes === NO_BYTES) return false;
    for (let i = start, at = this.start; i < end; i++, at++) {
      if (bytes[i] !== this.bytes[at]) return false;
    }
    return true;
  }

  /** The encoding of a window, as a text. */
  textOf(window: Window): string {
    const out = new ByteWriter(32);
    this.#windowCoder.encode(window, out);
    return out.bytes.toString('latin1', 0, out.pos);
  }

  #enterWindow(window: Window): void {
    const out = new ByteWriter(32);
    this.#windowCoder.encode(window, out);
    this.window = window;
    this.windowBytes = out.toBytes();
    this.expiry = expiryOf(window.maxTimestamp, this.#allowedLateness);
  }
}

function usedTooLate(step: Step): StrahlError {
  return step.error('userCodeThrew', {
    title: 'the function used its state or a timer after its call had ended',
    why: 'then the step is at another key, or at none',
    fix: 'return a promise, or await what comes later before the function ends',
  });
}

/** The bytes of a key of which only the place is known. */
export const NO_BYTES: Uint8Array = new Uint8Array(0);

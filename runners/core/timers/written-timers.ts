import { writePane } from '#portability/coders/panes.js';
import type { DirectTimers } from '#portability/fnapi/connection.js';
import { NO_FIRING, type Pane } from '#portability/model/panes.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { PaneNumbers } from './pane-numbers.js';
import type { TimerStore } from './timer-store.js';

const NO_TAG = new Uint8Array(0);
const CLEARED = -1;

/** What a bundle in the same process set and cleared, in order; nothing of it happens before `applyTo`. */
export class WrittenTimers implements DirectTimers {
  readonly #families: ReadonlyMap<string, number>;
  readonly #panes: PaneNumbers;
  readonly #places: number[] = [];
  readonly #kinds: number[] = [];
  readonly #fires: number[] = [];
  readonly #holds: number[] = [];
  /** By entry: number of the pane, or `CLEARED`. */
  readonly #paneNumbers: number[] = [];
  /** Entries with a tag. */
  readonly #tags = new Map<number, Uint8Array>();

  constructor(families: ReadonlyMap<string, number>, panes: PaneNumbers) {
    this.#families = families;
    this.#panes = panes;
  }

  familyNumber(family: string): number {
    const number = this.#families.get(family);
    if (number === undefined) throw new RangeError(`the stage has no timer family ${family}`);
    return number;
  }

  set(place: number, family: number, tag: string, fire: number, hold: number, pane: Pane): void {
    this.#add(place, family, tag, this.#paneNumber(pane));
    this.#fires.push(fire);
    this.#holds.push(hold);
  }

  clear(place: number, family: number, tag: string): void {
    this.#add(place, family, tag, CLEARED);
    this.#fires.push(0);
    this.#holds.push(0);
  }

  /** Sets and clears; gives the places of which a timer was cleared to `cleared`. */
  applyTo(store: TimerStore, cleared: (place: number) => void): void {
    const setting = { fire: 0, hold: 0, pane: 0 };
    for (let i = 0; i < this.#places.length; i++) {
      const place = this.#places[i]!;
      const family = this.#kinds[i]!;
      const tag = this.#tags.size === 0 ? NO_TAG : (this.#tags.get(i) ?? NO_TAG);
      const pane = this.#paneNumbers[i]!;
      if (pane === CLEARED) {
        store.clear(place, family, tag, 0, tag.length);
        cleared(place);
        continue;
      }
      setting.fire = this.#fires[i]!;
      setting.hold = this.#holds[i]!;
      setting.pane = pane;
      store.set(place, family, tag, 0, tag.length, setting);
    }
  }

  #add(place: number, family: number, tag: string, pane: number): void {
    if (tag !== '') this.#tags.set(this.#places.length, Buffer.from(tag));
    this.#places.push(place);
    this.#kinds.push(family);
    this.#paneNumbers.push(pane);
  }

  #paneNumber(pane: Pane): number {
    if (pane === NO_FIRING) return 0;
    const out = new ByteWriter(16);
    writePane(pane, out);
    return this.#panes.numberOf(out.bytes, 0, out.pos);
  }
}

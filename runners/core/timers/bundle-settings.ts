import { writePane } from '#portability/coders/panes.js';
import type { DirectTimers, DueTimers } from '#portability/fnapi/direct-state.js';
import { NO_FIRING, type Pane } from '#portability/model/panes.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { PlaceList } from '../state/place-list.js';
import type { PaneNumbers } from './pane-numbers.js';
import type { TimerJournal } from './timer-journal.js';
import type { TimerSetting } from './timer-setting.js';
import type { TimerStore } from './timer-store.js';

const NO_TAG = new Uint8Array(0);

/** What a bundle of the same process knows of the timers of its stage. */
export interface TimersOfStage {
  readonly store: TimerStore;
  readonly families: ReadonlyMap<string, number>;
  readonly panes: PaneNumbers;
  /** Of the bundle that runs: what it did, and the places of which it cleared a timer. */
  readonly journal: TimerJournal;
  readonly cleared: PlaceList;
}

/**
 * What a bundle in the same process does to timers: in place, and journalled until it is settled or taken
 * back. After that nothing is done any more.
 */
export class BundleSettings implements DirectTimers {
  readonly due: DueTimers;
  readonly #stage: TimersOfStage;
  readonly #setting = { fire: 0, hold: 0, pane: 0 } satisfies TimerSetting;
  #isOver = false;

  constructor(stage: TimersOfStage, due: DueTimers) {
    this.#stage = stage;
    this.due = due;
    stage.journal.clear();
    stage.cleared.clear();
  }

  /** Places of which a timer was cleared. */
  get cleared(): PlaceList {
    return this.#stage.cleared;
  }

  familyNumber(family: string): number {
    const number = this.#stage.families.get(family);
    if (number === undefined) throw new RangeError(`the stage has no timer family ${family}`);
    return number;
  }

  set(place: number, family: number, tag: string, fire: number, hold: number, pane: Pane): void {
    if (this.#isOver) return;
    const bytes = tag === '' ? NO_TAG : Buffer.from(tag);
    const setting = this.#setting;
    setting.fire = fire;
    setting.hold = hold;
    setting.pane = pane === NO_FIRING ? 0 : this.#paneNumber(pane);
    this.#stage.store.set(place, family, bytes, 0, bytes.length, setting, this.#stage.journal);
  }

  clear(place: number, family: number, tag: string): void {
    if (this.#isOver) return;
    const bytes = tag === '' ? NO_TAG : Buffer.from(tag);
    this.#stage.store.clear(place, family, bytes, 0, bytes.length, this.#stage.journal);
    this.cleared.push(place);
  }

  settle(): void {
    this.#isOver = true;
  }

  takeBack(): void {
    this.#isOver = true;
    this.#stage.store.takeBack(this.#stage.journal);
  }

  #paneNumber(pane: Pane): number {
    const out = new ByteWriter(16);
    writePane(pane, out);
    return this.#stage.panes.numberOf(out.bytes, 0, out.pos);
  }
}

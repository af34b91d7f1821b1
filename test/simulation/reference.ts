// A second opinion: what the model says about a grouping, worked out as naively as possible. Nothing here knows
// bundles, frames, stages or stored state, and no line is shared with the engine; only the type of a trigger is.
import type { TriggerSpec } from '#portability/model/triggers.js';
import * as triggers from './reference-triggers.js';
import { GLOBAL_END, interval, windowsOf, type RefWindow } from './reference-windows.js';
import type { RefElement, RefEvent, RefPane, RefResult, RefStrategy } from './script.js';

/** One window of one key that had an element. */
interface Pane {
  window: RefWindow;
  values: number[];
  /** Elements since the last pane. */
  fresh: number;
  trigger: triggers.Machine;
  finished: boolean;
  index: number;
  nonSpeculative: number;
  elementHold: number | undefined;
  gcHold: number | undefined;
  /** The last watermark that this window was looked at with. */
  seen: number;
}

/** What every script ends with. */
export const END: RefEvent = { kind: 'watermark', time: Infinity };

/** All panes that the grouping emits, in the order in which it emits them. */
export function evaluate(strategy: RefStrategy, events: readonly RefEvent[]): RefResult {
  const grouping = new Grouping(strategy);
  for (const event of [...events, END]) grouping.take(event);
  return grouping;
}

const known = (times: readonly (number | undefined)[]): number[] =>
  times.filter((time) => time !== undefined);

/** The state of a grouping, and what it has said so far. */
export class Grouping implements RefResult {
  readonly panes: RefPane[] = [];
  droppedLate = 0;
  droppedClosed = 0;
  /** The output watermark. */
  output = -Infinity;
  readonly #s: RefStrategy;
  readonly #merges: boolean;
  readonly #keys = new Map<string, Pane[]>();
  #watermark = -Infinity;
  #clock = 0;

  constructor(strategy: RefStrategy) {
    this.#s = strategy;
    this.#merges = strategy.windowFn.kind === 'sessions';
  }

  take(event: RefEvent): void {
    if (event.kind === 'elements') this.#elements(event.elements);
    if (event.kind === 'watermark') {
      this.#watermark = Math.max(this.#watermark, event.time);
      this.#wake(({ window, seen }) => {
        const passes = (t: number): boolean => seen <= t && this.#watermark > t;
        return passes(window.max) || passes(this.#gc(window));
      });
    }
    if (event.kind === 'clock') {
      this.#clock += event.by;
      this.#wake((pane) => this.#isAwake(this.#s.trigger, pane.trigger));
    }
    // WM-1: what is held, and nothing else, keeps the output behind the input.
    const held = [...this.#keys.values()].flat().flatMap((p) => [p.elementHold, p.gcHold]);
    this.output = Math.max(this.output, Math.min(this.#watermark, ...known(held)));
  }

  #gc({ max }: RefWindow): number {
    return Math.min(max + this.#s.lateness, GLOBAL_END);
  }

  #moment({ max }: RefWindow): triggers.Moment {
    return { watermark: this.#watermark, clock: this.#clock, max, merging: this.#merges };
  }

  #isAwake(spec: TriggerSpec, m: triggers.Machine): boolean {
    if (m.wake !== undefined && this.#clock > m.wake) return true;
    return triggers.subsOf(spec).some((sub, i) => this.#isAwake(sub, m.subs[i]!));
  }

  #elements(elements: readonly RefElement[]): void {
    for (const key of new Set(elements.map((e) => e.key))) {
      const list = this.#keys.get(key) ?? [];
      this.#keys.set(key, list);
      const arrived = elements
        .filter((e) => e.key === key)
        .flatMap((e) => windowsOf(this.#s.windowFn, e.time).map((window) => ({ ...e, window })));
      const kept = arrived.filter(({ window }) => this.#gc(window) >= this.#watermark);
      this.droppedLate += arrived.length - kept.length;
      if (this.#merges) for (const { window } of kept) this.#merge(list, window);
      const touched = kept.map(({ window, value, time }) => {
        const pane = this.#paneOf(list, window);
        if (pane.finished) this.droppedClosed++;
        else this.#add(pane, value, time);
        return pane;
      });
      for (const pane of new Set(touched)) this.#fireIfReady(key, pane);
    }
  }

  /** The pane of the window, or of the one that it was merged into. */
  #paneOf(list: Pane[], window: RefWindow): Pane {
    const holds = ({ start, end }: RefWindow): boolean =>
      start <= window.start && window.end <= end;
    const into = this.#merges ? list.find((p) => !p.finished && holds(p.window)) : undefined;
    const found = into ?? list.find((p) => p.window.id === window.id);
    if (found === undefined) list.push(this.#newPane(window));
    return found ?? list.at(-1)!;
  }

  #newPane(window: RefWindow): Pane {
    return {
      window,
      values: [],
      fresh: 0,
      trigger: triggers.machineOf(this.#s.trigger),
      finished: false,
      index: 0,
      nonSpeculative: 0,
      elementHold: undefined,
      gcHold: undefined,
      seen: this.#watermark,
    };
  }

  /** MRG-1 to MRG-7: the open sessions that a new one meets become one with it. */
  #merge(list: Pane[], { start, end }: RefWindow): void {
    const meets = ({ window }: Pane): boolean => window.start < end && start < window.end;
    const parts = list.filter((p) => !p.finished && meets(p));
    if (parts.length === 0) return;
    const starts = parts.map(({ window }) => window.start);
    const ends = parts.map(({ window }) => window.end);
    const window = interval(Math.min(start, ...starts), Math.max(end, ...ends));
    if (parts.length === 1 && parts[0]!.window.id === window.id) return;
    const others = list.filter((p) => !parts.includes(p) && p.window.id !== window.id);
    list.splice(0, list.length, ...others, this.#mergedPane(window, parts));
  }

  #mergedPane(window: RefWindow, parts: readonly Pane[]): Pane {
    // MRG-5: only a window that stays what it was goes on counting its panes.
    const same = parts.find((part) => part.window.id === window.id);
    const held = known(parts.map((p) => p.elementHold));
    const machines = parts.map((p) => p.trigger);
    return {
      ...this.#newPane(window),
      values: parts.flatMap((p) => p.values),
      fresh: parts.reduce((sum, p) => sum + p.fresh, 0),
      trigger: triggers.merged(this.#s.trigger, machines, this.#moment(window)),
      index: same?.index ?? 0,
      nonSpeculative: same?.nonSpeculative ?? 0,
      elementHold: held.length === 0 ? undefined : this.#holdOf(window, held),
      gcHold: parts.some((p) => p.gcHold !== undefined) ? this.#gc(window) : undefined,
    };
  }

  #holdOf(window: RefWindow, times: readonly number[]): number {
    if (this.#s.timestamps === 'end-of-window') return window.max;
    return this.#s.timestamps === 'earliest' ? Math.min(...times) : Math.max(...times);
  }

  #add(pane: Pane, value: number, time: number): void {
    const { window, elementHold } = pane;
    pane.values.push(value);
    pane.fresh++;
    // WM-6
    const hold = this.#holdOf(window, [time]);
    if (hold >= this.output && this.#watermark <= window.max) {
      pane.elementHold = this.#holdOf(window, known([elementHold, hold]));
    } else pane.gcHold = this.#gc(window);
    triggers.onElement(this.#s.trigger, pane.trigger, this.#moment(window));
  }

  #fireIfReady(key: string, pane: Pane): void {
    const now = this.#moment(pane.window);
    if (pane.finished || !triggers.shouldFire(this.#s.trigger, pane.trigger, now)) return;
    triggers.onFire(this.#s.trigger, pane.trigger, now);
    pane.finished = pane.trigger.finished;
    this.#emit(key, pane, pane.finished);
    pane.fresh = 0;
    if (pane.finished || !this.#s.accumulating) pane.values = [];
  }

  #wake(isDue: (pane: Pane) => boolean): void {
    for (const [key, list] of this.#keys) {
      for (const pane of list.filter(isDue)) {
        if (this.#watermark <= this.#gc(pane.window)) this.#fireIfReady(key, pane);
        else {
          if (!pane.finished) this.#emit(key, pane, true);
          list.splice(list.indexOf(pane), 1);
        }
      }
      for (const pane of list) pane.seen = this.#watermark;
    }
  }

  /** PAN-1 to PAN-4, ACC-2 to ACC-4. */
  #emit(key: string, pane: Pane, last: boolean): void {
    const { window, index } = pane;
    const time = Math.min(window.max, ...known([pane.elementHold, pane.gcHold]));
    pane.elementHold = undefined;
    pane.gcHold = !last && this.#s.closingAlways ? this.#gc(window) : undefined;
    const late = window.max < this.output || pane.nonSpeculative > 0;
    const timing = late ? 'late' : this.#watermark <= window.max ? 'early' : 'on-time';
    const isDue =
      pane.fresh > 0 ||
      (timing === 'on-time' && this.#s.onTimeAlways) ||
      (last && this.#s.closingAlways);
    if (!isDue) return;
    pane.index++;
    const nonSpeculative = timing === 'early' ? -1 : pane.nonSpeculative++;
    const values = [...pane.values].sort((a, b) => a - b);
    const position = { index, nonSpeculative, first: index === 0, last };
    this.panes.push({ key, window: window.id, values, time, timing, ...position });
  }
}

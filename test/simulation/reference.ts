// A second opinion: what the model says about a grouping, worked out as naively as possible. Nothing here knows
// bundles, frames, stages or stored state, and no line is shared with the engine; only the type of a trigger is.
import type { TriggerSpec } from '#portability/model/triggers.js';
import {
  GLOBAL_END,
  interval,
  windowsOf,
  type RefWindow,
  type RefWindowFn,
} from './reference-windows.js';
import {
  machineOf,
  merged,
  onElement,
  onFire,
  shouldFire,
  subsOf,
  type Machine,
  type Moment,
} from './reference-triggers.js';

const MIN = -Infinity;
const MAX = Infinity;
export interface RefStrategy {
  readonly windowFn: RefWindowFn;
  readonly trigger: TriggerSpec;
  readonly accumulating: boolean;
  readonly lateness: number;
  readonly timestamps: 'end-of-window' | 'earliest' | 'latest';
  readonly closingAlways: boolean;
  readonly onTimeAlways: boolean;
}

export interface RefElement {
  readonly key: string;
  readonly value: number;
  readonly time: number;
}

/** What happens to the grouping, one thing at a time. Elements of one event come together. */
export type RefEvent =
  | { readonly kind: 'elements'; readonly elements: readonly RefElement[] }
  | { readonly kind: 'watermark'; readonly time: number }
  | { readonly kind: 'clock'; readonly by: number };

export interface RefPane {
  readonly key: string;
  readonly window: string;
  /** In ascending order. */
  readonly values: readonly number[];
  readonly time: number;
  readonly timing: 'early' | 'on-time' | 'late';
  readonly index: number;
  readonly nonSpeculative: number;
  readonly first: boolean;
  readonly last: boolean;
}

export interface RefResult {
  readonly panes: readonly RefPane[];
  readonly droppedLate: number;
  readonly droppedClosed: number;
}

/** One window of one key that had an element. */
interface Pane {
  window: RefWindow;
  values: number[];
  /** Elements since the last pane. */
  fresh: number;
  trigger: Machine;
  finished: boolean;
  index: number;
  nonSpeculative: number;
  elementHold: number | undefined;
  gcHold: number | undefined;
  /** The last watermark that this window was looked at with. */
  seen: number;
}

/** All panes that the grouping emits, in the order in which it emits them. */
export function evaluate(strategy: RefStrategy, events: readonly RefEvent[]): RefResult {
  const grouping = new Grouping(strategy);
  for (const event of [...events, END]) grouping.take(event);
  return grouping;
}

/**
 * The panes of a grouping of the panes of another: `next` makes an element of a pane, at the pane's time. The
 * watermark of the second is what comes out of the first.
 */
export function evaluateChain(
  [first, second]: readonly [RefStrategy, RefStrategy],
  events: readonly RefEvent[],
  next: (pane: RefPane) => RefElement,
): RefResult {
  const before = new Grouping(first);
  const behind = new Grouping(second);
  for (const event of [...events, END]) {
    const known = before.panes.length;
    before.take(event);
    behind.take({ kind: 'elements', elements: before.panes.slice(known).map(next) });
    behind.take({ kind: 'watermark', time: before.output });
  }
  return behind;
}

const END: RefEvent = { kind: 'watermark', time: MAX };

class Grouping implements RefResult {
  readonly panes: RefPane[] = [];
  droppedLate = 0;
  droppedClosed = 0;
  /** The output watermark. */
  output = MIN;
  readonly #s: RefStrategy;
  readonly #keys = new Map<string, Pane[]>();
  #watermark = MIN;
  #clock = 0;

  constructor(strategy: RefStrategy) {
    this.#s = strategy;
  }

  take(event: RefEvent): void {
    switch (event.kind) {
      case 'elements':
        this.#elements(event.elements);
        break;
      case 'watermark':
        this.#watermark = Math.max(this.#watermark, event.time);
        this.#timers(({ window, seen }) => {
          const passes = (t: number): boolean => seen <= t && this.#watermark > t;
          return passes(window.max) || passes(this.#gc(window));
        });
        break;
      case 'clock':
        this.#clock += event.by;
        this.#timers((pane) => this.#isAwake(this.#s.trigger, pane.trigger));
    }
    this.#advanceOutput();
  }

  #gc({ max }: RefWindow): number {
    return Math.min(max + this.#s.lateness, GLOBAL_END);
  }

  #moment({ max }: RefWindow): Moment {
    const merging = this.#s.windowFn.kind === 'sessions';
    return { watermark: this.#watermark, clock: this.#clock, max, merging };
  }

  #isAwake(spec: TriggerSpec, m: Machine): boolean {
    if (m.wake !== undefined && this.#clock > m.wake) return true;
    return subsOf(spec).some((sub, i) => this.#isAwake(sub, m.subs[i]!));
  }

  #elements(elements: readonly RefElement[]): void {
    const touched = new Set<Pane>();
    for (const key of new Set(elements.map((e) => e.key))) {
      const arrived = elements
        .filter((e) => e.key === key)
        .flatMap((e) => windowsOf(this.#s.windowFn, e.time).map((window) => ({ ...e, window })));
      const kept = arrived.filter(({ window }) => this.#gc(window) >= this.#watermark);
      this.droppedLate += arrived.length - kept.length;
      if (this.#s.windowFn.kind === 'sessions')
        this.#merge(
          key,
          kept.map((e) => e.window),
        );
      for (const element of kept) {
        const pane = this.#paneOf(key, element.window);
        if (pane.finished) this.droppedClosed++;
        else {
          this.#add(pane, element.value, element.time);
          touched.add(pane);
        }
      }
      for (const pane of touched) this.#fireIfReady(key, pane);
      touched.clear();
    }
  }

  #list(key: string): Pane[] {
    if (!this.#keys.has(key)) this.#keys.set(key, []);
    return this.#keys.get(key)!;
  }

  /** The pane of the window, or of the one that it was merged into. */
  #paneOf(key: string, window: RefWindow): Pane {
    const list = this.#list(key);
    const into = list.find(
      (p) => !p.finished && p.window.start <= window.start && window.end <= p.window.end,
    );
    const same = list.find((p) => p.window.id === window.id);
    const found = this.#s.windowFn.kind === 'sessions' ? (into ?? same) : same;
    if (found !== undefined) return found;
    const made = this.#newPane(window);
    list.push(made);
    return made;
  }

  #newPane(window: RefWindow): Pane {
    return {
      window,
      values: [],
      fresh: 0,
      trigger: machineOf(this.#s.trigger),
      finished: false,
      index: 0,
      nonSpeculative: 0,
      elementHold: undefined,
      gcHold: undefined,
      seen: this.#watermark,
    };
  }

  /** MRG-1 to MRG-7: the open sessions of the key and the new ones, merged until none overlap. */
  #merge(key: string, arrived: readonly RefWindow[]): void {
    const list = this.#list(key);
    const isClosed = (w: RefWindow): boolean =>
      list.some((p) => p.finished && p.window.id === w.id);
    const open = list.filter((p) => !p.finished);
    const spans: { window: RefWindow; parts: Pane[] }[] = open.map((p) => ({
      window: p.window,
      parts: [p],
    }));
    for (const window of arrived) {
      const over = spans.filter((s) => s.window.start < window.end && window.start < s.window.end);
      if (over.length === 0 && isClosed(window)) continue;
      const parts = over.flatMap((s) => s.parts);
      const start = Math.min(window.start, ...over.map((s) => s.window.start));
      const end = Math.max(window.end, ...over.map((s) => s.window.end));
      for (const s of over) spans.splice(spans.indexOf(s), 1);
      spans.push({ window: interval(start, end), parts });
    }
    for (const { window, parts } of spans) {
      if (parts.length === 1 && parts[0]!.window.id === window.id) continue;
      for (const part of parts) list.splice(list.indexOf(part), 1);
      const stale = list.findIndex((p) => p.finished && p.window.id === window.id);
      if (stale >= 0) list.splice(stale, 1);
      list.push(this.#mergedPane(window, parts));
    }
  }

  #mergedPane(window: RefWindow, parts: readonly Pane[]): Pane {
    const pane = this.#newPane(window);
    // MRG-5: only a window that stays what it was goes on counting its panes.
    const same = parts.find((part) => part.window.id === window.id);
    const held = parts.map((p) => p.elementHold).filter((t) => t !== undefined);
    if (parts.length === 0) return pane;
    return Object.assign(pane, {
      values: parts.flatMap((p) => p.values),
      fresh: parts.reduce((sum, p) => sum + p.fresh, 0),
      trigger: merged(
        this.#s.trigger,
        parts.map((p) => p.trigger),
        this.#moment(window),
      ),
      index: same?.index ?? 0,
      nonSpeculative: same?.nonSpeculative ?? 0,
      elementHold: held.length === 0 ? undefined : this.#holdOf(window, held),
      gcHold: parts.some((p) => p.gcHold !== undefined) ? this.#gc(window) : undefined,
    });
  }

  #holdOf(window: RefWindow, times: readonly number[]): number {
    if (this.#s.timestamps === 'earliest') return Math.min(...times);
    return this.#s.timestamps === 'latest' ? Math.max(...times) : window.max;
  }

  #add(pane: Pane, value: number, time: number): void {
    const { window } = pane;
    pane.values.push(value);
    pane.fresh++;
    // WM-6
    const hold = this.#holdOf(window, [time]);
    if (hold >= this.output && this.#watermark <= window.max) {
      const times = pane.elementHold === undefined ? [hold] : [pane.elementHold, hold];
      pane.elementHold = this.#holdOf(window, times);
    } else pane.gcHold = this.#gc(window);
    onElement(this.#s.trigger, pane.trigger, this.#moment(window));
  }

  #fireIfReady(key: string, pane: Pane): void {
    const now = this.#moment(pane.window);
    if (pane.finished || !shouldFire(this.#s.trigger, pane.trigger, now)) return;
    onFire(this.#s.trigger, pane.trigger, now);
    const { finished } = pane.trigger;
    this.#emit(key, pane, finished);
    pane.fresh = 0;
    if (finished || !this.#s.accumulating) pane.values = [];
    pane.finished = finished;
  }

  #timers(isDue: (pane: Pane) => boolean): void {
    for (const [key, list] of this.#keys) {
      for (const pane of [...list]) {
        if (!isDue(pane)) continue;
        if (this.#watermark > this.#gc(pane.window)) {
          if (!pane.finished) this.#emit(key, pane, true);
          list.splice(list.indexOf(pane), 1);
        } else this.#fireIfReady(key, pane);
      }
      for (const pane of list) pane.seen = this.#watermark;
    }
  }

  /** PAN-1 to PAN-4, ACC-2 to ACC-4. */
  #emit(key: string, pane: Pane, finished: boolean): void {
    const { window } = pane;
    const holds = [pane.elementHold, pane.gcHold].filter((t) => t !== undefined);
    const time = Math.min(window.max, ...holds);
    pane.elementHold = undefined;
    pane.gcHold = !finished && this.#s.closingAlways ? this.#gc(window) : undefined;
    const late = window.max < this.output || pane.nonSpeculative > 0;
    const timing = late ? 'late' : this.#watermark <= window.max ? 'early' : 'on-time';
    const due =
      pane.fresh > 0 ||
      (timing === 'on-time' && this.#s.onTimeAlways) ||
      (finished && this.#s.closingAlways);
    if (!due) return;
    const { index } = pane;
    const nonSpeculative = timing === 'early' ? -1 : pane.nonSpeculative++;
    pane.index++;
    const values = [...pane.values].sort((a, b) => a - b);
    const position = { index, nonSpeculative, first: index === 0, last: finished };
    this.panes.push({ key, window: window.id, values, time, timing, ...position });
  }

  /** WM-1: what is held, and nothing else, keeps the output behind the input. */
  #advanceOutput(): void {
    const holds = [...this.#keys.values()].flat().flatMap((p) => [p.elementHold, p.gcHold]);
    const least = Math.min(this.#watermark, ...holds.filter((t) => t !== undefined));
    this.output = Math.max(this.output, least);
  }
}

import type {
  StateAccess,
  StateCell,
  StatePage,
  UserStateKey,
} from '#portability/fnapi/connection.js';
import { refuseUserState } from '#portability/fnapi/no-state.js';
import type { StageId } from '#portability/model/ids.js';
import type { EventTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import {
  copyOf,
  endOf,
  indexOf,
  timestampAt,
  windowCountAt,
  WINDOWS_AT,
} from '../input/frame-scan.js';
import type { Spillable } from '../spill/spillable.js';
import { PendingFrames } from '../input/pending.js';
import type { Edge, SideInputUse } from '../plan/plan.js';
import { lazyPage } from './lazy-page.js';
import { sideWindowOf } from './side-windows.js';
import type { ViewStore } from './view-store.js';
import { startsAt } from '../grouping/window-set.js';
import type { Bound } from '../time/watermarks.js';

export type Views = ReadonlyMap<StageId, ViewStore>;

interface SideWindow {
  readonly view: StageId;
  readonly window: Uint8Array;
  readonly maxTimestamp: EventTime;
}

/** A main window, the side windows that are read with it, and the elements that wait for them. */
interface MainWindow {
  readonly bytes: Uint8Array;
  readonly maxTimestamp: EventTime;
  readonly sides: readonly SideWindow[];
  readonly waiting: PendingFrames;
}

/**
 * Lets elements through to a stage once all side windows that are read with them are ready (SID-3).
 * What waits holds the input watermark. It is decided for each window: an element in k windows of
 * which one is not ready goes through in k − 1 and waits in one.
 */
export class SideInputGate {
  readonly #uses: readonly SideInputUse[];
  readonly #views: Views;
  /** Main windows with waiting elements. */
  readonly #waiting = new Set<MainWindow>();
  /** The same, by their last timestamps. */
  readonly #byEnd = new Map<EventTime, MainWindow[]>();
  #last: MainWindow | undefined;

  constructor(uses: readonly SideInputUse[], views: Views) {
    this.#uses = uses;
    this.#views = views;
  }

  get elements(): number {
    let elements = 0;
    for (const { waiting } of this.#waiting) elements += waiting.elements;
    return elements;
  }

  *spillables(): Iterable<Spillable> {
    for (const { waiting } of this.#waiting) yield waiting;
  }

  /** The least waiting timestamp and the first view it waits for. */
  bound(): Bound | undefined {
    let bound: Bound | undefined;
    for (const main of this.#waiting) {
      const { least } = main.waiting;
      if (bound !== undefined && least >= bound.time) continue;
      const side = main.sides.find((s) => !this.#isReady(s)) ?? main.sides[0]!;
      bound = { time: least, holder: { kind: 'side-input', view: side.view } };
    }
    return bound;
  }

  /** Gives what may go on to `pass`, keeps the rest. */
  receive(edge: Edge, frame: Frame, pass: (edge: Edge, frame: Frame) => void): void {
    const index = indexOf(frame, edge);
    if (this.#allReady(frame, index, edge)) {
      pass(edge, frame);
      return;
    }
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      const start = index[i]!;
      const windows = windowCountAt(frame.bytes, start);
      const ends = this.#windowEnds(frame.bytes, start, windows, edge);
      for (let k = 0; k < windows; k++) {
        const main = this.#mainAt(frame.bytes, k === 0 ? start + WINDOWS_AT : ends[k - 1]!, edge);
        const rest = frame.bytes.subarray(ends.at(-1), endOf(frame, index, i));
        const part = inOneWindow(timestampAt(frame.bytes, start), main.bytes, rest);
        const single = frame.lazy === undefined ? part : { ...part, lazy: frame.lazy };
        if (main.sides.every((side) => this.#isReady(side))) pass(edge, single);
        else this.#keep(main, edge, single);
      }
    }
  }

  /** Gives to `pass` what has become ready. */
  recheck(pass: (edge: Edge, frame: Frame) => void): void {
    for (const main of this.#waiting) {
      if (!main.sides.every((side) => this.#isReady(side))) continue;
      this.#forget(main);
      if (this.#last === main) this.#last = undefined;
      const all = { bytes: Infinity, elements: Infinity };
      for (const { edge, frame } of main.waiting.take(all)) pass(edge, frame);
    }
  }

  #isReady({ view, window, maxTimestamp }: SideWindow): boolean {
    return this.#views.get(view)!.isReady(window, maxTimestamp);
  }

  #keep(main: MainWindow, edge: Edge, frame: Frame): void {
    main.waiting.add(edge, frame);
    if (this.#waiting.has(main)) return;
    this.#waiting.add(main);
    const sameEnd = this.#byEnd.get(main.maxTimestamp);
    if (sameEnd === undefined) this.#byEnd.set(main.maxTimestamp, [main]);
    else sameEnd.push(main);
  }

  #forget(main: MainWindow): void {
    this.#waiting.delete(main);
    const rest = this.#byEnd.get(main.maxTimestamp)?.filter((m) => m !== main) ?? [];
    if (rest.length === 0) this.#byEnd.delete(main.maxTimestamp);
    else this.#byEnd.set(main.maxTimestamp, rest);
  }

  #allReady(frame: Frame, index: Int32Array, edge: Edge): boolean {
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      let at = index[i]! + WINDOWS_AT;
      for (let k = windowCountAt(frame.bytes, index[i]!); k > 0; k--) {
        const main = this.#mainAt(frame.bytes, at, edge);
        if (!main.sides.every((side) => this.#isReady(side))) return false;
        at += main.bytes.length;
      }
    }
    return true;
  }

  #windowEnds(bytes: Uint8Array, start: number, windows: number, edge: Edge): readonly number[] {
    const input = new ByteReader(bytes, start + WINDOWS_AT);
    return Array.from({ length: windows }, () => {
      edge.windowCoder.skip(input);
      return input.pos;
    });
  }

  #mainAt(bytes: Uint8Array, at: number, edge: Edge): MainWindow {
    if (this.#last !== undefined && startsAt(this.#last.bytes, bytes, at)) return this.#last;
    const input = new ByteReader(bytes, at);
    const window = edge.windowCoder.decode(input);
    const known = this.#byEnd.get(window.maxTimestamp)?.find((m) => startsAt(m.bytes, bytes, at));
    if (known !== undefined) return (this.#last = known);
    const sides = this.#uses.map(({ view, mapping }) => {
      const side = sideWindowOf(mapping, window);
      const out = new ByteWriter(32);
      this.#views.get(view)!.windowCoder.encode(side, out);
      return { view, window: out.toBytes(), maxTimestamp: side.maxTimestamp };
    });
    const { maxTimestamp } = window;
    const waiting = new PendingFrames();
    this.#last = { bytes: copyOf(bytes, at, input.pos), maxTimestamp, sides, waiting };
    return this.#last;
  }
}

function inOneWindow(timestamp: EventTime, window: Uint8Array, rest: Uint8Array): Frame {
  const out = new ByteWriter(WINDOWS_AT + window.length + rest.length);
  out.timestamp(timestamp);
  out.int32(1);
  out.raw(window);
  out.raw(rest);
  return { bytes: out.toBytes(), count: 1, minTimestamp: timestamp };
}

/** Reads side inputs for one bundle: what it has read once stays as it was (SID-5). */
export class BundleState implements StateAccess {
  readonly #uses: readonly SideInputUse[];
  readonly #views: Views;
  readonly #frames: readonly Frame[];
  readonly #seen: { readonly view: StageId; readonly window: Uint8Array; data: Uint8Array }[] = [];

  /** `frames` are the input of the bundle: groups in them may have values elsewhere. */
  constructor(uses: readonly SideInputUse[], views: Views, frames: readonly Frame[] = []) {
    this.#uses = uses;
    this.#views = views;
    this.#frames = frames;
  }

  read(cells: readonly StateCell[]): readonly StatePage[] {
    return cells.map(({ key, token }) => {
      if (key.kind === 'group-values') return lazyPage(this.#frames, key.token, token);
      if (key.kind !== 'iterable-side-input') return refuseUserState(key);
      const { transform, sideInput, window } = key;
      const use = this.#uses.find((u) => u.transform === transform && u.name === sideInput);
      if (use === undefined) {
        throw new RangeError(`${transform} has no side input ${sideInput} in this stage`);
      }
      return { data: this.#data(use.view, window) };
    });
  }

  append(key: UserStateKey): never {
    return refuseUserState(key);
  }

  clear(key: UserStateKey): never {
    return refuseUserState(key);
  }

  #data(view: StageId, window: Uint8Array): Uint8Array {
    const seen = this.#seen.find((s) => s.view === view && Buffer.compare(s.window, window) === 0);
    if (seen !== undefined) return seen.data;
    const data = this.#views.get(view)!.read(window);
    this.#seen.push({ view, window, data });
    return data;
  }
}

import type { ElementCoder } from '#portability/coders/coder.js';
import type { Connection } from '#portability/fnapi/connection.js';
import type { StageId } from '#portability/model/ids.js';
import type { Window } from '#portability/model/windows.js';
import type { EventTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { latin1Of } from '#portability/wire/native-buffer.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { copyOf, indexOf, windowCountAt, WINDOWS_AT } from '../input/frame-scan.js';
import type { Spillable } from '../spill/spillable.js';
import { PendingFrames } from '../input/pending.js';
import type { Edge, SideInputUse } from '../plan/plan.js';
import { isThenable } from '../thenable.js';
import { sideWindowOf } from './side-windows.js';
import { askToMap, mappedWindows } from './window-questions.js';
import type { Views } from './views.js';
import { partsByWindow } from './window-parts.js';
import { startsAt } from '../grouping/window-set.js';
import type { Bound } from '../time/watermarks.js';

interface SideWindow {
  readonly view: StageId;
  readonly window: Uint8Array;
  readonly maxTimestamp: EventTime;
}

/** A main window, the side windows that are read with it, and the elements that wait for them. */
interface MainWindow {
  readonly bytes: Uint8Array;
  readonly windowCoder: ElementCoder<Window>;
  readonly maxTimestamp: EventTime;
  /** One per side input; `undefined` until user code has answered which it is. */
  readonly sides: (SideWindow | undefined)[];
  readonly waiting: PendingFrames;
}

type Pass = (edge: Edge, frame: Frame) => void;

/** Windows whose mapping by user code is remembered beyond their elements. */
const REMEMBERED = 1_000;

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
  /** The same, and those of the frame that is looked at, by their last timestamps. */
  readonly #byEnd = new Map<EventTime, MainWindow[]>();
  /** Those that the frame that is looked at has brought. */
  readonly #brought: MainWindow[] = [];
  #last: MainWindow | undefined;
  /** Those among the waiting whose side windows only user code can find. */
  readonly #unmapped = new Set<MainWindow>();
  /** What user code answered, by encoded main window. */
  readonly #answered = new Map<string, readonly SideWindow[]>();
  #asking = false;

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
      const at = Math.max(
        0,
        main.sides.findIndex((side) => !this.#isReady(side)),
      );
      bound = { time: least, holder: { kind: 'side-input', view: this.#uses[at]!.view } };
    }
    return bound;
  }

  /** Whether elements wait for an answer of user code: `map` asks for it. */
  get unmapped(): boolean {
    return this.#unmapped.size > 0 && !this.#asking;
  }

  /** Whether an answer of user code is under way. */
  get asking(): boolean {
    return this.#asking;
  }

  /** Has user code find the side windows that nobody else can, and gives to `pass` what may go on then. */
  map(connection: Connection, pass: Pass): void | Promise<void> {
    const mains = [...this.#unmapped];
    const windows = mains.map(({ bytes }) => bytes);
    const answers = this.#uses.map(({ mapping }) =>
      mapping.kind === 'user'
        ? connection.mapWindows(mapping.stage, askToMap(windows, mains[0]!.windowCoder))
        : undefined,
    );
    if (answers.some((answer) => isThenable(answer))) {
      this.#asking = true;
      return Promise.all(answers.map((answer) => Promise.resolve(answer))).then((settled) => {
        this.#asking = false;
        this.#take(mains, settled, pass);
      });
    }
    this.#take(mains, answers as readonly (Frame | undefined)[], pass);
  }

  #take(mains: readonly MainWindow[], answers: readonly (Frame | undefined)[], pass: Pass): void {
    for (const [i, answer] of answers.entries()) {
      if (answer === undefined) continue;
      const { view } = this.#uses[i]!;
      const { windowCoder } = this.#views.get(view)!;
      for (const [n, mapped] of mappedWindows(answer, mains.length, windowCoder).entries()) {
        const { bytes: window, window: side } = mapped;
        mains[n]!.sides[i] = { view, window, maxTimestamp: side.maxTimestamp };
      }
    }
    for (const main of mains) {
      this.#unmapped.delete(main);
      this.#remember(main);
    }
    this.recheck(pass);
  }

  #remember({ bytes, sides }: MainWindow): void {
    if (this.#answered.size >= REMEMBERED) this.#answered.delete(firstOf(this.#answered.keys()));
    this.#answered.set(latin1Of(bytes), sides as readonly SideWindow[]);
  }

  /** Gives what may go on to `pass`, keeps the rest. */
  receive(edge: Edge, frame: Frame, pass: Pass): void {
    const index = indexOf(frame, edge);
    if (this.#allReady(frame, index, edge)) pass(edge, frame);
    else {
      const parts = partsByWindow(frame, index, (at) => this.#mainAt(frame.bytes, at, edge));
      for (const [main, part] of parts) {
        if (main.sides.every((side) => this.#isReady(side))) pass(edge, part);
        else this.#keep(main, edge, part);
      }
    }
    for (const main of this.#brought) if (!this.#waiting.has(main)) this.#forget(main);
    this.#brought.length = 0;
    this.#last = undefined;
  }

  /** Gives to `pass` what has become ready. */
  recheck(pass: Pass): void {
    for (const main of this.#waiting) {
      if (!main.sides.every((side) => this.#isReady(side))) continue;
      this.#forget(main);
      const all = { bytes: Infinity, elements: Infinity };
      for (const { edge, frame } of main.waiting.take(all)) pass(edge, frame);
    }
  }

  #isReady(side: SideWindow | undefined): boolean {
    if (side === undefined) return false;
    const { view, window, maxTimestamp } = side;
    return this.#views.get(view)!.isReady(window, maxTimestamp);
  }

  #keep(main: MainWindow, edge: Edge, frame: Frame): void {
    main.waiting.add(edge, frame);
    if (this.#waiting.has(main)) return;
    this.#waiting.add(main);
    if (main.sides.includes(undefined)) this.#unmapped.add(main);
  }

  #forget(main: MainWindow): void {
    this.#waiting.delete(main);
    const rest = this.#byEnd.get(main.maxTimestamp)?.filter((m) => m !== main) ?? [];
    if (rest.length === 0) this.#byEnd.delete(main.maxTimestamp);
    else this.#byEnd.set(main.maxTimestamp, rest);
  }

  #allReady(frame: Frame, index: Int32Array, edge: Edge): boolean {
    let ready: MainWindow | undefined;
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      let at = index[i]! + WINDOWS_AT;
      for (let k = windowCountAt(frame.bytes, index[i]!); k > 0; k--) {
        const main = this.#mainAt(frame.bytes, at, edge);
        if (main !== ready && !main.sides.every((side) => this.#isReady(side))) return false;
        ready = main;
        at += main.bytes.length;
      }
    }
    return true;
  }

  #mainAt(bytes: Uint8Array, at: number, edge: Edge): MainWindow {
    if (this.#last !== undefined && startsAt(this.#last.bytes, bytes, at)) return this.#last;
    const input = new ByteReader(bytes, at);
    const window = edge.windowCoder.decode(input);
    const sameEnd = this.#byEnd.get(window.maxTimestamp) ?? [];
    const known = sameEnd.find((m) => startsAt(m.bytes, bytes, at));
    if (known !== undefined) return (this.#last = known);
    const encoded = copyOf(bytes, at, input.pos);
    const main: MainWindow = {
      bytes: encoded,
      windowCoder: edge.windowCoder,
      maxTimestamp: window.maxTimestamp,
      sides: this.#sidesOf(window, encoded),
      waiting: new PendingFrames(),
    };
    this.#byEnd.set(main.maxTimestamp, [...sameEnd, main]);
    this.#brought.push(main);
    return (this.#last = main);
  }

  #sidesOf(main: Window, encoded: Uint8Array): (SideWindow | undefined)[] {
    const answered = this.#answered.size === 0 ? undefined : this.#answered.get(latin1Of(encoded));
    return this.#uses.map(({ view, mapping }, i) => {
      if (mapping.kind === 'user') return answered?.[i];
      const side = sideWindowOf(mapping, main);
      const out = new ByteWriter(32);
      this.#views.get(view)!.windowCoder.encode(side, out);
      return { view, window: out.toBytes(), maxTimestamp: side.maxTimestamp };
    });
  }
}

/** The oldest of a map that keeps the order of insertion. */
function firstOf(keys: Iterable<string>): string {
  for (const key of keys) return key;
  return '';
}

import { NestedCoder, type ElementCoder } from '#portability/coders/coder.js';
import { globalWindowCoder, intervalWindowCoder } from '#portability/coders/windows.js';
import { NO_FIRING, type Pane } from '#portability/model/panes.js';
import { duration, type EventTime } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { GLOBAL_WINDOW, intervalWindow, type Window } from '#portability/model/windows.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Frame } from '#portability/wire/frames.js';
import type { ByteReader } from '#portability/wire/reader.js';
import type { ByteWriter } from '#portability/wire/writer.js';
import type { FrameShape } from './frame-scan.js';

/** Times of tests are small whole numbers. */
export const at = (t: number): EventTime => t as EventTime;
export const interval = (start: number, end: number): Window => intervalWindow(at(start), at(end));
export { GLOBAL_WINDOW };

class TextCoder extends NestedCoder<string> {
  readonly urn = 'text';
  readonly deterministic = true;
  override encode(value: string, out: ByteWriter): void {
    out.string(value);
  }
  override decode(input: ByteReader): string {
    return input.string();
  }
  override skip(input: ByteReader): void {
    input.lengthPrefixed();
  }
}

class PairCoder<A, B> extends NestedCoder<readonly [A, B]> {
  readonly urn = 'pair';
  readonly deterministic = true;
  readonly #first: ElementCoder<A>;
  readonly #second: ElementCoder<B>;
  constructor(first: ElementCoder<A>, second: ElementCoder<B>) {
    super();
    this.#first = first;
    this.#second = second;
  }
  override encode([a, b]: readonly [A, B], out: ByteWriter): void {
    this.#first.encode(a, out);
    this.#second.encode(b, out);
  }
  override decode(input: ByteReader): readonly [A, B] {
    return [this.#first.decode(input), this.#second.decode(input)];
  }
  override skip(input: ByteReader): void {
    this.#first.skip(input);
    this.#second.skip(input);
  }
}

class ListCoder<T> extends NestedCoder<readonly T[]> {
  readonly urn = 'list';
  readonly deterministic = false;
  readonly #item: ElementCoder<T>;
  constructor(item: ElementCoder<T>) {
    super();
    this.#item = item;
  }
  override encode(values: readonly T[], out: ByteWriter): void {
    out.int32(values.length);
    for (const value of values) this.#item.encode(value, out);
  }
  override decode(input: ByteReader): readonly T[] {
    return Array.from({ length: input.int32() }, () => this.#item.decode(input));
  }
  override skip(input: ByteReader): void {
    for (let n = input.int32(); n > 0; n--) this.#item.skip(input);
  }
}

class SizeCoder extends NestedCoder<number> {
  readonly urn = 'size';
  readonly deterministic = false;
  override encode(value: number, out: ByteWriter): void {
    out.double(value);
  }
  override decode(input: ByteReader): number {
    return input.double();
  }
  override skip(input: ByteReader): void {
    input.raw(8);
  }
}

export const text: ElementCoder<string> = new TextCoder();
export const size: ElementCoder<number> = new SizeCoder();
export const pair = <A, B>(a: ElementCoder<A>, b: ElementCoder<B>): ElementCoder<readonly [A, B]> =>
  new PairCoder(a, b);
export const list = <T>(item: ElementCoder<T>): ElementCoder<readonly T[]> => new ListCoder(item);

export const textPairs: ElementCoder<readonly [string, string]> = pair(text, text);
export const grouped: ElementCoder<readonly [string, readonly string[]]> = pair(text, list(text));
export const windowCoder: ElementCoder<Window> = intervalWindowCoder;
export { globalWindowCoder };

/** Pairs of texts in interval windows. */
export const PAIRS: FrameShape = { windowCoder, keyCoder: text, elementCoder: textPairs };

export interface Element<T> {
  readonly value: T;
  readonly time: EventTime;
  readonly windows: readonly Window[];
  readonly pane: Pane;
}

/** An element that was never grouped. */
export function element<T>(value: T, time: number, ...windows: readonly Window[]): Element<T> {
  return { value, time: at(time), windows, pane: NO_FIRING };
}

/** One frame of the given elements, without an index. */
export function frameOf<T>(
  elements: readonly Element<T>[],
  coder: ElementCoder<T>,
  windows: ElementCoder<Window> = windowCoder,
): Frame {
  const writer = new FrameWriter({ windowCoder: windows, keyed: false, targetBytes: 2 ** 30 });
  for (const { value, time, windows: of, pane } of elements) {
    coder.encode(value, writer.begin(time, of, pane));
    writer.end();
  }
  const [frame] = writer.flush();
  if (frame === undefined) throw new RangeError('a frame holds at least one element');
  return frame;
}

export function elementsOf<T>(
  frames: readonly Frame[],
  coder: ElementCoder<T>,
  windows: ElementCoder<Window> = windowCoder,
): readonly Element<T>[] {
  const elements: Element<T>[] = [];
  const reader = new FrameReader(windows);
  for (const frame of frames) {
    reader.reset(frame);
    while (reader.next()) {
      const { timestamp: time, windows: of, pane } = reader;
      elements.push({ value: coder.decode(reader.input), time, windows: of, pane });
    }
  }
  return elements;
}

/** Fixed windows of ten, default trigger, everything else as a pipeline has it by default. */
export const TENS: WindowingStrategy = {
  windowFn: { kind: 'fixed', size: duration(10), offset: duration(0) },
  mergeStatus: 'non-merging',
  windowCoderId: 'window' as never,
  trigger: { kind: 'default' },
  accumulation: 'discarding',
  timestampCombiner: 'end-of-window',
  closing: 'if-non-empty',
  onTime: 'always',
  allowedLateness: duration(0),
  assignsToOneWindow: true,
};

/** Sessions with a gap of five. */
export const SESSIONS: WindowingStrategy = {
  ...TENS,
  windowFn: { kind: 'sessions', gap: duration(5) },
  mergeStatus: 'needs-merge',
};

/** The window of ten that `t` falls into. */
export function tenOf(t: number): Window {
  const start = Math.floor(t / 10) * 10;
  return interval(start, start + 10);
}

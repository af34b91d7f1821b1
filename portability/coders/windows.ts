import { StrahlError } from '../errors.js';
import { timeAtOrAfter } from '../model/exact-times.js';
import { exactBounds, exactIntervalWindow } from '../model/exact-windows.js';
import { GLOBAL_WINDOW_END, TIMESTAMP_MIN, type EventTime } from '../model/time.js';
import { GLOBAL_WINDOW, intervalWindow, type Window } from '../model/windows.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import { NestedCoder, type ElementCoder } from './coder.js';

/** −2^63, what the wire adds to a time. */
const SHIFT = 1n << 63n;

/** Zero bytes. */
class GlobalWindowCoder extends NestedCoder<Window> {
  readonly urn = 'beam:coder:global_window:v1';
  readonly deterministic = true;

  override encode(window: Window): void {
    if (window.kind !== 'global') throw wrongWindow(window, 'a global window');
  }

  override decode(): Window {
    return GLOBAL_WINDOW;
  }

  override skip(): void {
    // Nothing stands on the wire.
  }
}

/** The end as a time, then the length as an unsigned varint. */
class IntervalWindowCoder extends NestedCoder<Window> {
  readonly urn = 'beam:coder:interval_window:v1';
  readonly deterministic = true;

  override encode(window: Window, out: ByteWriter): void {
    if (window.kind !== 'interval') throw wrongWindow(window, 'an interval window');
    const { start, end } = window;
    const span = end - start;
    if (Number.isSafeInteger(end) && Number.isSafeInteger(start) && Number.isSafeInteger(span)) {
      if (span < 0) throw wrongWindow(window, 'a window that ends after its start');
      out.timestamp(end);
      out.varint(span);
      return;
    }
    const bounds = exactBounds(window);
    if (bounds === undefined || bounds.end < bounds.start) {
      throw wrongWindow(window, 'an interval of times');
    }
    writeMillis(bounds.end, out);
    out.varint64(BigInt.asIntN(64, bounds.end - bounds.start));
  }

  override decode(input: ByteReader): Window {
    const at = input.pos;
    const end = input.roundedMillis();
    const span = input.int64();
    const start = typeof span === 'number' && span >= 0 ? end - span : NaN;
    if (Number.isSafeInteger(end) && Number.isSafeInteger(start)) {
      return intervalWindow(start as EventTime, end as EventTime);
    }
    const exactEnd = readMillis(input, at);
    const exactStart = exactEnd - BigInt.asUintN(64, BigInt(span));
    if (exactStart < -SHIFT) input.fail('a window starts before the least 64-bit time', at);
    return exactIntervalWindow(exactStart, exactEnd);
  }

  override skip(input: ByteReader): void {
    input.need(8, 'a window');
    input.pos += 8;
    input.skipVarint();
  }
}

/** The last timestamp, then the window by `component`; only the owner understands the latter. */
class CustomWindowCoder extends NestedCoder<Window> {
  readonly urn = 'beam:coder:custom_window:v1';
  readonly deterministic: boolean;
  readonly #component: ElementCoder<unknown>;

  constructor(component: ElementCoder<unknown>) {
    super();
    this.#component = component;
    this.deterministic = component.deterministic;
  }

  override encode(window: Window, out: ByteWriter): void {
    if (window.kind !== 'custom') throw wrongWindow(window, 'a custom window');
    const interval = intervalIn(window.value);
    const bounds = interval === undefined ? undefined : exactBounds(interval);
    // A wrapped interval knows its exact end, which `maxTimestamp` may have rounded.
    if (bounds === undefined) out.timestamp(window.maxTimestamp);
    else writeMillis(bounds.end - 1n, out);
    this.#component.encode(window.value, out);
  }

  override decode(input: ByteReader): Window {
    const at = input.pos;
    const rounded = input.roundedMillis();
    const value = this.#component.decode(input);
    const maxTimestamp = intervalIn(value)?.maxTimestamp ?? lastTime(rounded, input, at);
    return Object.freeze({ kind: 'custom', value, maxTimestamp });
  }

  override skip(input: ByteReader): void {
    input.need(8, 'a window');
    input.pos += 8;
    this.#component.skip(input);
  }

  /** As `decode`, without making the window. */
  skipToLast(input: ByteReader): EventTime {
    const at = input.pos;
    const last = input.roundedMillis();
    if (Number.isSafeInteger(last) && this.#component !== intervalWindowCoder) {
      this.#component.skip(input);
      return last as EventTime;
    }
    input.pos = at;
    return this.decode(input).maxTimestamp;
  }
}

/** The time at `at`, whose number is `rounded`; of a window that ends beyond the limits, the limit. */
function lastTime(rounded: number, input: ByteReader, at: number): EventTime {
  if (Number.isSafeInteger(rounded)) return rounded as EventTime;
  const limit = rounded < 0 ? TIMESTAMP_MIN : GLOBAL_WINDOW_END;
  return (timeAtOrAfter(readMillis(input, at)) as EventTime | undefined) ?? limit;
}

function intervalIn(value: unknown): (Window & { readonly kind: 'interval' }) | undefined {
  const window = value as Window | null | undefined;
  return typeof window === 'object' && window?.kind === 'interval' ? window : undefined;
}

function writeMillis(ms: bigint, out: ByteWriter): void {
  const unsigned = BigInt.asUintN(64, ms + SHIFT);
  out.int32(Number(unsigned >> 32n) | 0);
  out.int32(Number(unsigned & 0xffffffffn) | 0);
}

function readMillis(input: ByteReader, at: number): bigint {
  return input.bytes.readBigUInt64BE(at) - SHIFT;
}

function wrongWindow(window: Window, expected: string): StrahlError {
  const found =
    window.kind === 'interval'
      ? `the interval [${String(window.start)}, ${String(window.end)})`
      : `a ${window.kind} window`;
  return new StrahlError('cannotEncode', { title: `expected ${expected} but found ${found}` });
}

export const globalWindowCoder: ElementCoder<Window> = new GlobalWindowCoder();
export const intervalWindowCoder: ElementCoder<Window> = new IntervalWindowCoder();

/** Moves `input` past a window of the user and answers the last timestamp of it; `undefined` for other windows. */
export function skipCustomWindow(
  coder: ElementCoder<Window>,
  input: ByteReader,
): EventTime | undefined {
  return coder instanceof CustomWindowCoder ? coder.skipToLast(input) : undefined;
}

export function customWindowCoder(component: ElementCoder<unknown>): ElementCoder<Window> {
  return new CustomWindowCoder(component);
}

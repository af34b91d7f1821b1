import type { ElementCoder } from '#portability/coders/coder.js';
import { readPane } from '#portability/coders/panes.js';
import { StrahlError } from '#portability/errors.js';
import type { TimerFrame } from '#portability/fnapi/connection.js';
import type { TransformId } from '#portability/model/ids.js';
import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import { hashBytes } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';

/** Numbers per timer in the index of a frame. */
export const TIMER_STRIDE = 8;
const KEY = 0;
const TAG = 1;
const TAG_END = 2;
const WINDOW = 3;
const WINDOW_END = 4;
/** Where the fire time starts; −1 for a timer that is cleared. */
const TIMES = 5;
const HASH = 6;
const KEY_END = 7;

/** What is needed to find the parts of a timer; no value is decoded. */
export interface TimerShape {
  readonly keyCoder: Pick<ElementCoder<unknown>, 'skip'>;
  readonly windowCoder: Pick<ElementCoder<unknown>, 'skip'>;
}

/**
 * Where the parts of each timer lie. Beam's timer: key, tag, windows, whether it is cleared, and if not
 * fire time, hold and pane.
 *
 * @throws STRAHL-5002 for what is no timer, STRAHL-8001 for a timer in several windows
 */
export function indexTimers({ bytes, count }: TimerFrame, shape: TimerShape): Int32Array {
  const index = new Int32Array(count * TIMER_STRIDE);
  const input = new ByteReader(bytes);
  for (let i = 0; i < index.length; i += TIMER_STRIDE) {
    index[i + KEY] = input.pos;
    shape.keyCoder.skip(input);
    index[i + KEY_END] = input.pos;
    index[i + HASH] = hashBytes(bytes, index[i + KEY]!, input.pos);
    const tagSize = input.varint();
    input.need(tagSize, 'a timer tag');
    index[i + TAG] = input.pos;
    input.pos += tagSize;
    index[i + TAG_END] = input.pos;
    const windows = input.int32();
    if (windows !== 1) throw severalWindows(windows);
    index[i + WINDOW] = input.pos;
    shape.windowCoder.skip(input);
    index[i + WINDOW_END] = input.pos;
    const cleared = input.byte() === 1;
    index[i + TIMES] = cleared ? -1 : input.pos;
    if (cleared) continue;
    input.need(16, 'the times of a timer');
    input.pos += 16;
    readPane(input);
  }
  if (input.remaining > 0) input.fail('a frame of timers has bytes behind its last one');
  return index;
}

function severalWindows(count: number): StrahlError {
  return new StrahlError('protocolBroken', {
    title: `a timer is set in ${String(count)} windows at once`,
    why: 'elements are given to a step that keeps state once per window',
  });
}

/** Walks the timers of an indexed frame; the fields describe the one that `at` was called for. */
export class TimerReader {
  bytes: Uint8Array = new Uint8Array(0);
  keyStart = 0;
  keyEnd = 0;
  keyHash = 0;
  tagStart = 0;
  tagEnd = 0;
  windowStart = 0;
  windowEnd = 0;
  cleared = false;
  fire = 0;
  /** NaN: none. */
  hold = 0;
  paneStart = 0;
  paneEnd = 0;
  readonly #input = new ByteReader(this.bytes);

  at(frame: TimerFrame, index: Int32Array, i: number): void {
    const { bytes } = frame;
    this.bytes = bytes;
    this.keyStart = index[i + KEY]!;
    this.keyHash = index[i + HASH]!;
    this.tagStart = index[i + TAG]!;
    this.tagEnd = index[i + TAG_END]!;
    this.keyEnd = index[i + KEY_END]!;
    this.windowStart = index[i + WINDOW]!;
    this.windowEnd = index[i + WINDOW_END]!;
    const times = index[i + TIMES]!;
    this.cleared = times < 0;
    if (this.cleared) return;
    const input = this.#input;
    input.reset(bytes, times, bytes.length);
    this.fire = input.timestamp();
    this.hold = holdAt(input);
    this.paneStart = input.pos;
    readPane(input);
    this.paneEnd = input.pos;
  }
}

/** TIME-4: one millisecond behind the largest time means that nothing is held. */
function holdAt(input: ByteReader): number {
  const { bytes, pos } = input;
  for (let i = 0; i < 8; i++) if (bytes[pos + i] !== NO_HOLD[i]) return input.timestamp();
  input.pos = pos + 8;
  return NaN;
}

const NO_HOLD = [0x80, 0x20, 0xc4, 0x9b, 0xa5, 0xe3, 0x53, 0xf8];

/** A timer to be written: all but its key. */
export interface WrittenTimer {
  readonly tag: Uint8Array;
  readonly window: Uint8Array;
  readonly fire: number;
  /** NaN: none. */
  readonly hold: number;
  /** Encoded. */
  readonly pane: Uint8Array;
}

/** Makes frames of timers: a run of one family is one frame, so that the order stays. */
export class TimerWriter {
  /** Least output timestamp of what was written. */
  hold: EventTime = TIMESTAMP_MAX;
  count = 0;
  readonly #transform: TransformId;
  readonly #frames: TimerFrame[] = [];
  #out = new ByteWriter(256);
  #family = '';
  #run = 0;

  constructor(transform: TransformId) {
    this.#transform = transform;
  }

  get byteSize(): number {
    return this.#out.pos;
  }

  write(family: string, writeKey: (out: ByteWriter) => void, timer: WrittenTimer): void {
    if (family !== this.#family) this.#endRun();
    this.#family = family;
    const out = this.#out;
    writeKey(out);
    out.lengthPrefixed(timer.tag);
    out.int32(1);
    out.raw(timer.window);
    out.byte(0);
    out.timestamp(timer.fire as EventTime);
    if (Number.isNaN(timer.hold)) for (const byte of NO_HOLD) out.byte(byte);
    else out.timestamp(timer.hold as EventTime);
    out.raw(timer.pane);
    this.#run++;
    this.count++;
    if (timer.hold < this.hold) this.hold = timer.hold as EventTime;
  }

  frames(): readonly TimerFrame[] {
    this.#endRun();
    return this.#frames;
  }

  #endRun(): void {
    if (this.#run === 0) return;
    const bytes = this.#out.toBytes();
    const run = { transform: this.#transform, family: this.#family, bytes, count: this.#run };
    this.#frames.push(Object.freeze(run));
    this.#out = new ByteWriter(256);
    this.#run = 0;
  }
}

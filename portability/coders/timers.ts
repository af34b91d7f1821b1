import type { Pane } from '../model/panes.js';
import type { EventTime } from '../model/time.js';
import type { Window } from '../model/windows.js';
import { CODER_URN } from '../urns.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import { NestedCoder, type ElementCoder } from './coder.js';
import { readWindows, skipWindows, writeWindows } from './element-windows.js';
import { readPane, writePane } from './panes.js';
import { boolCoder } from './primitives.js';

/** A timer as it travels: which one it is, and either that it is cleared or when it fires. */
export type TimerValue = TimerIdentity & (ClearedTimer | SetTimer);

export interface TimerIdentity {
  readonly key: unknown;
  readonly tag: string;
  readonly windows: readonly Window[];
}

export interface ClearedTimer {
  readonly kind: 'cleared';
}

export interface SetTimer {
  readonly kind: 'set';
  readonly fireAt: EventTime;
  /** The output timestamp, which holds the watermark; absent for a timer that holds nothing. */
  readonly hold?: EventTime;
  readonly pane: Pane;
}

/** One millisecond behind the largest time: "no output timestamp". */
const NO_HOLD: Uint8Array = Uint8Array.from([0x80, 0x20, 0xc4, 0x9b, 0xa5, 0xe3, 0x53, 0xf8]);

/** The key, nested; tag; windows; whether it is cleared; if not: fire time, hold, pane. */
export class TimerCoder extends NestedCoder<TimerValue> {
  readonly urn: string = CODER_URN.TIMER;
  readonly deterministic: boolean;
  readonly #key: ElementCoder<unknown>;
  readonly #window: ElementCoder<Window>;

  constructor(key: ElementCoder<unknown>, window: ElementCoder<Window>) {
    super();
    this.#key = key;
    this.#window = window;
    this.deterministic = key.deterministic && window.deterministic;
  }

  override encode(timer: TimerValue, out: ByteWriter): void {
    this.#key.encode(timer.key, out);
    out.string(timer.tag);
    writeWindows(timer.windows, this.#window, out);
    boolCoder.encode(timer.kind === 'cleared', out);
    if (timer.kind === 'cleared') return;
    out.timestamp(timer.fireAt);
    if (timer.hold === undefined) out.raw(NO_HOLD);
    else out.timestamp(timer.hold);
    writePane(timer.pane, out);
  }

  override decode(input: ByteReader): TimerValue {
    const key = this.#key.decode(input);
    const tag = input.string();
    const windows = readWindows(this.#window, input);
    if (boolCoder.decode(input)) return { key, tag, windows, kind: 'cleared' };
    const fireAt = input.timestamp();
    const hold = readHold(input);
    const pane = readPane(input);
    const set = { key, tag, windows, kind: 'set', fireAt, pane } as const;
    return hold === undefined ? set : { ...set, hold };
  }

  override skip(input: ByteReader): void {
    this.#key.skip(input);
    input.skipLengthPrefixed('a timer tag');
    skipWindows(this.#window, input);
    if (boolCoder.decode(input)) return;
    input.skipBytes(16);
    readPane(input);
  }
}

function readHold(input: ByteReader): EventTime | undefined {
  input.need(8, 'a hold');
  const { bytes, pos } = input;
  if (!NO_HOLD.every((byte, i) => byte === bytes[pos + i])) return input.timestamp();
  input.pos = pos + 8;
  return undefined;
}

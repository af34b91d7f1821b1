import type { Pane } from '../model/panes.js';
import type { EventTime } from '../model/time.js';
import type { Window } from '../model/windows.js';
import { CODER_URN } from '../urns.js';
import { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import type { ElementCoder } from './coder.js';
import { readWindows, skipWindows, writeWindows } from './element-windows.js';
import { readPane, writePane } from './panes.js';

export interface WindowedValue<T> {
  readonly value: T;
  readonly timestamp: EventTime;
  readonly windows: readonly Window[];
  readonly pane: Pane;
}

/** Timestamp, windows, pane, and the value in the context of the whole. */
export class WindowedValueCoder implements ElementCoder<WindowedValue<unknown>> {
  readonly urn: string = CODER_URN.WINDOWED_VALUE;
  readonly deterministic: boolean;
  readonly #value: ElementCoder<unknown>;
  readonly #window: ElementCoder<Window>;

  constructor(value: ElementCoder<unknown>, window: ElementCoder<Window>) {
    this.#value = value;
    this.#window = window;
    this.deterministic = value.deterministic && window.deterministic;
  }

  #writeHeader({ timestamp, windows, pane }: WindowedValue<unknown>, out: ByteWriter): void {
    out.timestamp(timestamp);
    writeWindows(windows, this.#window, out);
    writePane(pane, out);
  }

  encode(value: WindowedValue<unknown>, out: ByteWriter): void {
    this.#writeHeader(value, out);
    this.#value.encode(value.value, out);
  }

  encodeOuter(value: WindowedValue<unknown>, out: ByteWriter): void {
    this.#writeHeader(value, out);
    this.#value.encodeOuter(value.value, out);
  }

  decode(input: ByteReader): WindowedValue<unknown> {
    const header = this.#readHeader(input);
    return { ...header, value: this.#value.decode(input) };
  }

  decodeOuter(input: ByteReader): WindowedValue<unknown> {
    const header = this.#readHeader(input);
    return { ...header, value: this.#value.decodeOuter(input) };
  }

  #readHeader(input: ByteReader): Omit<WindowedValue<unknown>, 'value'> {
    const timestamp = input.timestamp();
    const windows = readWindows(this.#window, input);
    return { timestamp, windows, pane: readPane(input) };
  }

  skip(input: ByteReader): void {
    input.skipBytes(8);
    skipWindows(this.#window, input);
    readPane(input);
    this.#value.skip(input);
  }
}

/** The value alone; timestamp, windows and pane of all values stand in the coder's payload. */
export class ParamWindowedValueCoder implements ElementCoder<WindowedValue<unknown>> {
  readonly urn: string = CODER_URN.PARAM_WINDOWED_VALUE;
  readonly deterministic: boolean;
  readonly #value: ElementCoder<unknown>;
  readonly #header: Omit<WindowedValue<unknown>, 'value'>;

  /** `payload`: a windowed value of no bytes. */
  constructor(value: ElementCoder<unknown>, window: ElementCoder<Window>, payload: Uint8Array) {
    this.#value = value;
    this.deterministic = value.deterministic;
    const input = new ByteReader(payload);
    const timestamp = input.timestamp();
    const windows = readWindows(window, input);
    this.#header = { timestamp, windows, pane: readPane(input) };
  }

  encode(value: WindowedValue<unknown>, out: ByteWriter): void {
    this.#value.encode(value.value, out);
  }

  encodeOuter(value: WindowedValue<unknown>, out: ByteWriter): void {
    this.#value.encodeOuter(value.value, out);
  }

  decode(input: ByteReader): WindowedValue<unknown> {
    return { ...this.#header, value: this.#value.decode(input) };
  }

  decodeOuter(input: ByteReader): WindowedValue<unknown> {
    return { ...this.#header, value: this.#value.decodeOuter(input) };
  }

  skip(input: ByteReader): void {
    this.#value.skip(input);
  }
}

import type { ElementCoder } from '#portability/coders/coder.js';
import {
  formatTime,
  GLOBAL_WINDOW_END,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
  type ProcessingTime,
} from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { ByteReader } from '#portability/wire/reader.js';

const DAY_MS = 86_400_000;
/** A text of a record longer than this is cut. */
const LONGEST = 80;
// What a terminal would obey, or hide.
const CONTROLS = /[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** `12:03:10` on the day of `now` (UTC), with the date on any other. */
export function timeText(t: EventTime, now: ProcessingTime): string {
  if (t === TIMESTAMP_MIN) return 'the beginning of time';
  if (t === TIMESTAMP_MAX) return 'the end of time';
  if (t === GLOBAL_WINDOW_END) return 'the end of the global window';
  if (Math.abs(t) > 8.64e15) return `${String(t)} ms`;
  const iso = formatTime(t).replace(/(\.000)?Z$/, '');
  return Math.floor(t / DAY_MS) === Math.floor(now / DAY_MS)
    ? iso.slice(11)
    : iso.replace('T', ' ');
}

/** `[12:00:00, 12:05:00)` */
export function windowText(window: Window, now: ProcessingTime): string {
  switch (window.kind) {
    case 'global':
      return 'the global window';
    case 'interval':
      return `[${timeText(window.start, now)}, ${timeText(window.end, now)})`;
    case 'custom':
      return `the window that ends at ${timeText(window.maxTimestamp, now)}`;
  }
}

/** `950 B`, `1.2 kB` */
export function bytesText(bytes: number): string {
  if (bytes < 1_000) return `${String(bytes)} B`;
  const [size, unit] = (
    [
      [1e9, 'GB'],
      [1e6, 'MB'],
    ] as const
  ).find(([s]) => bytes >= s) ?? [1e3, 'kB'];
  return `${(bytes / size).toFixed(1)} ${unit}`;
}

export function countOf(n: number, what: string): string {
  return `${String(n)} ${what}${n === 1 ? '' : 's'}`;
}

/** A key as it prints: `"alice"`, `7`, `["a", 1]`; what the engine cannot decode as the text in its bytes. */
export function keyText(key: Uint8Array, coder: ElementCoder<unknown> | undefined): string {
  if (coder === undefined) return 'all elements';
  let value: unknown;
  try {
    value = coder.decode(new ByteReader(key));
  } catch {
    value = key;
  }
  return cut(printed(value));
}

/** Whether a key is the one that a person means by `asked`: as it prints, with or without quotes. */
export function isKey(
  key: Uint8Array,
  coder: ElementCoder<unknown> | undefined,
  asked: string,
): boolean {
  const text = keyText(key, coder);
  return text === asked || text === JSON.stringify(asked);
}

function printed(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'object':
      if (value instanceof Uint8Array) return bytesPrinted(value);
      if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
      return value === null ? 'null' : 'an object';
    default:
      return String(value);
  }
}

/** The longest printable text in bytes, or their hexadecimal form where there is none. */
function bytesPrinted(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const runs = text.split(/[\0-\x1f\x7f-\x9f\ufffd]+/).filter((run) => run.length > 0);
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), '');
  return longest === '' ? `0x${Buffer.from(bytes).toString('hex')}` : JSON.stringify(longest);
}

function cut(text: string): string {
  const safe = text.replace(CONTROLS, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST - 1)}…`;
}

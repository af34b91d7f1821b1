/** One request of a web-server log in the common or combined format. */
export interface Request {
  readonly client: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Without the query string. */
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
}

export type ParsedLine =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'rejected'; readonly why: string };

const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;
const LINE = new RegExp(
  String.raw`^(\S+) (\S+) (\S+) \[([^\]]*)\] ${QUOTED} (\d{3}) (\d+|-)(?: ${QUOTED}(?: ${QUOTED})?)?$`,
);
const REQUEST = /^\S+ (\S+)(?: \S+)?$/;
const TIME = /^(\d{2})\/(\w{3})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/;
// Moments that four digits of a year can tell.
const FIRST_YEAR = Date.parse('0001-01-01T00:00:00Z');
const AFTER_LAST_YEAR = Date.parse('9999-12-31T23:59:59Z') + 1_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads a line, or says why it is none. A carriage return at its end is ignored. */
export function parseLine(text: string): ParsedLine {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text;
  const match = LINE.exec(line);
  if (match === null) return { kind: 'rejected', why: whyNoLine(line) };
  const [, client = '', , , clock = '', requestLine = '', status = '', size = ''] = match;
  const time = parseTime(clock);
  if (time === undefined) return { kind: 'rejected', why: `impossible time [${clock}]` };
  const target = REQUEST.exec(requestLine)?.[1];
  if (target === undefined) return { kind: 'rejected', why: 'request without a path' };
  const path = target.split('?', 1)[0] ?? target;
  const bytes = size === '-' ? 0 : Number(size);
  if (!Number.isSafeInteger(bytes)) return { kind: 'rejected', why: `impossible size ${size}` };
  return { kind: 'request', request: { client, time, path, status: Number(status), bytes } };
}

function whyNoLine(line: string): string {
  if (line === '') return 'empty line';
  const quotes = line.replaceAll(/\\./g, '').split('"').length - 1;
  return quotes % 2 === 1 ? 'unclosed quote' : 'not in the combined log format';
}

/** `17/May/2015:10:05:03 +0000` as milliseconds, or `undefined` if no such moment exists. */
function parseTime(text: string): number | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, day = '', monthName = '', year = '', hour = '', minute = '', second = ''] = match;
  const month = MONTHS.indexOf(monthName);
  const date = new Date(Date.UTC(2000, 0, 1, +hour, +minute, +second));
  // Date.UTC takes the years 0 to 99 for those of the 20th century.
  const local = date.setUTCFullYear(+year, month, +day);
  const exists =
    month >= 0 && date.getUTCDate() === +day && +hour < 24 && +minute < 60 && +second < 60;
  const [zoneHours, zoneMinutes] = [Number(match[8]), Number(match[9])];
  if (!exists || zoneHours > 23 || zoneMinutes > 59) return undefined;
  const zone = (zoneHours * 60 + zoneMinutes) * 60_000;
  const time = match[7] === '-' ? local + zone : local - zone;
  return time >= FIRST_YEAR && time < AFTER_LAST_YEAR ? time : undefined;
}

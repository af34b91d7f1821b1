/** An error shows at most this many bytes of the element, in UTF-8. */
const LIMIT = 1024;
const DEPTH = 4;
const MEMBERS = 32;

// Control characters, and those that reorder or hide text on a terminal.

const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A short text for an element in an error: never longer than 1 KiB, without control characters, and
 * without running the element's own `toString` or `toJSON`.
 */
export function preview(element: unknown): string {
  let text: string;
  try {
    text = describe(element, DEPTH);
  } catch {
    return 'an element that cannot be shown';
  }
  return cut(text.replace(UNPRINTABLE, escape));
}

function escape(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function cut(text: string): string {
  const bytes = Buffer.from(text.length > LIMIT ? text.slice(0, LIMIT) : text);
  if (bytes.length <= LIMIT && text.length <= LIMIT) return text;
  // The ellipsis takes three bytes; a cut character decodes to U+FFFD, which is dropped.
  const head = new TextDecoder().decode(bytes.subarray(0, LIMIT - 3)).replace(/\ufffd+$/, '');
  return `${head}…`;
}

function describe(x: unknown, depth: number): string {
  switch (typeof x) {
    case 'string':
      return JSON.stringify(x.length > LIMIT ? x.slice(0, LIMIT) : x);
    case 'bigint':
      return `${String(x)}n`;
    case 'function':
      return 'a function';
    case 'object':
      return x === null ? 'null' : describeObject(x, depth);
    default:
      return Object.is(x, -0) ? '-0' : String(x);
  }
}

function describeObject(x: object, depth: number): string {
  if (ArrayBuffer.isView(x)) return describeBytes(x);
  const tag = Object.prototype.toString.call(x).slice(8, -1);
  if (tag === 'Date') return describeDate(x as Date);
  if (depth === 0) return Array.isArray(x) ? '[…]' : '{…}';
  if (Array.isArray(x)) return `[${members(x, (y) => describe(y, depth - 1))}]`;
  if (tag === 'Map') {
    const entries = (x as Map<unknown, unknown>).entries();
    return `Map {${members(entries, ([k, v]) => `${describe(k, depth - 1)} => ${describe(v, depth - 1)}`)}}`;
  }
  if (tag === 'Set') {
    return `Set {${members((x as Set<unknown>).values(), (y) => describe(y, depth - 1))}}`;
  }
  const fields = Object.entries(x);
  return `{${members(fields, ([k, v]) => `${JSON.stringify(k)}: ${describe(v, depth - 1)}`)}}`;
}

function members<T>(all: Iterable<T>, show: (x: T) => string): string {
  const parts: string[] = [];
  for (const x of all) {
    if (parts.length === MEMBERS) {
      parts.push('…');
      break;
    }
    parts.push(show(x));
  }
  return parts.join(', ');
}

function describeBytes(view: ArrayBufferView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, Math.min(view.byteLength, MEMBERS));
  const more = view.byteLength > MEMBERS ? '…' : '';
  return `${String(view.byteLength)} bytes ${Buffer.from(bytes).toString('hex')}${more}`;
}

function describeDate(date: Date): string {
  const ms = Date.prototype.getTime.call(date);
  return Number.isNaN(ms) ? 'Invalid Date' : new Date(ms).toISOString();
}

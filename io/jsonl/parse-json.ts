import { RecordFault } from '../files/bad-records.js';
import { mayRepeatKeys } from './repeated-keys.js';

/** Nesting of arrays and objects that a record may have. */
const MAX_DEPTH = 100;

/** Longer runs of digits may be beyond 2^53; exponents of three digits may be beyond a double. */
const SUSPECT = /\d{16}|[eE]\+?\d{3}/;
const OPENERS = /[[{]/g;

/**
 * JSON text as plain data. As `JSON.parse`, with three differences: an integer beyond ±(2^53 − 1) becomes a
 * bigint instead of being rounded, a number that no double can hold is refused, and so is an object that gives a
 * key twice. `__proto__` is a property like any other.
 *
 * @throws RecordFault for what is not JSON, nests deeper than 100, or is refused
 */
export function parseJson(text: string): unknown {
  if (text.length > MAX_DEPTH) checkDepth(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (e) {
    throw syntaxFault(text, e);
  }
  const exact = SUSPECT.test(text) || mayRepeatKeys(text, value);
  return exact ? new ExactReader(text).read() : value;
}

function syntaxFault(text: string, e: unknown): RecordFault {
  const message = (e as { readonly message?: string }).message ?? 'no JSON';
  const at = /position (\d+)/.exec(message)?.[1];
  // Node quotes the text itself in some messages; the error shows it once, escaped.
  const why = message.replace(/, "?[^]*"? is not valid JSON$/, '').replace(/ in JSON at .*$/s, '');
  const column = at === undefined ? endColumn(text, message) : Number(at) + 1;
  return new RecordFault('recordMismatch', `not JSON: ${why}`, column);
}

function endColumn(text: string, message: string): number | undefined {
  return message.includes('end of JSON') ? text.length + 1 : undefined;
}

function checkDepth(text: string): void {
  // Most records have few brackets: counting them is cheaper than telling strings from structure.
  let openers = 0;
  OPENERS.lastIndex = 0;
  while (openers <= MAX_DEPTH && OPENERS.exec(text) !== null) openers++;
  if (openers <= MAX_DEPTH) return;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') i = endOfString(text, i);
    else if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') depth--;
    if (depth > MAX_DEPTH) {
      throw new RecordFault('limitExceeded', `nested deeper than ${String(MAX_DEPTH)}`, i + 1);
    }
  }
}

/** Index of the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}

/** A key as an error shows it. */
function shown(key: string): string {
  return JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key);
}

/** Reads text that is known to be JSON, number by number and key by key. */
class ExactReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): unknown {
    this.#blank();
    const char = this.#text[this.#at];
    if (char === '{') return this.#object();
    if (char === '[') return this.#array();
    if (char === '"') return this.#string();
    const literal = /[^\s,\]}]+/y;
    literal.lastIndex = this.#at;
    const word = literal.exec(this.#text)?.[0] ?? '';
    this.#at += word.length;
    return this.#scalar(word);
  }

  #scalar(word: string): unknown {
    const value = JSON.parse(word) as unknown;
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    if (/^-?\d+$/.test(word)) return BigInt(word);
    if (Number.isFinite(value)) return value;
    const why = `${word.slice(0, 40)} is beyond what a number can hold`;
    throw new RecordFault('integerOutOfRange', why, this.#at - word.length + 1);
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#each('}', () => {
      const start = this.#at;
      const key = this.#string();
      if (Object.hasOwn(object, key)) {
        throw new RecordFault('recordMismatch', `the key ${shown(key)} is given twice`, start + 1);
      }
      this.#blank();
      this.#at++;
      const value = this.read();
      // Defined, not set: a record must not change its own prototype.
      Object.defineProperty(object, key, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    });
    return object;
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    this.#each(']', () => items.push(this.read()));
    return items;
  }

  #each(close: string, item: () => void): void {
    this.#at++;
    this.#blank();
    while (this.#text[this.#at] !== close) {
      item();
      this.#blank();
      if (this.#text[this.#at] === ',') this.#at++;
      this.#blank();
    }
    this.#at++;
  }

  #string(): string {
    const end = endOfString(this.#text, this.#at) + 1;
    const text = JSON.parse(this.#text.slice(this.#at, end)) as string;
    this.#at = end;
    return text;
  }

  #blank(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}

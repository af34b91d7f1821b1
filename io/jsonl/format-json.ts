/** What `JSON.stringify` would change without a word. */
const SUSPECT = /null|\{\}|"0":/;

/**
 * A value as one line of JSON. A bigint is written as an integer, a `Date` as ISO text; properties that are
 * `undefined` are left out.
 *
 * @throws TypeError for what JSON cannot say: NaN, infinities, maps, sets, bytes, functions, cycles
 */
export function formatJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = stringify(value);
  } catch (e) {
    if (!holdsBigint(value, 0)) throw e;
    check(value, 'value', 0);
    return write(value);
  }
  if (text === undefined) throw new TypeError(`JSON has no ${typeof value}`);
  if (SUSPECT.test(text)) check(value, 'value', 0);
  return text;
}

/** The library's type leaves out that some values have no text. */
const stringify: (value: unknown) => string | undefined = JSON.stringify;

const MAX_DEPTH = 100;

function holdsBigint(value: unknown, depth: number): boolean {
  if (typeof value === 'bigint') return true;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  return Object.values(value).some((item) => holdsBigint(item, depth + 1));
}

function check(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new TypeError(`${path} nests deeper than ${String(MAX_DEPTH)}`);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`${path} is ${String(value)}, which JSON cannot say`);
  }
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return;
  if (!Array.isArray(value) && !isRecord(value)) {
    throw new TypeError(`${path} is a ${nameOf(value)}, which JSON cannot say`);
  }
  for (const [key, item] of Object.entries(value)) check(item, `${path}.${key}`, depth + 1);
}

function isRecord(value: object): boolean {
  const kind = Object.prototype.toString.call(value);
  return kind === '[object Object]' && !ArrayBuffer.isView(value);
}

function nameOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function write(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null)
    return isSayable(value) ? JSON.stringify(value) : 'null';
  if ('toJSON' in value) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  const fields = Object.entries(value).filter(([, item]) => isSayable(item));
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${write(item)}`).join(',')}}`;
}

function isSayable(item: unknown): boolean {
  return item !== undefined && typeof item !== 'function' && typeof item !== 'symbol';
}

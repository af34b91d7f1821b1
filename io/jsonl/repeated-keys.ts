const QUOTE = 0x22;

/**
 * Whether an object of `text`, which `value` was read from, may give a key twice. `JSON.parse` keeps the last of
 * them and says nothing. Never false when one does; true without need where a string holds what looks like a key.
 */
export function mayRepeatKeys(text: string, value: unknown): boolean {
  return isObject(value) && keysWritten(text) !== keysIn(value);
}

/** Colons behind a quote: one for each key, and some in strings, so never fewer than keys. */
function keysWritten(text: string): number {
  let keys = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1;
    while (isBlank(text.charCodeAt(before))) before--;
    if (text.charCodeAt(before) === QUOTE) keys++;
  }
  return keys;
}

/** Depth is bounded: text that nests deeper is refused before. */
function keysIn(value: object): number {
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) if (isObject(item)) keys += keysIn(item);
    return keys;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const key in object) {
    keys++;
    const part = object[key];
    if (isObject(part)) keys += keysIn(part);
  }
  return keys;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isBlank(char: number): boolean {
  return char === 0x20 || char === 0x09 || char === 0x0a || char === 0x0d;
}

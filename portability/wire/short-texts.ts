import { viewNear, type NativeBuffer } from './native-buffer.js';

/** In bytes: shorter ones are put together from characters, of which V8 keeps the texts. */
const LEAST = 4;
/** In bytes: longer ones repeat more seldom, and looking for them costs more. */
const MOST = 32;
const SLOTS = 4096;
/** Of four bytes, for each slot. */
const WORDS = MOST / 4;
const LAST = WORDS - 1;
const NOT_ASCII = 0x80808080 | 0;

const texts = new Array<string>(SLOTS).fill('');
const lengths = new Uint8Array(SLOTS);
const words = new Int32Array(SLOTS * WORDS);

/**
 * The text `bytes[pos, pos + n)`, if it is ASCII of at most 32 bytes; else `undefined`.
 *
 * Texts repeat from record to record: names, places, kinds. To find the one that was made of the same bytes before costs
 * a fifth of making it, and leaves nothing to be collected.
 */
export function shortText(bytes: NativeBuffer, pos: number, n: number): string | undefined {
  if (n < LEAST) return tinyText(bytes, pos, n);
  if (n > MOST) return undefined;
  const view = viewNear(bytes);
  const last = view.getInt32(pos + n - 4, true);
  let all = last;
  let hash = Math.imul(last ^ n, 0x9e3779b1);
  for (let i = 0; i + 4 < n; i += 4) {
    const word = view.getInt32(pos + i, true);
    all |= word;
    hash = Math.imul(hash ^ (hash >>> 15) ^ word, 0x85ebca6b);
  }
  if ((all & NOT_ASCII) !== 0) return undefined;
  const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
  if (lengths[slot] === n && isIn(slot, view, pos, n)) return texts[slot];
  return keep(slot, bytes, view, pos, n);
}

function tinyText(bytes: NativeBuffer, pos: number, n: number): string | undefined {
  let text = '';
  for (let i = pos; i < pos + n; i++) {
    const c = bytes[i]!;
    if (c >= 0x80) return undefined;
    text += String.fromCharCode(c);
  }
  return text;
}

/** The last word may lie over the one before. */
function isIn(slot: number, view: DataView, pos: number, n: number): boolean {
  const at = slot * WORDS;
  if (words[at + LAST] !== view.getInt32(pos + n - 4, true)) return false;
  for (let i = 0, k = at; i + 4 < n; i += 4, k++)
    if (words[k] !== view.getInt32(pos + i, true)) return false;
  return true;
}

function keep(slot: number, bytes: NativeBuffer, view: DataView, pos: number, n: number): string {
  const text = bytes.latin1Slice(pos, pos + n);
  const at = slot * WORDS;
  texts[slot] = text;
  lengths[slot] = n;
  for (let i = 0, k = at; i + 4 < n; i += 4, k++) words[k] = view.getInt32(pos + i, true);
  words[at + LAST] = view.getInt32(pos + n - 4, true);
  return text;
}

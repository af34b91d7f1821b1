import { viewNear } from '../../wire/native-buffer.js';
import type { ByteReader } from '../../wire/reader.js';
import * as tag from './plain-tags.js';

/** Fewer are cheaper one by one. */
export const LEAST_TEXTS = 3;
/**
 * V8 keeps the whole text of which one is cut: who keeps one of a run keeps no more than this, in texts and bytes. More
 * would hardly be cheaper.
 */
const MOST_TEXTS = 8;
const MOST_BYTES = 1024;
/** A longer one has a length of several bytes. */
const MOST_LENGTH = 0x7f;
const STARTS = new Int32Array(MOST_TEXTS);
const ENDS = new Int32Array(MOST_TEXTS);

/**
 * Reads texts of ASCII that lie one behind the other, at most `most`, and adds them to `values`: one call into the
 * runtime for all of them, which costs several times what cutting does. Answers how many it read, 0 where that is not
 * worth it.
 */
export function readTextRun(values: unknown[], most: number, input: ByteReader): number {
  const { bytes, pos, end } = input;
  const view = viewNear(bytes);
  const enough = Math.min(most, MOST_TEXTS);
  let count = 0;
  let at = pos;
  while (count < enough && at - pos < MOST_BYTES && at + 1 < end) {
    const first = bytes[at]!;
    const isShort = first >= tag.SHORT_STRING;
    if (isShort ? first > tag.SHORT_STRING + tag.SHORT_STRING_LENGTH : first !== tag.STRING) break;
    const length = isShort ? first - tag.SHORT_STRING : bytes[at + 1]!;
    const start = at + (isShort ? 1 : 2);
    if (length > MOST_LENGTH || length > end - start) break;
    if (!isAscii(view, start, start + length)) break;
    STARTS[count] = start - pos;
    at = start + length;
    ENDS[count++] = at - pos;
  }
  if (count < LEAST_TEXTS) return 0;
  const all = bytes.latin1Slice(pos, at);
  for (let i = 0; i < count; i++) values.push(all.slice(STARTS[i], ENDS[i]));
  input.pos = at;
  return count;
}

function isAscii(view: DataView, start: number, end: number): boolean {
  let bits = 0;
  let i = start;
  for (; i + 4 <= end; i += 4) bits |= view.getInt32(i, true);
  for (; i < end; i++) bits |= view.getUint8(i);
  return (bits & 0x80808080) === 0;
}

import protobuf from 'protobufjs/minimal.js';
import { StrahlError } from '../errors.js';

export type Writer = protobuf.Writer;

/** Bytes of the buffer in which messages are written; larger ones are not kept. */
const KEPT = 65_536;

/**
 * Kept for the life of the process: a pipeline is thousands of small messages, and where no writer is left alive, V8
 * forgets their shape at the next collection, with all code that it has optimized for it.
 */
const WRITER = protobuf.Writer.create();
let isWriting = false;

export function encodeMessage<T>(write: (m: T, w: Writer) => void, message: T): Uint8Array {
  const writer = isWriting ? protobuf.Writer.create() : WRITER;
  if (writer === WRITER) isWriting = true;
  try {
    write(message, writer);
    return writer.finish();
  } finally {
    if (writer === WRITER) release();
  }
}

/** What is left of a message that could not be written goes, and so does a buffer of unusual size. */
function release(): void {
  WRITER.pos = 0;
  WRITER.states = null;
  WRITER.view = null;
  if (WRITER.buf.length > KEPT) WRITER.buf = Buffer.allocUnsafe(KEPT);
  isWriting = false;
}

/** A text field; most are short and ASCII. */
export function writeString(w: Writer, tag: number, text: string): void {
  const { pos, buf } = w;
  const { length } = text;
  if (tag < 128 && length < 128 && pos + 2 + length <= buf.length) {
    let bits = 0;
    for (let i = 0, at = pos + 2; i < length; i++, at++) {
      const char = text.charCodeAt(i);
      bits |= char;
      buf[at] = char;
    }
    if (bits < 128) {
      buf[pos] = tag;
      buf[pos + 1] = length;
      w.pos = pos + 2 + length;
      return;
    }
  }
  w.uint32(tag).string(text);
}

/** @throws STRAHL-5003 for a number that is not a safe integer */
export function writeInt64(w: Writer, n: number): void {
  if (!Number.isSafeInteger(n)) {
    throw new StrahlError('integerOutOfRange', { title: `${String(n)} is not a safe integer` });
  }
  w.int64(n);
}

/** @throws STRAHL-5003 for a number of more than 64 bits */
export function writeBigInt64(w: Writer, n: bigint): void {
  if (BigInt.asIntN(64, n) !== n) {
    throw new StrahlError('integerOutOfRange', { title: `${String(n)} has more than 64 bits` });
  }
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, n);
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  w.raw(Uint8Array.of(...bytes, Number(rest)));
}

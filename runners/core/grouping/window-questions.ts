import { StrahlError } from '#portability/errors.js';
import type { ElementCoder } from '#portability/coders/coder.js';
import { NO_FIRING } from '#portability/model/panes.js';
import { TIMESTAMP_MIN } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import { latin1Of } from '#portability/wire/native-buffer.js';
import type { Frame } from '#portability/wire/frames.js';
import type { ByteReader } from '#portability/wire/reader.js';
import { copyOf } from '../input/frame-scan.js';

/** Windows of one key that become one. */
export interface MergedWindows {
  /** Encoded, as all here. */
  readonly into: Uint8Array;
  readonly from: readonly Uint8Array[];
}

const NONCE_BYTES = 4;
/** All sets go in one frame. */
const FRAME_BYTES = 2 ** 30;

/**
 * Sets of windows for user code to merge: `KV<nonce, Iterable<window>>` each. The nonce is the place of
 * the set, so that answers may come in any order.
 */
export function askToMerge(
  sets: readonly (readonly Uint8Array[])[],
  windowCoder: ElementCoder<Window>,
): Frame {
  const writer = new FrameWriter({ windowCoder, keyed: false, targetBytes: FRAME_BYTES });
  sets.forEach((windows, n) => {
    // An element has to be in some window; nothing depends on which.
    const out = writer.beginRaw(TIMESTAMP_MIN, windows[0]!, NO_FIRING);
    out.varint(NONCE_BYTES);
    out.int32(n);
    out.int32(windows.length);
    for (const window of windows) out.raw(window);
    writer.end();
  });
  return writer.flush()[0]!;
}

/**
 * What user code made of the sets, in their order: of each the windows that become one. Windows that stay
 * as they are may be left out.
 *
 * @throws STRAHL-8001 if an answer is missing, or names a window twice (MRG-3)
 */
export function mergedWindows(
  answer: Frame,
  sets: number,
  windowCoder: ElementCoder<Window>,
): readonly (readonly MergedWindows[])[] {
  const merged: (readonly MergedWindows[])[] = [];
  const reader = new FrameReader(windowCoder);
  reader.reset(answer);
  const { input } = reader;
  while (reader.next()) {
    input.varint();
    const nonce = input.int32();
    // The windows that stay as they are.
    for (let n = input.int32(); n > 0; n--) windowCoder.skip(input);
    const groups: MergedWindows[] = [];
    for (let n = input.int32(); n > 0; n--) {
      const into = windowIn(input, windowCoder);
      const from: Uint8Array[] = [];
      for (let m = input.int32(); m > 0; m--) from.push(windowIn(input, windowCoder));
      groups.push({ into, from });
    }
    requireOnce(groups);
    merged[nonce] = groups;
  }
  for (let n = 0; n < sets; n++) {
    if (merged[n] === undefined) throw broken(`set ${String(n)} of windows was not answered`);
  }
  return merged;
}

function windowIn(input: ByteReader, coder: ElementCoder<Window>): Uint8Array {
  const start = input.pos;
  coder.skip(input);
  return copyOf(input.bytes, start, input.pos);
}

function requireOnce(groups: readonly MergedWindows[]): void {
  const seen = new Set<string>();
  for (const window of groups.flatMap(({ from }) => from)) {
    const text = latin1Of(window);
    if (seen.has(text)) throw broken('a window was merged into two others');
    seen.add(text);
  }
}

function broken(why: string): StrahlError {
  return new StrahlError('protocolBroken', {
    title: 'the answer of a window function breaks the contract between engine and user code',
    why,
  });
}

import { StrahlError } from '#portability/errors.js';
import type { ElementCoder } from '#portability/coders/coder.js';
import { NO_FIRING } from '#portability/model/panes.js';
import { TIMESTAMP_MIN } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { isSameRun } from '#portability/wire/copy-run.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import { latin1Of, viewNear } from '#portability/wire/native-buffer.js';
import type { Frame } from '#portability/wire/frames.js';
import type { ByteReader } from '#portability/wire/reader.js';

/** Where an encoded window lies in an answer. */
export interface WindowPlace {
  readonly start: number;
  readonly end: number;
}

/** Windows of one key that become one. */
export interface MergedWindows {
  readonly into: WindowPlace;
  readonly from: readonly WindowPlace[];
}

const NONCE_BYTES = 4;
/** All sets go in one frame. */
const FRAME_BYTES = 2 ** 30;
/** So many windows are compared each with each. */
const FEW = 8;

/**
 * Sets of windows for user code to merge: `KV<nonce, Iterable<window>>` each. The nonce is the place of
 * the set, so that answers may come in any order.
 */
export function askToMerge(
  sets: readonly (readonly Uint8Array[])[],
  windowCoder: ElementCoder<Window>,
): Frame {
  const writer = new FrameWriter({ windowCoder, keyed: false, targetBytes: FRAME_BYTES });
  // An element has to be in some window; nothing depends on which, and what all are in is read once.
  const any = sets[0]![0]!;
  sets.forEach((windows, n) => {
    const out = writer.beginRaw(TIMESTAMP_MIN, any, NO_FIRING);
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
    const count = input.int32();
    merged[nonce] = count === 0 ? NOTHING : groupsIn(input, count, windowCoder);
  }
  for (let n = 0; n < sets; n++) {
    if (merged[n] === undefined) throw broken(`set ${String(n)} of windows was not answered`);
  }
  return merged;
}

const NOTHING: readonly MergedWindows[] = [];

function groupsIn(
  input: ByteReader,
  count: number,
  coder: ElementCoder<Window>,
): readonly MergedWindows[] {
  const groups: MergedWindows[] = [];
  for (let n = count; n > 0; n--) {
    const into = windowIn(input, coder);
    const from: WindowPlace[] = [];
    for (let m = input.int32(); m > 0; m--) from.push(windowIn(input, coder));
    groups.push({ into, from });
  }
  const all = count === 1 ? groups[0]!.from : groups.flatMap(({ from }) => from);
  requireOnce(all, input.bytes);
  return groups;
}

function windowIn(input: ByteReader, coder: ElementCoder<Window>): WindowPlace {
  const start = input.pos;
  coder.skip(input);
  return { start, end: input.pos };
}

function requireOnce(windows: readonly WindowPlace[], bytes: Uint8Array): void {
  if (windows.length > FEW) {
    const seen = new Set(windows.map(({ start, end }) => latin1Of(bytes, start, end)));
    if (seen.size < windows.length) throw broken('a window was merged into two others');
    return;
  }
  const view = viewNear(bytes);
  for (let n = 1; n < windows.length; n++) {
    for (let m = 0; m < n; m++)
      if (areSame(windows[n]!, windows[m]!, view))
        throw broken('a window was merged into two others');
  }
}

function areSame(a: WindowPlace, b: WindowPlace, view: DataView): boolean {
  return isSameRun(view, a.start, a.end, view, b.start, b.end);
}

function broken(why: string): StrahlError {
  return new StrahlError('protocolBroken', {
    title: 'the answer of a window function breaks the contract between engine and user code',
    why,
  });
}

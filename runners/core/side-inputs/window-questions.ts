import type { ElementCoder } from '#portability/coders/coder.js';
import { StrahlError } from '#portability/errors.js';
import { NO_FIRING } from '#portability/model/panes.js';
import { TIMESTAMP_MIN } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Frame } from '#portability/wire/frames.js';
import { copyOf } from '../input/frame-scan.js';

const NONCE_BYTES = 4;
/** All windows go in one frame. */
const FRAME_BYTES = 2 ** 30;

/** A side window, and how it is written. */
export interface MappedWindow {
  readonly bytes: Uint8Array;
  readonly window: Window;
}

/**
 * Main windows for user code to map: `KV<nonce, main window>` each. The nonce is the place of the window,
 * so that answers may come in any order.
 */
export function askToMap(mains: readonly Uint8Array[], windowCoder: ElementCoder<Window>): Frame {
  const writer = new FrameWriter({ windowCoder, keyed: false, targetBytes: FRAME_BYTES });
  mains.forEach((main, n) => {
    // An element has to be in some window; nothing depends on which.
    const out = writer.beginRaw(TIMESTAMP_MIN, main, NO_FIRING);
    out.varint(NONCE_BYTES);
    out.int32(n);
    out.raw(main);
    writer.end();
  });
  return writer.flush()[0]!;
}

/**
 * The side windows that user code answered, in the order of the main windows.
 *
 * @throws STRAHL-8001 if an answer is missing
 */
export function mappedWindows(
  answer: Frame,
  mains: number,
  windowCoder: ElementCoder<Window>,
): readonly MappedWindow[] {
  const mapped: MappedWindow[] = [];
  const reader = new FrameReader(windowCoder);
  reader.reset(answer);
  const { input } = reader;
  while (reader.next()) {
    input.varint();
    const nonce = input.int32();
    const start = input.pos;
    const window = windowCoder.decode(input);
    mapped[nonce] = { bytes: copyOf(input.bytes, start, input.pos), window };
  }
  for (let n = 0; n < mains; n++) {
    if (mapped[n] !== undefined) continue;
    throw new StrahlError('protocolBroken', {
      title: 'the answer of a window mapping breaks the contract between engine and user code',
      why: `main window ${String(n)} was not answered`,
    });
  }
  return mapped;
}

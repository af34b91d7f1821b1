import type { ElementCoder } from '#portability/coders/coder.js';
import type { Window } from '#portability/model/windows.js';
import type { Frame } from '#portability/wire/frames.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Registers } from './running-stage.js';

/** A frame of one element, without an index. */
export function frameOfOne(
  element: unknown,
  { timestamp, windows, pane }: Readonly<Registers>,
  coder: ElementCoder<unknown>,
  windowCoder: ElementCoder<Window>,
): Frame {
  const writer = new FrameWriter({ windowCoder, keyed: false });
  coder.encode(element, writer.begin(timestamp, windows, pane));
  writer.end();
  return writer.flush()[0]!;
}

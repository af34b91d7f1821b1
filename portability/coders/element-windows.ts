import { GLOBAL_WINDOW, GLOBAL_WINDOWS, type Window } from '../model/windows.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import type { ElementCoder } from './coder.js';

/** Writes the windows of an element: an int32 count, then each. */
export function writeWindows(
  windows: readonly Window[],
  coder: ElementCoder<Window>,
  out: ByteWriter,
): void {
  out.int32(windows.length);
  for (const window of windows) coder.encode(window, out);
}

export function readWindows(coder: ElementCoder<Window>, input: ByteReader): readonly Window[] {
  const count = readWindowCount(input);
  const windows: Window[] = [];
  for (let i = 0; i < count; i++) windows.push(coder.decode(input));
  return count === 1 && windows[0] === GLOBAL_WINDOW ? GLOBAL_WINDOWS : windows;
}

export function skipWindows(coder: ElementCoder<Window>, input: ByteReader): void {
  for (let n = readWindowCount(input); n > 0; n--) coder.skip(input);
}

/** What follows the windows takes a byte at least, so even windows of zero bytes cannot outnumber the rest. */
function readWindowCount(input: ByteReader): number {
  const count = input.int32();
  if (count < 0 || count > input.remaining) {
    input.fail(`an element has ${String(count)} windows`, input.pos - 4);
  }
  return count;
}

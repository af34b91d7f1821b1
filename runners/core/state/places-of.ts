import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { windowCountAt, WINDOWS_AT } from '../input/frame-scan.js';
import type { KeyedState } from './keyed-state.js';
import type { StateWindow } from './state-windows.js';

/**
 * The places of the elements of a frame, made where there are none yet; good until the next call. `undefined` if an
 * element is in several windows, or the frame has no index. One loop that does nothing else waits less for memory
 * than as many searches between calls of user code.
 */
export function placesOf(
  state: KeyedState,
  { index, bytes, count }: Frame,
): Int32Array | undefined {
  if (index === undefined) return undefined;
  const { notes } = state;
  const places = notes.placesFor(count);
  let window: StateWindow | undefined;
  for (let n = 0, i = 0; i < index.length; n++, i += INDEX_STRIDE) {
    const start = index[i]!;
    if (windowCountAt(bytes, start) !== 1) return undefined;
    const at = start + WINDOWS_AT;
    if (window === undefined || !startsWith(bytes, at, window.bytes)) {
      window = state.windows.startingAt(bytes, at);
    }
    const before = state.places.size;
    const place = state.place(window, bytes, index[i + 1]!, index[i + 2]!, index[i + 3]!);
    if (state.places.size > before) notes.made.push(place);
    places[n] = place;
  }
  return places;
}

function startsWith(bytes: Uint8Array, at: number, window: Uint8Array): boolean {
  for (let i = 0; i < window.length; i++) if (bytes[at + i] !== window[i]) return false;
  return true;
}

import { globalWindowCoder } from '#portability/coders/windows.js';
import { duration } from '#portability/model/time.js';
import { hashBytes } from '#portability/wire/frames.js';
import { KeyedState } from '#runners/core/state/keyed-state.js';
import { TimerStore } from '#runners/core/timers/timer-store.js';
import { stringKeys } from './keys.js';

const NO_BYTES = new Uint8Array(0);

/** Bytes that a stage holds per key, beyond the encoded key and value. */
export function heldPerKey(count: number, what: 'value-and-timer' | 'value'): number {
  const state = new KeyedState({
    states: new Map([['count', 'bag']]),
    windowCoder: globalWindowCoder,
    lateness: duration(0),
  });
  const timers = new TimerStore(['event-time'], () => Infinity);
  const window = state.windows.at(NO_BYTES, 0, 0);
  let encoded = 0;
  for (const [i, key] of stringKeys(count).entries()) {
    const bytes = Buffer.from(`\u000b${key}`);
    const place = state.place(window, bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
    state.bags.replace(state.cell(place, 0), VALUE, 0, VALUE.length);
    if (what === 'value-and-timer') {
      timers.set(place, 0, NO_BYTES, 0, 0, { fire: i, hold: i, pane: 0 });
    }
    encoded += bytes.length + VALUE.length;
  }
  return (state.heldBytes + timers.heldBytes - encoded) / count;
}

const VALUE = Uint8Array.of(3);

import { StrahlError } from '../errors.js';
import type { EventTime } from '../model/time.js';
import {
  BEFORE_GLOBAL_WINDOW_END,
  BEFORE_TIMESTAMP_MAX,
  GLOBAL_WINDOW_END,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
} from '../model/time.js';

const SENTINELS: ReadonlyMap<EventTime, Buffer> = new Map([
  [TIMESTAMP_MIN, Buffer.from('7fdf3b645a1cac09', 'hex')],
  [TIMESTAMP_MAX, Buffer.from('8020c49ba5e353f7', 'hex')],
  [GLOBAL_WINDOW_END, Buffer.from('8020c49ba0bcf7f7', 'hex')],
  [BEFORE_GLOBAL_WINDOW_END, Buffer.from('8020c49ba0bcf7f6', 'hex')],
  [BEFORE_TIMESTAMP_MAX, Buffer.from('8020c49ba5e353f6', 'hex')],
]);

/** The halves of `TIMESTAMP_MIN`. */
export const MIN_HIGH = 0x7fdf3b64;
export const MIN_LOW = 0x5a1cac09;

/** Writes the exact eight bytes of a sentinel, or throws STRAHL-5003 for any other unsafe time. */
export function writeSentinel(t: EventTime, bytes: Uint8Array, pos: number): void {
  const exact = SENTINELS.get(t);
  if (exact === undefined) {
    throw new StrahlError('integerOutOfRange', {
      title: `${String(t)} is no time: neither a safe integer of milliseconds nor a limit of Beam`,
    });
  }
  bytes.set(exact, pos);
}

const TIMES: readonly EventTime[] = [...SENTINELS.keys()];
/** The halves of each sentinel. */
const HALVES: Int32Array = Int32Array.from(
  [...SENTINELS.values()].flatMap((exact) => [exact.readInt32BE(0), exact.readInt32BE(4)]),
);

/** The sentinel that stands at `pos`, or `undefined`. Batches are full of elements at the first of them. */
export function readSentinel(bytes: Uint8Array, pos: number): EventTime | undefined {
  const high = int32At(bytes, pos);
  const low = int32At(bytes, pos + 4);
  for (let i = 0; i < TIMES.length; i++) {
    if (HALVES[2 * i] === high && HALVES[2 * i + 1] === low) return TIMES[i];
  }
  return undefined;
}

function int32At(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

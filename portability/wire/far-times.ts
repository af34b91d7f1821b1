import { StrahlError } from '../errors.js';
import { exactMillis, timeAtOrAfter } from '../model/exact-times.js';
import {
  GLOBAL_WINDOW_END,
  isValidTime,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
} from '../model/time.js';

/** What the wire adds to a time. */
const SHIFT = 1n << 63n;

/** The halves of `TIMESTAMP_MIN`. */
export const MIN_HIGH = 0x7fdf3b64;
export const MIN_LOW = 0x5a1cac09;

const LIMITS: readonly EventTime[] = [TIMESTAMP_MIN, GLOBAL_WINDOW_END, TIMESTAMP_MAX];
/** The halves of each limit. */
const HALVES: Int32Array = new Int32Array(2 * LIMITS.length);
for (const [i, limit] of LIMITS.entries()) {
  const wire = wireOf(limit);
  HALVES[2 * i] = Number(wire >> 32n);
  HALVES[2 * i + 1] = Number(wire & 0xffffffffn);
}

/**
 * Writes the eight bytes of a time that is not a safe integer.
 *
 * @throws STRAHL-5003 for what is not a time
 */
export function writeFarTime(t: EventTime, view: DataView, pos: number): void {
  if (!isValidTime(t)) {
    throw new StrahlError('integerOutOfRange', {
      title: `${String(t)} is not a time: no whole milliseconds, or beyond the limits of Beam`,
    });
  }
  const limit = LIMITS.indexOf(t);
  if (limit < 0) {
    view.setBigUint64(pos, wireOf(t));
    return;
  }
  view.setInt32(pos, HALVES[2 * limit]!);
  view.setInt32(pos + 4, HALVES[2 * limit + 1]!);
}

/**
 * The time of the eight bytes at `pos`, which is not a safe integer; `undefined` beyond the limits of Beam. Batches are full
 * of elements at the limits.
 */
export function readFarTime(bytes: Uint8Array, pos: number): EventTime | undefined {
  const high = int32At(bytes, pos);
  const low = int32At(bytes, pos + 4);
  for (let i = 0; i < LIMITS.length; i++) {
    if (HALVES[2 * i] === high && HALVES[2 * i + 1] === low) return LIMITS[i];
  }
  const ms = (BigInt(high >>> 0) << 32n) + BigInt(low >>> 0) - SHIFT;
  return timeAtOrAfter(ms) as EventTime | undefined;
}

function int32At(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

function wireOf(t: EventTime): bigint {
  return exactMillis(t) + SHIFT;
}

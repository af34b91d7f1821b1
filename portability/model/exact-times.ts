/*
 * Beam's times end at ±9223372036854775 ms, the exact numbers at ±9007199254740991: beyond them numbers lie 2 ms
 * apart. What matters there is odd (the limits, the last millisecond of each window whose bounds are whole seconds), and
 * so is what lies whole seconds from it.
 *
 *   E1. A number beyond the safe range stands for the odd time next to it, towards 1970.
 *   E2. The two times of `EVEN_NUMBERS` are even and stand for themselves.
 *   E3. Other even times are rounded, by a millisecond (beside E2 by two). Elements, timers and holds go up: then no
 *       timer is early, and no element lies before its window or its hold. Watermarks go down: then none passes what
 *       it promised not to.
 *   E4. Both keep the order of times, and are exact in the safe range.
 */
const FIRST = -9223372036854775n;
const LAST = 9223372036854775n;

/** Before the ends of the global window and of time: what an SDK that counts microseconds calls the last moment. */
const EVEN_NUMBERS: readonly number[] = [9223371950454774, 9223372036854774];
const EVEN_TIMES: readonly bigint[] = EVEN_NUMBERS.map(BigInt);

/** The milliseconds that a time stands for. */
export function exactMillis(time: number): bigint {
  const ms = BigInt(time);
  if (Number.isSafeInteger(time) || EVEN_NUMBERS.includes(time)) return ms;
  return time < 0 ? ms + 1n : ms - 1n;
}

/** E3 of elements, timers and holds; `undefined` for what lies outside of Beam's limits. */
export function timeAtOrAfter(ms: bigint): number | undefined {
  if (ms < FIRST || ms > LAST) return undefined;
  const time = Number(ms);
  if (Number.isSafeInteger(time) || EVEN_TIMES.includes(ms)) return time;
  return numberOf(isEven(ms) ? ms + 1n : ms);
}

/** E3 of watermarks. Beyond Beam's limits it is the limit. */
export function timeAtOrBefore(ms: bigint): number {
  if (ms <= FIRST) return numberOf(FIRST);
  if (ms >= LAST) return numberOf(LAST);
  const time = Number(ms);
  if (Number.isSafeInteger(time) || EVEN_TIMES.includes(ms)) return time;
  const odd = isEven(ms) ? ms - 1n : ms;
  const before = numberOf(odd);
  // E2 has taken the number of the odd time before it.
  return EVEN_NUMBERS.includes(before) ? before - 2 : before;
}

/** E1, of an odd time. */
function numberOf(odd: bigint): number {
  const time = Number(odd);
  if (Number.isSafeInteger(time)) return time;
  return Number(odd < 0n ? odd - 1n : odd + 1n);
}

function isEven(ms: bigint): boolean {
  return ms % 2n === 0n;
}

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Whole bytes; NaN for what is not a size. */
export function bytesIn(text: string): number {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  return Math.floor(Number(count) * (BYTES[unit.toLowerCase()] ?? NaN));
}

/** Milliseconds; a number alone is seconds. NaN for what is not a time. */
export function durationIn(text: string): number {
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  return count === undefined ? NaN : Number(count) * MILLISECONDS[unit]!;
}

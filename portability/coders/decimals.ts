import { StrahlError } from '../errors.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import { readBigInteger, writeBigInteger } from './big-integers.js';
import { NestedCoder } from './coder.js';
import { wrongType } from './refusals.js';

const PLAIN_DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;
/** Digits behind the point that are believed; a larger scale would make a text of gigabytes. */
const MAX_SCALE = 10_000;

/**
 * Decimals as texts such as `-0.50`. On the wire: the scale as a 32-bit varint, then the unscaled integer as
 * a length and its two's complement. The digits behind the point are kept, zeros too.
 */
export class DecimalCoder extends NestedCoder<string> {
  readonly urn: string = 'beam:logical_type:decimal:v1';
  readonly deterministic: boolean = true;

  override encode(value: string, out: ByteWriter): void {
    const parts = typeof value === 'string' ? PLAIN_DECIMAL.exec(value) : null;
    if (parts === null) throw wrongType(value, 'a decimal such as "12.50"');
    const fraction = parts[3] ?? '';
    if (fraction.length > MAX_SCALE) throw scaleOutOfRange(fraction.length);
    const magnitude = BigInt(parts[2]! + fraction);
    out.varint(fraction.length);
    writeBigInteger(parts[1] === '-' ? -magnitude : magnitude, out);
  }

  override decode(input: ByteReader): string {
    const scale = readScale(input);
    const unscaled = readBigInteger(input);
    if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
    const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
    const sign = unscaled < 0n ? '-' : '';
    return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  }

  override skip(input: ByteReader): void {
    input.skipVarint();
    input.skipLengthPrefixed('a decimal');
  }
}

/** A peer writes a negative scale in 5 bytes or, sign-extended, in 10. */
function readScale(input: ByteReader): number {
  const n = input.varint();
  const scale = n > 0x7fffffff ? n - 0x1_0000_0000 : n;
  if (scale > MAX_SCALE || scale < -MAX_SCALE) throw scaleOutOfRange(scale);
  return scale;
}

function scaleOutOfRange(scale: number): StrahlError {
  return new StrahlError('limitExceeded', {
    title: `a decimal has the scale ${String(scale)}, more than ${String(MAX_SCALE)}`,
  });
}

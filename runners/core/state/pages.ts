import type { StatePage } from '#portability/fnapi/connection.js';
import { viewOf } from '#portability/wire/native-buffer.js';

/** A page ends with the part that reaches this size. */
const PAGE_BYTES = 256 * 1024;

/** As much of what is in order as who looks for the first of it takes. */
export const FIRST_BYTES = 4096;

/** The page of `parts` that begins where `token` says; parts are never cut. `firstBytes`: that of the first page. */
export function pageOf(
  parts: Iterable<Uint8Array>,
  token: Uint8Array | undefined,
  firstBytes: number = PAGE_BYTES,
): StatePage {
  const first = token === undefined ? 0 : numberOf(token);
  const most = token === undefined ? firstBytes : PAGE_BYTES;
  const taken: Uint8Array[] = [];
  let bytes = 0;
  let i = 0;
  for (const part of parts) {
    if (bytes >= most) return { data: Buffer.concat(taken), token: tokenOf(i) };
    if (i++ < first) continue;
    taken.push(part);
    bytes += part.length;
  }
  // Always a copy: parts are good only until the state changes.
  return { data: Buffer.concat(taken) };
}

function tokenOf(part: number): Uint8Array {
  const token = Buffer.alloc(4);
  token.writeUInt32BE(part);
  return token;
}

function numberOf(token: Uint8Array): number {
  return viewOf(token).getUint32(0);
}

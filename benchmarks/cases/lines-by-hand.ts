import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 1 << 20;

/** The reader one would write by hand: calls `line` with each line of the file as a string. */
export function linesByHand(path: string, line: (text: string) => void): void {
  const file = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK);
  let carry = '';
  for (let n = readSync(file, buffer); n > 0; n = readSync(file, buffer)) {
    let start = 0;
    for (
      let end = buffer.indexOf(10, start);
      end >= 0 && end < n;
      end = buffer.indexOf(10, start)
    ) {
      const text = buffer.toString('utf8', start, end);
      line(carry === '' ? text : carry + text);
      carry = '';
      start = end + 1;
    }
    carry += buffer.toString('utf8', start, n);
  }
  if (carry !== '') line(carry);
  closeSync(file);
}

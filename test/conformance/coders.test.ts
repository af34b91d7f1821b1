import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { ContinuedIterable } from '#portability/coders/iterables.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { valueOf } from './coder-values.js';
import { coderOf, readVectors, type Vector, type VectorCoder } from './coder-vectors.js';

// A bug here means that another SDK reads something else than was written, or the reverse.

const VECTORS = readVectors();

/** Names of vectors that may fail, each with its reason behind `#`. */
const ALLOWED_FAILURES: ReadonlySet<string> = new Set(
  readFileSync(new URL('allowed-failures.txt', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== ''),
);

/** A state-backed iterable with what its state holds for it. */
function fetched({ state, components }: VectorCoder, decoded: unknown): unknown {
  if (state === undefined || Array.isArray(decoded)) return decoded;
  const { values, token } = decoded as ContinuedIterable<unknown>;
  const input = new ByteReader(Buffer.from(state[Buffer.from(token).toString()]!, 'hex'));
  const element = coderOf(components![0]!);
  const rest = [];
  while (input.remaining > 0) rest.push(element.decode(input));
  return [...values, ...rest];
}

function check({ document, nested, encoded, value }: Vector): void {
  const coder = coderOf(document.coder);
  const expected = valueOf(document.coder, value);
  const bytes = Buffer.from(encoded, 'hex');
  const input = new ByteReader(bytes);
  const decoded = nested ? coder.decode(input) : coder.decodeOuter(input);
  expect(fetched(document.coder, decoded)).toEqual(expected);
  expect(input.remaining).toBe(0);
  const isOneForm = document.nested === undefined;
  if (nested || isOneForm) {
    const skipped = new ByteReader(bytes);
    coder.skip(skipped);
    expect(skipped.remaining).toBe(0);
  }
  if (document.coder.non_deterministic === true || document.coder.requires !== undefined) return;
  const out = new ByteWriter(1);
  if (nested) coder.encode(expected, out);
  else coder.encodeOuter(expected, out);
  expect(Buffer.from(out.toBytes()).toString('hex')).toBe(encoded);
}

test.each(
  VECTORS.filter(({ name }) => !ALLOWED_FAILURES.has(name)).map((v) => [v.name, v] as const),
)('%s', (_, vector) => {
  check(vector);
});

test('every allowed failure names a vector that fails', () => {
  for (const name of ALLOWED_FAILURES) {
    const vector = VECTORS.find((each) => each.name === name);
    expect(vector).toBeDefined();
    expect(() => {
      check(vector!);
    }).toThrow();
  }
});

// What a bug here looks like: an SDK that decodes the middle of a value as the beginning of one.
import { describe, expect, it } from '@jest/globals';
import { stringCoder } from '../../coders/primitives.js';
import { ByteReader } from '../../wire/reader.js';
import { ByteWriter } from '../../wire/writer.js';
import type { StateAccess, StateCell, StatePage } from '../connection.js';
import { NO_STATE } from '../no-state.js';
import { wholePages } from './whole-pages.js';

const KEY = { kind: 'group-values', token: Uint8Array.of(1) } as const;
const TEXTS = ['a', 'a longer one', '', 'x'.repeat(40), 'b', 'c'];

/** A state whose pages end every `size` bytes. */
function cutEvery(size: number): StateAccess {
  const out = new ByteWriter(64);
  for (const text of TEXTS) stringCoder.encode(text, out);
  const all = out.toBytes();
  const read = ({ token }: StateCell): StatePage => {
    const from = token === undefined ? 0 : token[0]! * size;
    const data = all.subarray(from, from + size);
    return from + size < all.length ? { data, token: Uint8Array.of(from / size + 1) } : { data };
  };
  return { ...NO_STATE, read: (cells) => cells.map(read) };
}

describe('values of a group, for a harness that decodes each page by itself', () => {
  it.each([1, 3, 7, 16, 50, 1000])('come whole where pages end every %i bytes', async (size) => {
    const state = wholePages(cutEvery(size), stringCoder);
    const texts: unknown[] = [];
    let token: Uint8Array | undefined;
    do {
      const [page] = await state.read([token === undefined ? { key: KEY } : { key: KEY, token }]);
      const input = new ByteReader(page!.data);
      while (input.remaining > 0) texts.push(stringCoder.decode(input));
      ({ token } = page!);
    } while (token !== undefined);
    expect(texts).toEqual(TEXTS);
  });

  it('are read again by the same tokens', async () => {
    const state = wholePages(cutEvery(7), stringCoder);
    const [first] = await state.read([{ key: KEY }]);
    const again = { key: KEY, token: first!.token! };
    expect(await state.read([again])).toEqual(await state.read([again]));
  });
});

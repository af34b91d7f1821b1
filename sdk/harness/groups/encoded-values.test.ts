// What a bug here would look like: a damaged pane that reads as a shorter, or an empty, group.
import { describe, expect, it } from '@jest/globals';
import { varintCoder } from '#portability/coders/primitives.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { EncodedValues } from './encoded-values.js';
import { IterableGroup } from './group.js';

/** A count and values as an iterable has them, whatever the count says. */
function pane(count: number, values: readonly number[]): EncodedValues<unknown> {
  const out = new ByteWriter();
  out.int32(count);
  for (const value of values) out.varint(value);
  return new EncodedValues(out.toBytes(), 0, out.pos, varintCoder);
}

describe('the encoded values of a group', () => {
  it('are as many as their count says, each time', async () => {
    const group = new IterableGroup(pane(3, [1, 2, 3]));
    expect([...group]).toEqual([1, 2, 3]);
    await expect(group.toArray()).resolves.toEqual([1, 2, 3]);
    await expect(group.toArray()).resolves.toEqual([1, 2, 3]);
  });

  it('come in batches where nobody knew their number', async () => {
    // −1, a batch of two, one of one, and the empty one that ends them.
    const group = new IterableGroup(pane(-1, [2, 7, 8, 1, 9, 0]));
    expect([...group]).toEqual([7, 8, 9]);
    await expect(group.toArray()).resolves.toEqual([7, 8, 9]);
  });

  it.each([
    ['a negative count', -2, [1, 2], /-2 elements/],
    ['a count beyond the bytes', 4, [1, 2], /STRAHL-5002/],
    ['a count that nothing could hold', 0x7fffffff, [1, 2], /2147483647 elements/],
    ['a count below what is there', 1, [1, 2], /1 byte is left|bytes are left|left/],
    ['no count', 0, [1], /left/],
    ['batches without an end', -1, [2, 7, 8], /STRAHL-5002/],
    ['a batch that nothing could hold', -1, [2 ** 31, 7], /2147483648 elements/],
    ['something after the last batch', -1, [1, 7, 0, 5], /left/],
  ])('with %s are refused', async (_, count, values, text) => {
    const refused = { code: 'STRAHL-5002', message: expect.stringMatching(text) };
    expect(() => [...pane(count, values)]).toThrow(expect.objectContaining(refused));
    await expect(new IterableGroup(pane(count, values)).toArray()).rejects.toMatchObject(refused);
    const group = new IterableGroup(pane(count, values));
    const walk = async (): Promise<void> => {
      for await (const value of group) expect(value).toBeDefined();
    };
    await expect(walk()).rejects.toMatchObject(refused);
  });
});

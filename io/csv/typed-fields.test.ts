// Fields of CSV under a schema. A bug here would look like a good file of which no record can be read, or like a text
// that has become another number.
import { afterAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { s, type Schema } from '#sdk/index.js';
import { runTest } from '#sdk/testing/index.js';
import { TempFolder } from '../files/temp-folder.fixture.js';
import { csv } from './index.js';

const folder = new TempFolder();
afterAll(() => {
  folder.remove();
});

async function read<T>(text: string, schema: Schema<T>): Promise<readonly T[]> {
  const path = folder.write('rows.csv', Buffer.from(text));
  return (await runTest((p) => ({ out: p.read(csv.files(path, schema)) }))).out.values;
}

describe('fields that a schema of s calls', () => {
  it('numbers and booleans are read from their texts', async () => {
    const Row = s.row({ id: s.int, small: s.int32, x: s.double, ok: s.boolean, name: s.string });
    expect(await read('id,small,x,ok,name\n1,-2,3.5e1,true,7\n2,0,.5,false,\n', Row)).toEqual([
      { id: 1, small: -2, x: 35, ok: true, name: '7' },
      { id: 2, small: 0, x: 0.5, ok: false, name: '' },
    ]);
  });

  it('optional or nullable are missing where they are empty', async () => {
    const Row = s.row({
      name: s.string,
      a: s.int.optional(),
      b: s.double.nullable(),
      c: s.int.default(9),
    });
    expect(await read('name,a,b,c\nx,,,\n', Row)).toEqual([{ name: 'x', b: null, c: 9 }]);
  });

  it.each([
    ['n\nseven\n', /n: expected an integer[^]*"seven"/],
    ['n\n""\n', /n: expected an integer[^]*""/],
    ['n\n1.5\n', /n: expected an integer[^]*"1\.5"/],
    ['n\n0x10\n', /n: expected an integer[^]*"0x10"/],
    ['n\n9007199254740993\n', /n: expected an integer[^]*9007199254740993/],
  ])('integers refuse what is none: %j', async (text, message) => {
    await expect(read(text, s.row({ n: s.int }))).rejects.toMatchObject({
      code: 'STRAHL-5005',
      why: expect.stringMatching(message),
      position: expect.stringMatching(/rows\.csv:2$/),
    });
  });

  it('text stay text, and so do those of another library, which converts by itself', async () => {
    const Foreign = z.preprocess((x) => Number((x as string).replace(',', '.')), z.number());
    const Row = s.row({ code: s.string, price: Foreign });
    expect(await read('code,price\n007,15\n', Row)).toEqual([{ code: '007', price: 15 }]);
    const Coerced = z.object({ code: z.string(), n: z.coerce.number() });
    expect(await read('code,n\n007,15\n', Coerced)).toEqual([{ code: '007', n: 15 }]);
  });
});

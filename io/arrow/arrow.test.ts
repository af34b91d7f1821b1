import { readFileSync } from 'node:fs';
import {
  Bool,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  RecordBatchFileWriter,
  Table,
  tableFromIPC,
  tableToIPC,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { afterAll, describe, expect, it } from '@jest/globals';
import { pipeline, s } from '#sdk/index.js';
import { runTest } from '#sdk/testing/index.js';
import { readByHand } from '../files/input/hand-reader.fixture.js';
import { TempFolder } from '../files/temp-folder.fixture.js';
import { memory } from '../memory/index.js';
import { batches, rows } from './arrow-source.js';
import { arrow } from './index.js';

const folder = new TempFolder();
afterAll(() => {
  folder.remove();
});

const table = new Table({
  i: vectorFromArray([1n, 9007199254740993n, null], new Int64()),
  f: vectorFromArray([1.5, null, 3], new Float64()),
  t: vectorFromArray(['a', 'é', null], new Utf8()),
  b: vectorFromArray([true, null, false], new Bool()),
  at: vectorFromArray([1000, null, -1], new TimestampMicrosecond()),
  d: vectorFromArray(['x', 'y', 'x'], new Dictionary(new Utf8(), new Int32())),
  l: vectorFromArray([[1, 2], null, []], new List(new Field('item', new Int32()))),
  day: vectorFromArray([new Date(86_400_000), null, new Date(0)], new DateDay()),
  __proto: vectorFromArray([1, 2, 3], new Int32()),
});
const plain = [
  { i: 1, f: 1.5, t: 'a', b: true, at: 1000, d: 'x', l: [1, 2], day: 86_400_000, __proto: 1 },
  {
    i: 9007199254740993n,
    f: null,
    t: 'é',
    b: null,
    at: null,
    d: 'y',
    l: null,
    day: null,
    __proto: 2,
  },
  { i: null, f: 3, t: null, b: false, at: -1, d: 'x', l: [], day: 0, __proto: 3 },
];

describe('rows', () => {
  it.each(['file', 'stream'] as const)('of the %s format are plain data', async (format) => {
    const file = folder.write(`plain.${format}`, tableToIPC(table, format));
    expect((await readByHand(rows(file, {}, (row) => row, 'fail'))).elements).toEqual(plain);
  });

  it('have exact times if asked for', async () => {
    const file = folder.write('exact.arrow', tableToIPC(table.select(['at']), 'stream'));
    const read = await readByHand(rows(file, { timestamps: 'exact' }, (row) => row, 'fail'));
    expect(read.elements).toEqual([{ at: 1_000_000n }, { at: null }, { at: -1000n }]);
  });

  it('of a type without plain data are refused by name', async () => {
    const odd = new Table({ n: vectorFromArray([null], new Decimal(2, 10)) });
    const file = folder.write('odd.arrow', tableToIPC(odd, 'stream'));
    const error: unknown = await readByHand(rows(file, {}, (row) => row, 'fail')).catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({ code: 'STRAHL-2001' });
    expect((error as Error).message).toMatch(/column n has the Arrow type Decimal/);
  });
});

describe('batches', () => {
  const file = (): string => {
    const writer = new RecordBatchFileWriter();
    for (let i = 0; i < 5; i++) {
      for (const batch of new Table({ n: vectorFromArray([i, i + 0.5], new Float64()) }).batches)
        writer.write(batch);
    }
    writer.close();
    return folder.write('batches.arrow', writer.toUint8Array(true));
  };

  it('are the positions of a file: what is refused or repeated starts at a batch', async () => {
    const done = await readByHand(
      rows(file(), {}, (row) => row['n'], 'fail'),
      {
        claimsPerBundle: 2,
        failing: new Set([0, 2]),
      },
    );
    expect(done.elements).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5]);
    expect(done.rests).toBe(2);
  });

  it('are given as they are, also between stages', async () => {
    expect((await readByHand(batches(file(), {}))).elements.map((batch) => batch.numRows)).toEqual([
      2, 2, 2, 2, 2,
    ]);
    const seen: number[] = [];
    await pipeline('batches', (p) => {
      p.read(arrow.files(folder.of('batches.arrow'), { as: 'batches' }))
        .reshuffle()
        .map((batch) => batch.getChildAt(0)?.get(1) as number)
        .write(memory.collect(seen));
    }).run({});
    expect(seen.sort()).toEqual([0.5, 1.5, 2.5, 3.5, 4.5]);
  });

  it('pass the checks of a test, although reading them fills caches in them', async () => {
    const names = vectorFromArray(['a', 'b', 'a'], new Dictionary(new Utf8(), new Int32()));
    const writer = new RecordBatchFileWriter();
    for (const batch of new Table({ names }).batches) writer.write(batch);
    writer.close();
    const path = folder.write('names.arrow', writer.toUint8Array(true));
    const { out } = await runTest((p) => ({
      out: p
        .read(arrow.files(path, { as: 'batches' }))
        .flatMap((batch) => [...(batch.getChildAt(0) ?? [])].map(String)),
    }));
    expect(out.values).toEqual(['a', 'b', 'a']);
  });
});

describe('a sink', () => {
  const Row = s.row({
    id: s.int64,
    name: s.nullable(s.string),
    ok: s.boolean,
    x: s.double,
    small: s.int32,
  });
  const values = Array.from({ length: 10 }, (_, i) => ({
    id: i,
    name: i % 3 === 0 ? null : `é${String(i)}`,
    ok: i % 2 === 0,
    x: i / 2,
    small: 5 - i,
  }));

  it.each(['file', 'stream'] as const)(
    'writes the %s format for others and for us',
    async (format) => {
      const path = folder.of(`out.${format}`);
      await pipeline('write', (p) => {
        p.of(values, Row).write(arrow.sink(path, { schema: Row, format, batchRows: 4 }));
      }).run({});
      const theirs = tableFromIPC(readFileSync(path));
      expect(theirs.numRows).toBe(10);
      expect(theirs.batches.every((batch) => batch.numRows <= 4)).toBe(true);
      const ours: unknown[] = [];
      await pipeline('read', (p) => {
        p.read(arrow.files(path, { as: 'rows', schema: Row })).write(memory.collect(ours));
      }).run({});
      expect(ours).toEqual(values);
    },
  );

  it('writes a table without rows', async () => {
    const path = folder.of('none.arrow');
    await pipeline('none', (p) => {
      p.of<(typeof values)[number]>([]).write(arrow.sink(path, { schema: Row }));
    }).run({});
    expect(tableFromIPC(readFileSync(path)).schema.names).toEqual([
      'id',
      'name',
      'ok',
      'x',
      'small',
    ]);
  });

  it.each([
    [{ small: 2 ** 31 }, /small: it is 2147483648, not a 32-bit integer/],
    [{ id: 1.5 }, /id: it is 1.5, not a safe integer or bigint/],
    [{ ok: null }, /ok: it is null, but the column is not nullable/],
    [{ name: 1 }, /name: it is 1, not a string/],
  ])('refuses %j instead of changing it', async (change, message) => {
    const job = pipeline('bad', (p) => {
      p.of([{ ...values[0], ...change } as never]).write(
        arrow.sink(folder.of('bad.arrow'), { schema: Row }),
      );
    });
    await expect(job.run({})).rejects.toThrow(message);
  });

  it('refuses a schema that has no columns, at the call', () => {
    expect(() => arrow.sink('a', { schema: s.string })).toThrow(/STRAHL-1104/);
    expect(() => arrow.sink('a', { schema: s.row({ a: s.array(s.string) }) })).toThrow(
      /STRAHL-2001.*field a/s,
    );
    expect(() => arrow.sink('a', { schema: Row, batchRows: 0 })).toThrow(/STRAHL-9002/);
  });

  it('gives rows that do not fit the schema as dead letters', async () => {
    const path = folder.write(
      'mixed.arrow',
      tableToIPC(new Table({ n: vectorFromArray([1, null], new Int32()) }), 'file'),
    );
    const [good, dead]: [unknown[], unknown[]] = [[], []];
    await pipeline('dead', (p) => {
      const read = arrow.read(p, path, { schema: s.row({ n: s.int32 }) });
      read.records.write(memory.collect(good));
      read.dead.write(memory.collect(dead));
    }).run({});
    expect(good).toEqual([{ n: 1 }]);
    expect(dead).toMatchObject([{ file: path, why: expect.stringMatching(/batch 0, row 1: n: /) }]);
  });
});

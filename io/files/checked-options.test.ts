// What a bug here would look like: a misspelt option that is ignored, so that bad records pass or fail unasked.
import { expect, it } from '@jest/globals';
import type { StrahlError } from '#portability/errors.js';
import type { Root } from '#sdk/collections/root.js';
import { pipeline } from '#sdk/pipeline.js';
import { s } from '#sdk/schema/s.js';
import { arrow } from '../arrow/index.js';
import { EMPTY } from 'rxjs';
import { csv } from '../csv/index.js';
import { jsonl } from '../jsonl/index.js';
import { iterable, memory } from '../memory/index.js';
import { fromObservable, toObservable } from '../observable/index.js';
import { text } from '../text/index.js';

/** As written by somebody who has no compiler. */
const loose = (options: object): never => options as never;

it.each<[string, RegExp, () => unknown]>([
  [
    'a misspelt option of text.files',
    /has no option "badRecord"/,
    () => text.files('a', loose({ badRecord: 'skip' })),
  ],
  [
    'a policy that there is none',
    /badRecords is "ignore"/,
    () => text.files('a', loose({ badRecords: 'ignore' })),
  ],
  [
    'dead letters of a source',
    /a source gives records alone[^]*read\(p/,
    () => jsonl.files('a', loose({ badRecords: 'dead-letter' })),
  ],
  [
    'a packing that nothing unpacks',
    /compression is "zstd"/,
    () => text.files('a', loose({ compression: 'zstd' })),
  ],
  [
    'an option of another format',
    /csv\.files has no option "maxLineBytes"/,
    () => csv.files('a', loose({ maxLineBytes: 5 })),
  ],
  [
    'a misspelt option of jsonl.files',
    /has no option "compresion"/,
    () => jsonl.files('a', s.row({}), loose({ compresion: 'gzip' })),
  ],
  [
    'a misspelt option of a sink',
    /text\.sink has no option "shard"/,
    () => text.sink('a', loose({ shard: 2 })),
  ],
  [
    'a policy that no sink has',
    /badRecords is "skip"/,
    () => jsonl.sink('a', loose({ badRecords: 'skip' })),
  ],
  [
    'a packing that no sink has',
    /compression is "zstd"/,
    () => text.sink('a', loose({ compression: 'zstd' })),
  ],
  [
    'a misspelt option of an Arrow sink',
    /arrow\.sink has no option "rows"/,
    () => arrow.sink('a', loose({ schema: s.row({ x: s.int64 }), rows: 5 })),
  ],
  ['CSV without columns', /columns must name/, () => csv.sink('a', ...([] as unknown as [never]))],
  [
    'CSV of columns that are not a list',
    /columns must be a list/,
    () => csv.sink('a', loose({ columns: 'id' })),
  ],
  [
    'an Arrow reader without options',
    /as is "nothing"/,
    () => arrow.files('a', ...([] as unknown as [never])),
  ],
  [
    'Arrow that is read as nothing known',
    /as is "columns"/,
    () => arrow.files('a', loose({ as: 'columns' })),
  ],
  [
    'a misspelt option of an Arrow reader',
    /arrow\.files has no option "shema"/,
    () => arrow.files('a', loose({ as: 'rows', shema: s.row({}) })),
  ],
  [
    'an option of rows for record batches',
    /arrow\.files has no option "badRecords"/,
    () => arrow.files('a', loose({ as: 'batches', badRecords: 'skip' })),
  ],
  [
    'a policy for Arrow that there is none',
    /badRecords is "ignore"/,
    () => arrow.files('a', loose({ as: 'rows', badRecords: 'ignore' })),
  ],
  [
    'a misspelt option of an iterable',
    /iterable has no option "bound"/,
    () => iterable([1], loose({ bound: false })),
  ],
  [
    'a misspelt option of an Observable to read',
    /fromObservable has no option "buffer"/,
    () => fromObservable(EMPTY, loose({ buffer: 5 })),
  ],
  [
    'a misspelt option of an Observable to write',
    /toObservable has no option "buffer"/,
    () => toObservable(loose({ buffer: 5 })),
  ],
  [
    'a number for a pattern',
    /text\.files is given a value of type number instead of a path/,
    () => text.files(5 as never),
  ],
  ['no pattern at all', /csv\.files is given an empty text/, () => csv.files('')],
  [
    'no path to write to',
    /undefined cannot name an output file/,
    () => text.sink(undefined as never),
  ],
  [
    'a number for an iterable',
    /iterable is given a value of type number/,
    () => iterable(5 as never),
  ],
  [
    'a set to collect into',
    /memory\.collect is given a value of type object instead of an array/,
    () => memory.collect(new Set() as never),
  ],
  [
    'no Observable',
    /fromObservable is given a value of type undefined/,
    () => fromObservable(undefined as never),
  ],
  [
    'a text for an iterable',
    /iterable is given a text, which would be a list of its characters/,
    () => iterable('abc' as never),
  ],
  [
    'a quote of two characters',
    /quote must be one visible ASCII character/,
    () => csv.files('a', loose({ quote: '""' })),
  ],
  ['no shard at all', /shards must be a whole number/, () => text.sink('a', { shards: 0 })],
  [
    'a batch of no row',
    /batchRows must be a positive whole number/,
    () => arrow.sink('a', { schema: s.row({ x: s.int64 }), batchRows: 0 }),
  ],
  [
    'a buffer of nothing',
    /capacity must be a positive whole number/,
    () => fromObservable(EMPTY, { capacity: 0 }),
  ],
])('%s is refused where it is written down', (_, message, build) => {
  const error = failureOf(build);
  expect(error.message).toMatch(message);
  expect(error).toMatchObject({
    site: expect.stringMatching(/checked-options\.test\.ts:\d+:\d+$/),
    fix: expect.any(String),
  });
});

it.each<[string, (p: Root) => unknown]>([
  ['text', (p) => text.read(p, 5 as never)],
  ['csv', (p) => csv.read(p, 'a', loose({ quote: '""' }))],
  ['jsonl', (p) => jsonl.read(p, 'a', loose({ compresion: 'gzip' }))],
  ['arrow', (p) => arrow.read(p, 'a', loose({ shema: s.row({}) }))],
])('what %s.read is given wrongly is refused where it is written down', async (_, build) => {
  await expect(pipeline('reading', build).run()).rejects.toMatchObject({
    code: 'STRAHL-9002',
    site: expect.stringMatching(/checked-options\.test\.ts:\d+:\d+$/),
    fix: expect.any(String),
  });
});

function failureOf(build: () => unknown): StrahlError {
  try {
    build();
  } catch (e) {
    return e as StrahlError;
  }
  throw new TypeError('nothing was refused');
}

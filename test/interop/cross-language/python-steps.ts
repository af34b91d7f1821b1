import {
  external,
  pythonSource,
  s,
  type ExpansionService,
  type ExternalOptions,
  type Infer,
  type PCollection,
  type Root,
} from 'strahl';
import { expectEqual, expectRefusal, type ForeignCase } from './foreign-case.js';

const Everything = s.row({
  ...{ text: s.string, yes: s.boolean, small: s.int32, whole: s.int64, broken: s.double },
  ...{ exact: s.decimal, raw: s.bytes, at: s.instant, list: s.array(s.int64) },
  ...{ nulls: s.array(s.string.nullable()), map: s.map(s.string, s.int64) },
  ...{ inner: s.row({ a: s.string, b: s.row({ c: s.double }) }), none: s.string.nullable() },
});
type Everything = Infer<typeof Everything>;

const ROWS: readonly Everything[] = [
  {
    ...{ text: 'ü€𝄞', yes: true, small: -7, whole: 2 ** 53 - 1, broken: -0.1, exact: '-12.340' },
    ...{ raw: Uint8Array.of(0, 255), at: 1_234_567 as Everything['at'], list: [1, -1] },
    ...{ nulls: ['x', null], map: new Map([['k', 2]]), inner: { a: '', b: { c: 1e300 } } },
    none: null,
  },
  {
    ...{ text: '', yes: false, small: 2 ** 31 - 1, whole: -(2 ** 53 - 1), broken: 0, exact: '0' },
    ...{ raw: new Uint8Array(0), at: -1 as Everything['at'], list: [], nulls: [], map: new Map() },
    ...{ inner: { a: 'x', b: { c: -1 } }, none: 'some' },
  },
];

const SIZED = `
import typing
import apache_beam as beam
class Sized(typing.NamedTuple):
  size: int
  word: str
beam.coders.registry.register_coder(Sized, beam.coders.RowCoder)
def sized(words):
  return words | beam.Map(lambda word: Sized(len(word), word)).with_output_types(Sized)
`;

const LENGTHS = `
import apache_beam as beam
def sort_out(words):
  long = words | 'Long' >> beam.Filter(lambda word: len(word) > 2).with_output_types(str)
  short = words | 'Short' >> beam.Filter(lambda word: len(word) <= 2).with_output_types(str)
  return {'long': long, 'short': short}
`;

const map = (source: string, o: { readonly expansion: ExpansionService }): ExternalOptions => ({
  ...o,
  python: 'apache_beam.Map',
  args: [pythonSource(source)],
});

const words = (p: Root): PCollection<string, 'bounded', 'none'> =>
  p.of(['a', 'b', 'abc'], s.string);

/** By what they show. */
export const PYTHON_CASES: Readonly<Record<string, ForeignCase>> = {
  'a lambda of Python maps elements between steps of ours': async (run, expansion) => {
    const upper = external({
      ...map('lambda word: word.upper()', { expansion }),
      output: s.string,
    });
    const out = await run((p) =>
      words(p)
        .map((word) => `${word}.`, s.string)
        .pipe(upper)
        .map((word) => `<${word}>`),
    );
    expectEqual(out, ['<A.>', '<ABC.>', '<B.>']);
  },
  'rows of every type come back from Python as they went': async (run, expansion) => {
    const same = external({ ...map('lambda row: row', { expansion }), output: Everything });
    const out = await run((p) => p.of(ROWS, Everything).pipe(same));
    expectEqual(new Set(out), new Set(ROWS));
  },
  'rows that Python makes are read by the names of their fields': async (run, expansion) => {
    const sized = external({
      ...{ python: '__callable__', kwargs: { source: pythonSource(SIZED) }, expansion },
      output: s.row({ word: s.string, size: s.int64 }),
    });
    const out = await run((p) => words(p).pipe(sized));
    expectEqual(
      out.map(({ word, size }) => `${word}${String(size)}`),
      ['a1', 'b1', 'abc3'],
    );
  },
  'Python groups by keys that were made here': async (run, expansion) => {
    const count = external({
      ...{ python: 'apache_beam.combiners.Count.PerKey', expansion },
      output: s.pair(s.string, s.int64),
    });
    const out = await run((p) =>
      p
        .of([['a', 1] as const, ['b', 2] as const, ['a', 3] as const], s.pair(s.string, s.int64))
        .pipe(count),
    );
    expectEqual(out, [
      ['a', 2],
      ['b', 1],
    ]);
  },
  'elements that only Python reads are refused, naming what to do there': async (
    run,
    expansion,
  ) => {
    const sum = external({
      ...{ python: 'apache_beam.CombinePerKey', args: [pythonSource('sum')], expansion },
      output: s.pair(s.string, s.int64),
    });
    const job = run((p) => p.of([['a', 1] as const], s.pair(s.string, s.int64)).pipe(sum));
    await expectRefusal(job, 'STRAHL-3304', 'pickled_python', 'with_output_types');
  },
  'a transform of Python has several outputs by name': async (run, expansion) => {
    const sortOut = external({
      ...{ python: '__callable__', kwargs: { source: pythonSource(LENGTHS) }, expansion },
      outputs: { long: s.string, short: s.string },
    });
    const out = await run((p) => {
      const { long, short } = sortOut(words(p));
      return long.map((x) => `long ${x}`).flattenWith(short.map((x) => `short ${x}`));
    });
    expectEqual(out, ['long abc', 'short a', 'short b']);
  },
  'Python reads from a root of its own': async (run, expansion) => {
    const create = external({
      ...{ python: 'apache_beam.Create', args: [['x', 'y']], expansion },
      output: s.string,
    });
    expectEqual(await run((p) => create(p)), ['x', 'y']);
  },
  'a name that Python does not find is refused in its words': async (run, expansion) => {
    const none = external({ python: 'apache_beam.Nothing', expansion, output: s.string });
    await expectRefusal(
      run((p) => words(p).pipe(none)),
      'STRAHL-3301',
      'apache_beam.Nothing',
    );
  },
  'a URN that Python does not know is refused by name': async (run, expansion) => {
    const none = external({ urn: 'example:none:v1', expansion, output: s.string });
    await expectRefusal(
      run((p) => words(p).pipe(none)),
      'STRAHL-3302',
      'example:none:v1',
    );
  },
  'an error of a function of Python fails the job with its text': async (run, expansion) => {
    const fails = external({ ...map('lambda word: word[99]', { expansion }), output: s.string });
    await expectRefusal(
      run((p) => words(p).pipe(fails)),
      'IndexError',
    );
  },
};

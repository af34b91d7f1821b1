// What a bug here looks like: an element that changes, or gets lost, on its way between two environments.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Serving } from '#portability/grpc/serve.js';
import { connect } from '#portability/grpc/connect.js';
import { EXPANSION_SERVICE } from '#portability/jobapi/expansion-service.js';
import {
  external,
  fixed,
  offerTransform,
  pipeline,
  s,
  type ExternalTransform,
  type Infer,
  type PCollection,
  type Root,
} from '#sdk/index.js';
import { portableRunner } from '../portable-runner.js';
import { runJobServer } from '../server/job-server.js';
import { runExpansionService } from './serve-expansion.js';

const Everything = s.row({
  text: s.string,
  yes: s.boolean,
  small: s.int32,
  whole: s.int64,
  broken: s.double,
  exact: s.decimal,
  raw: s.bytes,
  at: s.instant,
  long: s.duration,
  list: s.array(s.int64),
  nulls: s.array(s.string.nullable()),
  map: s.map(s.string, s.int64),
  inner: s.row({ a: s.string, b: s.row({ c: s.double }) }),
  none: s.string.nullable(),
});
type Everything = Infer<typeof Everything>;

const transforms = [
  offerTransform(
    'example:shout:v1',
    { config: s.row({ suffix: s.string.default('!') }), input: s.string, description: 'Louder.' },
    (words, { suffix }) => words.map((word) => word.toUpperCase() + suffix, s.string),
  ),
  offerTransform('example:echo:v1', { input: Everything }, (rows) =>
    rows.map((row) => row, Everything),
  ),
  offerTransform('example:same:v1', { input: Everything }, (rows) => rows.filter(() => true)),
  offerTransform('example:tally:v1', { input: s.pair(s.string, s.int64) }, (pairs) =>
    pairs.keyed().countPerKey().withSchema(s.pair(s.string, s.int64)),
  ),
  offerTransform(
    'example:sort-out:v1',
    { inputs: { words: s.string, more: s.string } },
    ({ words, more }) => {
      const { long, short } = words
        .flattenWith(more)
        .split({ long: s.string, short: s.string }, function* (word, out) {
          yield word.length > 2 ? out.long(word) : out.short(word);
        });
      return { long, short };
    },
  ),
  offerTransform('example:numbers:v1', { config: s.row({ to: s.int64 }) }, (p, { to }) =>
    p.generateSequence({ to }),
  ),
  offerTransform('example:fails:v1', { input: s.string }, (words) =>
    words.map((): string => {
      throw new RangeError('not today');
    }, s.string),
  ),
  offerTransform('example:breaks:v1', { input: s.string }, () => {
    throw new RangeError('no steps today');
  }),
];

let service: Serving;
let server: Serving;

beforeAll(async () => {
  service = await runExpansionService({ transforms });
  server = await runJobServer();
});

afterAll(async () => {
  await server.close();
  await service.close();
});

/** What the steps give, in any order. */
async function run<T>(steps: (p: Root) => PCollection<T>): Promise<readonly T[]> {
  const out: T[] = [];
  const job = pipeline('two environments', (p) => steps(p).map((x) => void out.push(x)));
  await job.run({}, { runner: portableRunner({ jobEndpoint: server.address }) });
  return out;
}

const words = (p: Root) => p.of(['a', 'b'], s.string);
const at = (
  urn: string,
  o: { readonly config?: Readonly<Record<string, string>> },
): ExternalTransform<string> =>
  external({ urn, expansion: service.address, output: s.string, ...o });

describe('a pipeline with steps of another environment', () => {
  it('gives them its elements and takes what they give', async () => {
    const out = await run((p) =>
      words(p)
        .pipe(at('example:shout:v1', { config: { suffix: '?' } }))
        .map((x) => `<${x}>`),
    );
    expect([...out].sort()).toEqual(['<A?>', '<B?>']);
  });

  it('uses the same transform twice, with other settings', async () => {
    const out = await run((p) =>
      words(p).pipe(
        at('example:shout:v1', {}),
        at('example:shout:v1', { config: { suffix: '?' } }),
      ),
    );
    expect([...out].sort()).toEqual(['A!?', 'B!?']);
  });

  it.each(['example:echo:v1', 'example:same:v1'])(
    'passes rows of every type through %s',
    async (urn) => {
      const row: Everything = {
        ...{
          text: 'ü€𝄞',
          yes: true,
          small: -7,
          whole: 2 ** 53 - 1,
          broken: -0.1,
          exact: '-12.340',
        },
        ...{ raw: Uint8Array.of(0, 255), at: 1_234_567 as Everything['at'] },
        ...{ long: 90_000 as Everything['long'], list: [1, -1], nulls: ['x', null] },
        ...{ map: new Map([['k', 2]]), inner: { a: '', b: { c: 1e300 } }, none: null },
      };
      const echo = external({ urn, expansion: service.address, output: Everything });
      const out = await run((p) => p.of([row], Everything).pipe(echo));
      expect(out).toEqual([row]);
    },
  );

  it('groups there by keys that were made here, in the windows that were set here', async () => {
    const tally = external({
      ...{ urn: 'example:tally:v1', expansion: service.address },
      output: s.pair(s.string, s.int64),
    });
    const out = await run((p) =>
      p
        .of(
          [['a', 1] as const, ['b', 70_000] as const, ['a', 2] as const],
          s.pair(s.string, s.int64),
        )
        .withTimestamps(([, n]) => n)
        .window(fixed('1m'))
        .pipe(tally)
        .map(([word, n]) => `${word}${String(n)}`),
    );
    expect([...out].sort()).toEqual(['a2', 'b1']);
  });

  it('has several inputs and outputs by name', async () => {
    const sortOut = external({
      ...{ urn: 'example:sort-out:v1', expansion: service.address },
      outputs: { long: s.string, short: s.string },
    });
    const out = await run((p) => {
      const { long, short } = sortOut({ words: words(p), more: p.of(['abc'], s.string) });
      return long.map((x) => `long ${x}`).flattenWith(short.map((x) => `short ${x}`));
    });
    expect([...out].sort()).toEqual(['long abc', 'short a', 'short b']);
  });

  it('reads from a root of the other side', async () => {
    const numbers = external({
      ...{ urn: 'example:numbers:v1', expansion: service.address, config: { to: 3 } },
      output: s.int64,
    });
    expect([...(await run((p) => numbers(p).map((n) => n * 10)))].sort()).toEqual([0, 10, 20]);
  });

  it('fails with the error of the function there, naming the step', async () => {
    const failed = run((p) => words(p).pipe(at('example:fails:v1', {})));
    await expect(failed).rejects.toThrow(/STRAHL-4001[\s\S]*not today/);
  });

  it('is refused with the text of the service', async () => {
    const failed = run((p) => p.of([1], s.int64).pipe(at('example:shout:v1', {})));
    await expect(failed).rejects.toThrow(/STRAHL-3301[\s\S]*string_utf8:v1 is expected/);
  });

  it('is refused with the list of what is offered', async () => {
    const failed = run((p) => words(p).pipe(at('example:whisper:v1', {})));
    await expect(failed).rejects.toThrow(/STRAHL-3302[\s\S]*example:shout:v1/);
  });

  it('is given settings of a schema transform by name', async () => {
    const shout = external({
      ...{
        schemaTransform: 'example:shout:v1',
        config: { suffix: '.' },
        expansion: service.address,
      },
      output: s.string,
    });
    expect([...(await run((p) => words(p).pipe(shout)))].sort()).toEqual(['A.', 'B.']);
  });
});

describe('an expansion service of ours', () => {
  it('describes its transforms, with their settings and inputs', async () => {
    const channel = await connect(service.address);
    const answer = await channel.unary(EXPANSION_SERVICE.DiscoverSchemaTransform, {});
    channel.close();
    const shout = answer.schemaTransformConfigs.get('example:shout:v1')!;
    expect(shout.description).toBe('Louder.');
    expect(shout.inputPcollectionNames).toEqual(['input']);
    expect(shout.configSchema!.fields.map(({ name }) => name)).toEqual(['suffix']);
  });

  it('says what an offered transform has thrown, and nothing of where its code lies', async () => {
    const failed = run((p) => words(p).pipe(at('example:breaks:v1', {})));
    await expect(failed).rejects.toThrow(/STRAHL-3301[\s\S]*RangeError: no steps today/);
    await expect(failed).rejects.not.toThrow(/serve-expansion\.ts/);
  });

  it('is refused with two transforms of one name, or what is none', async () => {
    const twice = runExpansionService({ transforms: [transforms[0]!, transforms[0]!] });
    await expect(twice).rejects.toMatchObject({ code: 'STRAHL-1001' });
    const none = runExpansionService({ transforms: [{} as never] });
    await expect(none).rejects.toMatchObject({ code: 'STRAHL-9002' });
  });
});

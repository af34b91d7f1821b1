// What a bug here looks like: a pipeline of another SDK gets steps that read or give other things than it thinks.
import { describe, expect, it } from '@jest/globals';
import { rowCoderOfPayload } from '#portability/coders/rows/rows.js';
import { payloadOfSchema } from '#portability/coders/rows/schema-payload.js';
import { functionSpec } from '#portability/model/function-spec.js';
import type { CoderSpec, Components, PCollection } from '#portability/model/graph.js';
import {
  coderId,
  pcollectionId,
  windowingStrategyId,
  type CoderId,
  type PCollectionId,
} from '#portability/model/ids.js';
import { schemaField, schemaOf, type FieldType } from '#portability/model/schema.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { CODER_URN } from '#portability/urns.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { DEFAULT_WINDOWING } from '../graph/windowing.js';
import { s } from '../schema/s.js';
import { expandOffer, type ExpandedOffer } from './expand-offer.js';
import { configSchemaOf, readConfig, type SentConfig } from './offer-config.js';
import {
  offerOf,
  offerTransform,
  type OfferDescription,
  type OfferedTransform,
} from './offered-transform.js';

const GLOBAL: WindowingStrategy = {
  ...DEFAULT_WINDOWING,
  windowFn: { kind: 'global' },
  windowCoderId: coderId('global'),
  assignsToOneWindow: true,
};

const CODERS: Readonly<Record<string, CoderSpec>> = {
  text: { spec: functionSpec(CODER_URN.STRING_UTF8), componentIds: [] },
  number: { spec: functionSpec(CODER_URN.VARINT), componentIds: [] },
  pickled: { spec: functionSpec('beam:coder:pickled_python:v1'), componentIds: [] },
  pairs: { spec: functionSpec(CODER_URN.KV), componentIds: [coderId('text'), coderId('number')] },
};

/** Collections of another SDK by name, each with the coder of that name. */
function there(
  coders: Readonly<Record<string, string>>,
  windowing: WindowingStrategy = GLOBAL,
): { readonly inputs: ReadonlyMap<string, PCollectionId>; readonly components: Components } {
  const inputs = new Map(Object.keys(coders).map((name) => [name, pcollectionId(`there-${name}`)]));
  const pcollections = Object.entries(coders).map(([name, coder]): PCollection => ({
    ...{ id: inputs.get(name)!, uniqueName: name, coderId: coderId(coder), boundedness: 'bounded' },
    windowingStrategyId: windowingStrategyId('w'),
    displayData: [],
  }));
  return {
    inputs,
    components: {
      transforms: new Map(),
      pcollections: new Map(pcollections.map((each) => [each.id, each])),
      windowingStrategies: new Map([[windowingStrategyId('w'), windowing]]),
      coders: new Map(Object.entries(CODERS)) as unknown as ReadonlyMap<CoderId, CoderSpec>,
      environments: new Map(),
    },
  };
}

const describedBy = (transform: OfferedTransform): OfferDescription => offerOf(transform)!;

function expand(
  transform: OfferedTransform,
  given: ReturnType<typeof there>,
  config: unknown = {},
): ExpandedOffer {
  const request = { ...given, uniqueName: 'there/Step', namespace: 'ns_', config };
  return expandOffer(describedBy(transform), request);
}

const shout = offerTransform(
  'example:shout:v1',
  { input: s.string, config: s.row({ suffix: s.string.default('!'), times: s.int32.optional() }) },
  (words, { suffix }) => words.map((word) => word + suffix, s.string),
);

describe('an offered transform over a collection of another SDK', () => {
  it('has steps with names in its step there, and ids in its namespace', () => {
    const { graph, transform } = expand(shout, there({ words: 'text' }), { suffix: '?' });
    const { transforms, pcollections, environments } = graph.components;
    const composite = transforms.get(transform)!;
    expect(composite.uniqueName).toBe('there/Step');
    expect([...transforms.values()].map(({ uniqueName }) => uniqueName)).toContain(
      'there/Step/map',
    );
    expect([...composite.inputs.values()]).toEqual(['there-words']);
    expect([...composite.outputs.keys()]).toEqual(['output']);
    const ids = [...transforms.keys(), ...pcollections.keys(), ...environments.keys()];
    expect(ids.filter((id) => !id.startsWith('ns_'))).toEqual([]);
  });

  it('has the functions of its steps', () => {
    const { functions } = expand(shout, there({ words: 'text' }), { suffix: '?' });
    expect([...functions.keys()]).toEqual(['there/Step/map']);
  });

  it('gives several outputs by name, and groups by keys that came with their coder', () => {
    const counted = offerTransform('x', { input: s.pair(s.string, s.int64) }, (pairs) => ({
      sizes: pairs
        .keyed()
        .countPerKey()
        .map(([, n]) => n, s.int64),
      words: pairs.keyed().keys().withSchema(s.string),
    }));
    const { graph, transform } = expand(counted, there({ in: 'pairs' }));
    expect([...graph.components.transforms.get(transform)!.outputs.keys()]).toEqual([
      'sizes',
      'words',
    ]);
  });

  it('reads several collections by name, or none', () => {
    const two = offerTransform('x', { inputs: { a: s.string, b: s.string } }, ({ a, b }) =>
      a.flattenWith(b),
    );
    const read = (e: ExpandedOffer): readonly string[] => [
      ...e.graph.components.transforms.get(e.transform)!.inputs.values(),
    ];
    expect(read(expand(two, there({ b: 'text', a: 'text' })))).toEqual(['there-b', 'there-a']);
    const none = offerTransform('x', {}, (p) => p.of([1], s.int64));
    expect(read(expand(none, there({})))).toEqual([]);
  });

  it.each<readonly [string, OfferedTransform, ReturnType<typeof there>, string]>([
    ['elements of another type', shout, there({ words: 'number' }), 'STRAHL-3301'],
    [
      'elements that only the other side reads',
      shout,
      there({ words: 'pickled' }),
      'pickled_python',
    ],
    [
      'collections of other names',
      offerTransform('x', { inputs: { a: s.string, b: s.string } }, () => 1),
      there({ c: 'text' }),
      'its inputs are a, b; given are c',
    ],
    ['nothing to read', shout, there({}), 'STRAHL-3301'],
    [
      'windows that this SDK has not',
      shout,
      there(
        { w: 'text' },
        { ...GLOBAL, windowFn: { kind: 'custom', spec: functionSpec('their:windows') } },
      ),
      'STRAHL-2001',
    ],
    [
      'an output without a schema',
      offerTransform('x', { input: s.string }, (p) => p.map((x) => x)),
      there({ w: 'text' }),
      'STRAHL-1105',
    ],
    ['no steps at all', offerTransform('x', {}, () => undefined), there({}), 'STRAHL-3301'],
  ])('is refused with %s', (_, transform, given, text) => {
    expect(() => expand(transform, given, { suffix: '' })).toThrow(text);
  });
});

describe('the settings of an offered transform', () => {
  const sent = (fields: Readonly<Record<string, FieldType>>, row: object): SentConfig => {
    const schema = payloadOfSchema(schemaOf(Object.entries(fields).map((f) => schemaField(...f))));
    const out = new ByteWriter();
    rowCoderOfPayload(schema).encode(row as Record<string, unknown>, out);
    return { schema, row: out.toBytes() };
  };
  const text: FieldType = { kind: 'string', nullable: true };
  const int: FieldType = { kind: 'int64', nullable: true };

  it('are described as a row in which null stands for what may be left out', () => {
    const { fields, id } = configSchemaOf(describedBy(shout));
    expect(fields.map(({ name, type }) => [name, type.kind, type.nullable])).toEqual([
      ['suffix', 'string', true],
      ['times', 'int32', true],
    ]);
    expect(id).not.toBe('');
  });

  it('have their defaults where they are left out or null', async () => {
    expect(await readConfig(describedBy(shout), undefined)).toEqual({ suffix: '!' });
    const nulls = sent({ suffix: text, times: int }, { suffix: null, times: null });
    expect(await readConfig(describedBy(shout), nulls)).toEqual({ suffix: '!' });
  });

  it.each<readonly [string, SentConfig, string]>([
    [
      'a name that there is not',
      sent({ prefix: text }, { prefix: 'x' }),
      'prefix is not a setting',
    ],
    ['a value of another type', sent({ suffix: int }, { suffix: 1 }), 'suffix'],
  ])('are refused by name with %s', async (_, config, title) => {
    const refused = readConfig(describedBy(shout), config);
    await expect(refused).rejects.toMatchObject({ code: 'STRAHL-3303' });
    await expect(readConfig(describedBy(shout), config)).rejects.toThrow(title);
  });

  it('are refused by the offer if rows of other SDKs cannot hold them', () => {
    const config = s.row({ any: s.union(s.string, s.int64) });
    const offer = describedBy(offerTransform('x', { config }, () => undefined));
    expect(() => configSchemaOf(offer)).toThrow('STRAHL-3303');
    expect(() => offerTransform('x', { config: s.string }, () => undefined)).toThrow('STRAHL-9002');
  });
});

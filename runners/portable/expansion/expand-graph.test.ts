// What a bug here looks like: a runner is given steps that nobody runs, or bytes that a step does not expect.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { payloadOfSchema } from '#portability/coders/rows/schema-payload.js';
import { offer } from '#portability/grpc/handlers.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import { ARTIFACT_RETRIEVAL_SERVICE } from '#portability/jobapi/artifact-services.js';
import { EXPANSION_SERVICE } from '#portability/jobapi/expansion-service.js';
import type { Graph } from '#portability/model/graph.js';
import { schemaField, schemaOf } from '#portability/model/schema.js';
import { decodeGraph, encodeGraph } from '#portability/proto/pipeline-proto.js';
import type { Init } from '#portability/proto/codec.js';
import type {
  ExpansionRequest,
  ExpansionResponse,
} from '#portability/proto/generated/expansion.js';
import { decodeSchemaTransformPayload } from '#portability/proto/generated/external-transforms.js';
import {
  encodeArtifactFilePayload,
  encodeParDoPayload,
  IsBounded,
  type PCollection,
  type PTransform,
} from '#portability/proto/generated/pipeline.js';
import { decodeSchema } from '#portability/proto/generated/schema.js';
import { ARTIFACT_TYPE_URN, CODER_URN, ENVIRONMENT_URN, TRANSFORM_URN } from '#portability/urns.js';
import { external, pipeline, s, type ExternalTransform, type Root } from '#sdk/index.js';
import { buildGraph } from '#sdk/translate/build-graph.js';
import { expandGraph } from './expand-graph.js';
import { ExpansionServices } from './expansion-services.js';

type Answer = (request: ExpansionRequest) => Init<ExpansionResponse>;

let serving: Serving;
let services: ExpansionServices;
let answer: Answer;
const asked: ExpansionRequest[] = [];
const description = decodeSchema(
  payloadOfSchema(
    schemaOf([
      schemaField('n', { kind: 'int32', nullable: false }),
      schemaField('note', { kind: 'string', nullable: true }),
    ]),
  ),
);

beforeAll(async () => {
  const expansions = offer(EXPANSION_SERVICE, {
    Expand: (request) => {
      asked.push(request);
      return answer(request);
    },
    DiscoverSchemaTransform: () => ({
      schemaTransformConfigs: new Map([['example:described:v1', { configSchema: description }]]),
    }),
  });
  const artifacts = offer(ARTIFACT_RETRIEVAL_SERVICE, {
    ResolveArtifacts: ({ artifacts: replacements }) => ({ replacements }),
    GetArtifact: (_, out) => {
      out.send({ data: Uint8Array.of(1, 2) });
      out.send({ data: Uint8Array.of(3) });
    },
  });
  serving = await serve({ offers: [expansions, artifacts] });
  services = new ExpansionServices();
});

afterAll(async () => {
  await services.close();
  await serving.close();
});

/** One ParDo of the other side, whose output has the coder `coderUrn`. */
function parDo(
  coderUrn: string = CODER_URN.STRING_UTF8,
  output = 'out',
  isBounded: IsBounded = IsBounded.BOUNDED,
): Answer {
  return ({ namespace: ns, transform, components }) => {
    const { pcollections } = components!;
    const [input] = pcollections.values();
    const { windowingStrategyId } = input!;
    const { inputs, uniqueName } = transform!;
    const out = { uniqueName: 'out', coderId: `${ns}c`, isBounded, windowingStrategyId };
    const payload = encodeParDoPayload({ doFn: { urn: 'x' } });
    const inside = {
      uniqueName: `${uniqueName}/inside`,
      environmentId: `${ns}e`,
      inputs,
      outputs: new Map([['0', `${ns}out`]]),
      spec: { urn: TRANSFORM_URN.PAR_DO, payload },
    };
    const environment = { urn: ENVIRONMENT_URN.EXTERNAL, dependencies: [FILE] };
    return {
      components: {
        windowingStrategies: components!.windowingStrategies,
        coders: new Map([[`${ns}c`, { spec: { urn: coderUrn } }]]),
        pcollections: new Map<string, Init<PCollection>>([...pcollections, [`${ns}out`, out]]),
        environments: new Map([[`${ns}e`, environment]]),
        transforms: new Map<string, Init<PTransform>>([
          ...components!.transforms,
          [`${ns}t`, inside],
        ]),
      },
      transform: {
        ...{ uniqueName, inputs, subtransforms: [`${ns}t`] },
        outputs: new Map([[output, `${ns}out`]]),
      },
      requirements: ['beam:requirement:of-theirs:v1'],
    };
  };
}

const FILE = {
  typeUrn: ARTIFACT_TYPE_URN.FILE,
  typePayload: encodeArtifactFilePayload({ path: '/there/x', sha256: 'f' }),
};

function graphOf(steps: (p: Root) => unknown): Graph {
  return buildGraph(pipeline('x', steps), {}).graph;
}

function expand(steps: (p: Root) => unknown): ReturnType<typeof expandGraph> {
  return expandGraph(graphOf(steps), services);
}

const step = (): ExternalTransform<string> =>
  external({ urn: 'example:x:v1', expansion: serving.address, output: s.string });
const words = (p: Root) => p.of(['a'], s.string);

describe('a graph with a step of another SDK', () => {
  it('gets what the service made, and reads of it, in its place', async () => {
    answer = parDo();
    const { graph } = await expand((p) =>
      words(p)
        .pipe(step())
        .map((x) => x.length),
    );
    const checked = decodeGraph(encodeGraph(graph));
    const { transforms, pcollections, environments } = checked.components;
    const named = new Map([...transforms.values()].map((each) => [each.uniqueName, each]));
    expect(named.get('example:x:v1/external')?.subtransforms).toEqual(['external1t']);
    expect([...named.get('map')!.inputs.values()]).toEqual(['external1out']);
    expect([...pcollections.keys()]).toContain('external1out');
    expect([...environments.keys()]).toEqual(['strahl', 'external1e']);
    expect(checked.requirements).toContain('beam:requirement:of-theirs:v1');
    expect(
      [...transforms.values()].filter(({ spec }) => spec?.urn === TRANSFORM_URN.IMPULSE),
    ).toHaveLength(1);
  });

  it('expands one step after the other, each in a namespace of its own', async () => {
    answer = parDo();
    const { graph } = await expand((p) => words(p).pipe(step(), step()));
    const second = graph.components.transforms.get('external2t' as never)!;
    expect([...second.inputs.values()]).toEqual(['external1out']);
    decodeGraph(encodeGraph(graph));
  });

  it('asks for the type of its only output', async () => {
    answer = parDo();
    await expand((p) => words(p).pipe(step()));
    const { outputCoderRequests, components } = asked.at(-1)!;
    const [coder] = outputCoderRequests.values();
    expect(components!.coders.get(coder!)?.spec?.urn).toBe(CODER_URN.STRING_UTF8);
  });

  it('has the files of the other side, under paths of its own', async () => {
    answer = parDo();
    const { graph, files } = await expand((p) => words(p).pipe(step()));
    const [file] = graph.components.environments.get('external1e' as never)!.dependencies;
    const pieces: number[] = [];
    for await (const piece of files.read(file!.typeUrn, file!.typePayload)!) pieces.push(...piece);
    expect(pieces).toEqual([1, 2, 3]);
    expect(files.read(FILE.typeUrn, FILE.typePayload)).toBeUndefined();
  });
});

describe('a step that cannot be expanded', () => {
  it('fails with the last line of what Python said', async () => {
    answer = () => ({
      error: 'Traceback (most recent call last):\n  File "x"\nTypeError: bad argument',
    });
    const failed = expand((p) => words(p).pipe(step()));
    await expect(failed).rejects.toThrow(/STRAHL-3301.*TypeError: bad argument[\s\S]*example:x:v1/);
  });

  it('fails with the first line of what Java said', async () => {
    answer = () => ({ error: 'java.lang.RuntimeException: bad\n\tat org.X.y(X.java:1)' });
    const failed = expand((p) => words(p).pipe(step()));
    await expect(failed).rejects.toThrow('step: java.lang.RuntimeException: bad');
  });

  it('fails with the list of what there is for a URN that nobody knows', async () => {
    answer = () => ({ error: "Traceback\nKeyError: 'example:x:v1'" });
    const failed = expand((p) => words(p).pipe(step()));
    await expect(failed).rejects.toThrow(/STRAHL-3302[\s\S]*example:described:v1/);
  });

  it('fails where nobody answers', async () => {
    const closed = await serve({ offers: [] });
    await closed.close();
    const own = new ExpansionServices();
    const spec = { kind: 'python', python: '/nowhere/python' } as const;
    await expect(own.client(spec)).rejects.toMatchObject({ code: 'STRAHL-6001' });
    await own.close();
  });
});

describe('the settings of a schema transform', () => {
  const described = (config: Readonly<Record<string, string | number>>) =>
    external({
      schemaTransform: 'example:described:v1',
      config,
      expansion: serving.address,
      output: s.string,
    });

  it('are sent in the schema that the service describes', async () => {
    answer = parDo();
    await expand((p) => words(p).pipe(described({ n: 7 })));
    const { spec } = asked.at(-1)!.transform!;
    const { configurationRow, identifier } = decodeSchemaTransformPayload(spec!.payload);
    expect(identifier).toBe('example:described:v1');
    // Two fields, the second null, then a varint of 32 bits.
    expect([...configurationRow]).toEqual([2, 1, 2, 7]);
  });

  it.each<readonly [string, Readonly<Record<string, string | number>>, string]>([
    ['a field that there is not', { n: 1, m: 2 }, 'm is no setting'],
    ['a field that is missing', { note: 'x' }, 'n is missing'],
    ['a value of another type', { n: 'x' }, 'field "n"'],
  ])('are refused by name with %s', async (_, config, text) => {
    const failed = expand((p) => words(p).pipe(described(config)));
    await expect(failed).rejects.toThrow(/STRAHL-3303/);
    await expect(expand((p) => words(p).pipe(described(config)))).rejects.toThrow(text);
  });

  it('are refused for an identifier that the service does not describe', async () => {
    const o = { schemaTransform: 'example:other:v1', expansion: serving.address };
    const failed = expand((p) => external({ ...o, output: s.string })(p));
    await expect(failed).rejects.toThrow(/STRAHL-3302[\s\S]*example:described:v1/);
  });
});

describe('what comes back', () => {
  it.each<readonly [string, () => Answer, string]>([
    ['another coder', () => parDo(CODER_URN.VARINT), 'beam:coder:varint:v1'],
    [
      'a coder that only the other side knows',
      () => parDo('beam:coder:pickled_python:v1'),
      'pickled_python',
    ],
  ])('is refused in %s', async (_, given, text) => {
    answer = given();
    const failed = expand((p) => words(p).pipe(step()));
    await expect(failed).rejects.toThrow(/STRAHL-3304/);
    await expect(expand((p) => words(p).pipe(step()))).rejects.toThrow(text);
  });

  it('is refused if an output is missing, with the names that there are', async () => {
    answer = parDo(CODER_URN.STRING_UTF8, 'good');
    const two = external({
      ...{ urn: 'x', expansion: serving.address },
      outputs: { good: s.string, bad: s.string },
    });
    await expect(expand((p) => words(p).pipe(two))).rejects.toThrow(
      /STRAHL-3304.*"bad"[\s\S]*"good"/,
    );
  });

  it('is refused if it does not end although the pipeline says so', async () => {
    answer = parDo(undefined, undefined, IsBounded.UNBOUNDED);
    await expect(expand((p) => words(p).pipe(step()))).rejects.toThrow(
      /STRAHL-3304[\s\S]*does not end/,
    );
  });

  it('is refused with ids outside of its namespace', async () => {
    answer = (request) => parDo()({ ...request, namespace: 'strange' });
    await expect(expand((p) => words(p).pipe(step()))).rejects.toThrow('STRAHL-8001');
  });
});

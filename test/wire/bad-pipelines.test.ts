/*
 * What a bug here looks like: a pipeline that nobody can run is taken, or takes the server down, or is refused without
 * a word of why. Rows 4 to 9 of what is bad input, each submitted to a job server.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import { rawRpc } from '#portability/grpc/rpc.js';
import type { Serving } from '#portability/grpc/serve.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import type { Init } from '#portability/proto/codec.js';
import { encodePrepareJobRequest } from '#portability/proto/generated/job-api.js';
import {
  decodePipeline,
  type Coder,
  type Components,
  type PCollection,
  type Pipeline,
  type PTransform,
} from '#portability/proto/generated/pipeline.js';
import { runJobServer } from '#runners/portable/server/job-server.js';
import { tinyPipeline } from '#runners/portable/server/tiny-pipeline.fixture.js';
import { CODER_URN, TRANSFORM_URN, WINDOW_FN_URN } from '#portability/urns.js';

const INVALID_ARGUMENT = 3;
const WITHIN_MS = 2_000;

const valid = decodePipeline(tinyPipeline('127.0.0.1:1'));
const parts = valid.components!;
const whole = encodePrepareJobRequest({ jobName: 'job', pipeline: valid });

type Change = Partial<Init<Components>>;

/** The valid pipeline with other components; what is not named stays. */
function changed(change: Change, more: Init<Pipeline> = {}): Uint8Array {
  const pipeline = { ...valid, components: { ...parts, ...change }, ...more };
  return encodePrepareJobRequest({ jobName: 'job', pipeline });
}

function transforms(...changes: readonly [string, Init<PTransform>][]): Change {
  const all = new Map<string, Init<PTransform>>(parts.transforms);
  for (const [id, change] of changes) all.set(id, { ...all.get(id), ...change });
  return { transforms: all };
}

function collections(...changes: readonly [string, Init<PCollection>][]): Change {
  const all = new Map<string, Init<PCollection>>(parts.pcollections);
  for (const [id, change] of changes) all.set(id, { ...all.get(id), ...change });
  return { pcollections: all };
}

/** Coders of iterables, each with that of its elements. */
function iterables(...pairs: readonly [string, string][]): Change {
  const all = new Map<string, Init<Coder>>(parts.coders);
  const own = { spec: { urn: CODER_URN.ITERABLE } };
  for (const [id, element] of pairs) all.set(id, { ...own, componentCoderIds: [element] });
  return { coders: all };
}

const io = (inputs: Record<string, string>, outputs: Record<string, string>): Init<PTransform> => ({
  inputs: new Map(Object.entries(inputs)),
  outputs: new Map(Object.entries(outputs)),
});
const spec = (urn: string, payload: Uint8Array = new Uint8Array(0)): Init<PTransform> => ({
  spec: { urn, payload },
});
const garbage = Uint8Array.of(0x0a, 0xff, 0xff, 0x03);
const composite = (id: string, ...subtransforms: string[]): [string, Init<PTransform>] => [
  id,
  { uniqueName: id, subtransforms },
];
const [windowingId, windowing] = [...parts.windowingStrategies][0]!;

interface Row {
  readonly row: number;
  readonly what: string;
  readonly request: Uint8Array;
  readonly says: RegExp;
}

// prettier-ignore
const ROWS: readonly Row[] = [
  { row: 4, what: 'nothing at all', request: new Uint8Array(0), says: /STRAHL-1003[^]*holds no pipeline/ },
  { row: 4, what: 'half a pipeline', request: whole.subarray(0, whole.length >> 1), says: /STRAHL-5002[^]*proto cannot be decoded at byte \d+/ },
  { row: 4, what: 'random bytes', request: Uint8Array.from({ length: 1000 }, (_, i) => (i * 7919) & 255), says: /STRAHL-5002[^]*proto cannot be decoded at byte \d+/ },
  { row: 4, what: 'a pipeline without a transform', request: encodePrepareJobRequest({ pipeline: {} }), says: /STRAHL-/ },
  { row: 5, what: 'a collection that is not there', request: changed(transforms(['Map', io({ in: 'nowhere' }, { out: 'b' })])), says: /STRAHL-1003[^]*nowhere/ },
  { row: 5, what: 'a coder that is not there', request: changed(collections(['a', { coderId: 'no-coder' }])), says: /STRAHL-1003[^]*no-coder/ },
  { row: 5, what: 'a windowing that is not there', request: changed(collections(['a', { windowingStrategyId: 'no-windowing' }])), says: /STRAHL-1003[^]*no-windowing/ },
  { row: 5, what: 'an environment that is not there', request: changed(transforms(['Map', { environmentId: 'no-environment' }])), says: /STRAHL-1003[^]*no-environment/ },
  { row: 5, what: 'a root that is not there', request: changed({}, { rootTransformIds: ['no-root'] }), says: /STRAHL-1003[^]*no-root/ },
  { row: 5, what: 'three of them, all listed', request: changed({ ...transforms(['Map', { environmentId: 'no-environment' }]), ...collections(['a', { coderId: 'no-coder' }]) }, { rootTransformIds: ['no-root'] }), says: /STRAHL-1003[^]*3 places[^]*(no-root[^]*no-environment|no-environment[^]*no-root)/ },
  { row: 6, what: 'a cycle of transforms', request: changed(transforms(['Map', io({ in: 'c' }, { out: 'b' })])), says: /STRAHL-1003[^]*cycle: [^]*(Map[^]*→[^]*Shuffle|Shuffle[^]*→[^]*Map)/ },
  { row: 6, what: 'a cycle of composites', request: changed(transforms(composite('X', 'Y'), composite('Y', 'X')), { rootTransformIds: [...valid.rootTransformIds, 'X'] }), says: /STRAHL-1003[^]*cycle: [^]*→/ },
  { row: 6, what: 'a cycle of coders', request: changed(iterables(['x', 'y'], ['y', 'x'])), says: /STRAHL-1003[^]*cycle: coder "[xy]" → coder "[xy]"/ },
  { row: 7, what: 'an unknown transform', request: changed(transforms(['Shuffle', spec('beam:transform:new:v9')])), says: /STRAHL-2002[^]*beam:transform:new:v9[^]*Shuffle/ },
  { row: 7, what: 'an unknown window function', request: changed({ windowingStrategies: new Map([[windowingId, { ...windowing, windowFn: { urn: 'beam:window_fn:new:v9' }, mergeStatus: 0 }]]) }), says: /STRAHL-/ },
  { row: 7, what: 'an unknown requirement', request: changed({}, { requirements: ['beam:requirement:new:v9'] }), says: /STRAHL-2003[^]*beam:requirement:new:v9/ },
  { row: 7, what: 'an environment that is not served', request: changed({ environments: new Map([...parts.environments].map(([id, e]) => [id, { ...e, urn: 'beam:env:docker:v1' }])) }), says: /STRAHL-2004[^]*beam:env:docker:v1/ },
  { row: 8, what: 'a step whose payload is garbage', request: changed(transforms(['Map', spec(TRANSFORM_URN.PAR_DO, garbage)])), says: /STRAHL-(2002|5002)[^]*decoded at byte/ },
  { row: 8, what: 'windows whose payload is garbage', request: changed({ windowingStrategies: new Map([[windowingId, { ...windowing, windowFn: { urn: WINDOW_FN_URN.FIXED_WINDOWS, payload: garbage } }]]) }), says: /STRAHL-(2002|5002)[^]*decoded at byte/ },
  { row: 9, what: 'two producers of one collection', request: changed(transforms(['Shuffle', io({ in: 'a' }, { out: 'b' })], ['Read', io({ in: 'b' }, {})])), says: /STRAHL-1003[^]*"b"[^]*Map[^]*Shuffle/ },
  { row: 9, what: 'a collection that nothing produces', request: changed(transforms(['Shuffle', io({ in: 'b' }, {})])), says: /STRAHL-1003[^]*"c" is read by [^]*nothing produces it/ },
  { row: 9, what: 'a grouping of what is no pairs', request: changed(transforms(['Shuffle', spec(TRANSFORM_URN.GROUP_BY_KEY)])), says: /STRAHL-[^]*Shuffle/ },
];

describe('a job server refuses', () => {
  let serving: Serving;
  let channel: RpcChannel;
  beforeAll(async () => {
    serving = await runJobServer();
    channel = await connect(serving.address);
  });
  afterAll(async () => {
    channel.close();
    await serving.close();
  });

  it.each(ROWS)(
    'row $row: $what',
    async ({ request, says }) => {
      await expect(channel.unary(rawRpc(JOB_SERVICE.Prepare), request)).rejects.toMatchObject({
        cause: { code: INVALID_ARGUMENT, details: expect.stringMatching(says) as unknown },
      });
      // No stack of this process goes to a peer, and it still serves.
      const { preparationId } = await channel.unary(JOB_SERVICE.Prepare, { pipeline: valid });
      expect(preparationId).not.toBe('');
    },
    WITHIN_MS,
  );

  it('row 7: nothing for an unknown annotation', async () => {
    const annotations = new Map([['beam:annotation:new:v9', garbage]]);
    const request = changed(transforms(['Map', { annotations }]));
    await expect(channel.unary(rawRpc(JOB_SERVICE.Prepare), request)).resolves.toBeDefined();
  });
});

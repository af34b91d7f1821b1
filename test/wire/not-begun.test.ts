// What a bug here looks like: elements that are gone because their worker was slow to begin, or a runner that asks it
// for no part of its work any more.
import { describe, expect, it } from '@jest/globals';
import { StagePorts } from '#portability/fnapi/elements/stage-ports.js';
import { BytesConnection } from '#portability/fnapi/runner/bytes-connection.js';
import { splitOfOnlyRestriction } from '#portability/fnapi/runner/checkpoint.js';
import { BundleHarness } from '#portability/fnapi/harness/bundle-harness.js';
import { functionSpec } from '#portability/model/function-spec.js';
import { duration } from '#portability/model/time.js';
import {
  decodeInstructionRequest,
  decodeInstructionResponse,
  encodeInstructionRequest,
  encodeInstructionResponse,
  type InstructionResponse,
} from '#portability/proto/generated/fn-api.js';
import { InProcessConnection } from '#sdk/harness/in-process.js';
import { STILL_CLOCK } from '#sdk/harness/still-clock.fixture.js';
import { bundleOf, parDoOf, StageCodec, StageDraft } from '#sdk/harness/stage-draft.fixture.js';

type Response = Parameters<typeof encodeInstructionResponse>[0]['response'];

const channelSplits = [{ transformId: 'source', lastPrimaryElement: -1, firstResidualElement: 0 }];
const NO_LIMIT = { elements: Infinity, outputBytes: Infinity };

/** A stage of one step; `splittable`: it processes restrictions. */
function stage(splittable: boolean) {
  const spec = parDoOf(functionSpec('test:fn'));
  const draft = new StageDraft();
  draft.pcollection('in', 'varint');
  draft.pcollection('out', 'varint');
  draft.source('in');
  if (splittable) draft.add('step', { kind: 'sdf-process-sized', parDo: spec }, { a: 'in' }, {});
  else draft.add('step', spec, { a: 'in' }, { out: 'out' });
  return { draft, descriptor: draft.build() };
}

/** Answers a split before it has looked at its first element, and then the bundle, of which it has processed nothing. */
function slowHarness(): BytesConnection {
  let bundle = '';
  const connection: BytesConnection = new BytesConnection(
    {
      toHarness: (service, message) => {
        if (service !== 'control') return;
        const { instructionId, request } = decodeInstructionRequest(message);
        if (request?.case === 'processBundle') bundle = instructionId;
        if (request?.case !== 'processBundleSplit') return;
        answer(instructionId, { case: 'processBundleSplit', value: { channelSplits } });
        answer(bundle, { case: 'processBundle', value: {} });
      },
    },
    { close: () => undefined, offer: () => undefined, obeysLimits: false },
  );
  const answer = (instructionId: string, response: Response): void =>
    connection.receive('control', encodeInstructionResponse({ instructionId, response }));
  return connection;
}

it('a worker that is still to learn the stage of a bundle says that it has done nothing yet', async () => {
  const answers: InstructionResponse[] = [];
  const harness = new BundleHarness(
    {
      toRunner: (_, message) => void answers.push(decodeInstructionResponse(message)),
      descriptor: () => new Promise(() => undefined),
    },
    new InProcessConnection({ functions: new Map(), clock: STILL_CLOCK }),
  );
  const ask = (instructionId: string, bundle: string): void => {
    const request = { case: 'processBundleProgress', value: { instructionId: bundle } } as const;
    harness.receive('control', encodeInstructionRequest({ instructionId, request }));
  };
  const value = { processBundleDescriptorId: 'unknown yet' };
  harness.receive(
    'control',
    encodeInstructionRequest({ instructionId: 'b1', request: { case: 'processBundle', value } }),
  );
  ask('p1', 'b1');
  ask('p2', 'b2');
  await new Promise((resolve) => setImmediate(resolve));
  expect(answers).toMatchObject([
    { instructionId: 'p1', error: '', response: { value: { monitoringInfos: [] } } },
    { instructionId: 'p2', error: expect.stringContaining('no bundle b2 runs') },
  ]);
});

describe('a worker that has not begun when its time is over', () => {
  it('gives its restriction back whole', async () => {
    const { draft, descriptor } = stage(true);
    const connection = slowHarness();
    await connection.register([descriptor]);
    const frames = new StageCodec(descriptor, draft.functions).encode('in', [{ value: 7 }]);
    const limits = { ...NO_LIMIT, time: duration(0) };
    const { residuals } = await connection.process(bundleOf(frames, { limits }));
    expect(residuals).toEqual([
      expect.objectContaining({
        transform: 'step',
        input: 'a',
        element: frames[0],
        resumeAfter: 0,
      }),
    ]);
  });

  it('is not asked to split an element that is no restriction', () => {
    const { draft, descriptor } = stage(false);
    const { inputs } = bundleOf(
      new StageCodec(descriptor, draft.functions).encode('in', [{ value: 7 }]),
    );
    expect(splitOfOnlyRestriction(inputs, new StagePorts(descriptor))).toBeUndefined();
  });
});

// What a bug here looks like: a worker that is busy for ever, or that answers one bundle for another.
import { expect, it } from '@jest/globals';
import { BundleHarness } from '#portability/fnapi/harness/bundle-harness.js';
import { descriptorToProto } from '#portability/fnapi/messages/descriptor-proto.js';
import { encodeElementsParts } from '#portability/fnapi/elements/elements-message.js';
import {
  decodeInstructionResponse,
  encodeInstructionRequest,
  type InstructionResponse,
} from '#portability/proto/generated/fn-api.js';
import { chain, values } from '#sdk/harness/connections.fixture.js';
import { InProcessConnection } from '#sdk/harness/in-process.js';
import { StageCodec } from '#sdk/harness/stage-draft.fixture.js';
import { STILL_CLOCK } from '#sdk/harness/still-clock.fixture.js';

const draft = chain(['map', (n: number) => n * 2]);
const descriptor = draft.build();
const transformId = descriptor.transforms[0]!.id;

/** Lets all that needs no outside world happen. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('a bundle that is announced while it runs is refused, and the first of the two goes on', async () => {
  const answers: InstructionResponse[] = [];
  const inner = new InProcessConnection({ functions: draft.functions, clock: STILL_CLOCK });
  const harness = new BundleHarness(
    {
      toRunner: (service, message) => {
        if (service === 'control') answers.push(decodeInstructionResponse(message));
      },
    },
    inner,
  );
  const instruct = (request: Parameters<typeof encodeInstructionRequest>[0]['request']): void => {
    harness.receive('control', encodeInstructionRequest({ instructionId: 'b1', request }));
  };
  const processBundleDescriptor = [descriptorToProto(descriptor)];
  instruct({ case: 'register', value: { processBundleDescriptor } });
  await settled();
  const bundle = { processBundleDescriptorId: descriptor.id };
  instruct({ case: 'processBundle', value: bundle });
  instruct({ case: 'processBundle', value: bundle });
  await settled();
  expect(answers.slice(1).map(({ error }) => error)).toEqual([
    expect.stringContaining('bundle b1 runs already'),
  ]);
  const [frame] = new StageCodec(descriptor, draft.functions).encode('in', values(1, 2));
  const named = { instructionId: 'b1', transformId };
  const parts = [
    { ...named, data: frame!.bytes },
    { ...named, isLast: true },
  ];
  harness.receive('data', encodeElementsParts(parts));
  await settled();
  expect(answers.at(-1)).toMatchObject({ error: '', response: { case: 'processBundle' } });
});

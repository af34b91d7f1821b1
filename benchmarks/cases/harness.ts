import { BundleHarness } from '#portability/fnapi/harness/bundle-harness.js';
import { descriptorToProto } from '#portability/fnapi/messages/descriptor-proto.js';
import type { RunnerLink } from '#portability/fnapi/link.js';
import {
  decodeInstructionResponse,
  decodeProcessBundleDescriptor,
  encodeElements,
  encodeInstructionRequest,
  encodeProcessBundleDescriptor,
} from '#portability/proto/generated/fn-api.js';
import { InProcessConnection } from '#sdk/harness/in-process.js';
import { calling, StageCodec, StageDraft } from '#sdk/harness/stage-draft.fixture.js';
import { SYSTEM_CLOCK } from '#sdk/harness/worker/system-clock.js';
import { absoluteCase, type Benchmark } from '../case.js';
import { cpuOf } from '../measure.js';

const ELEMENTS = 1_000_000;
const ROUNDS = 7;
/** 1.5 million elements a second on one core. */
const LIMIT_NS = 1e9 / 1.5e6;

type Pair = readonly [string, number];

/** Key-value elements through a map and a filter, as a runner elsewhere sends and takes them. */
export const harness: Benchmark = {
  name: 'harness',
  about: 'a worker of another runner: 1 M key-value elements, map and filter, from bytes to bytes',
  async run() {
    const draft = stage();
    const descriptor = draft.build();
    const messages = inputs(draft);
    const wire = encodeProcessBundleDescriptor(descriptorToProto(descriptor));
    let sent = 0;
    let answered: () => void = () => undefined;
    const link: RunnerLink = {
      toRunner(service, message) {
        sent += message.length;
        if (service !== 'control') return;
        const { error } = decodeInstructionResponse(message);
        if (error !== '') throw new Error(error);
        answered();
      },
      descriptor: () => Promise.resolve(decodeProcessBundleDescriptor(wire)),
    };
    const { functions } = draft;
    const end = new BundleHarness(
      link,
      new InProcessConnection({ functions, clock: SYSTEM_CLOCK }),
    );
    let best = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      const instructionId = `b${String(round)}`;
      const data = messages(instructionId);
      const ns = await cpuOf(async () => {
        const done = new Promise<void>((resolve) => (answered = resolve));
        const value = { processBundleDescriptorId: descriptor.id };
        const request = { case: 'processBundle', value } as const;
        end.receive('control', encodeInstructionRequest({ instructionId, request }));
        for (const message of data) end.receive('data', message);
        await done;
      });
      best = Math.min(best, ns / ELEMENTS);
    }
    if (sent === 0) throw new Error('nothing was emitted');
    return [absoluteCase('map-filter', 'ns/element', best, LIMIT_NS)];
  },
};

function stage(): StageDraft {
  const draft = new StageDraft();
  for (const name of ['in', 'mapped', 'out'])
    draft.pcollection(name, ['kv', 'string_utf8', 'varint']);
  draft.source('in');
  draft.parDo(
    'map',
    calling('map', ([key, n]: Pair): Pair => [key, n + 1]),
    'in',
    'mapped',
  );
  draft.parDo(
    'filter',
    calling('filter', ([, n]: Pair) => n % 3 !== 0),
    'mapped',
    'out',
  );
  return draft.sink('sink', 'out');
}

/** Encoded anew for each bundle, whose name is in each message. */
function inputs(draft: StageDraft): (bundle: string) => readonly Uint8Array[] {
  const descriptor = draft.build();
  const codec = new StageCodec(descriptor, draft.functions);
  const elements = Array.from({ length: ELEMENTS }, (_, n) => ({
    value: [`key ${String(n % 1000)}`, n],
  }));
  const frames = codec.encode('in', elements);
  const transformId = descriptor.transforms[0]!.id;
  return (instructionId) => [
    ...frames.map(({ bytes }) =>
      encodeElements({ data: [{ instructionId, transformId, data: bytes }] }),
    ),
    encodeElements({ data: [{ instructionId, transformId, isLast: true }] }),
  ];
}

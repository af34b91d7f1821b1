/*
 * What a bug here looks like: whoever can hand a worker a stage runs code of his own there. Row S1 of the security
 * checklist: functions are looked up among those that the worker has built itself, and nothing that a message
 * holds is made a function.
 */
import { afterEach, describe, expect, it } from '@jest/globals';
import { BundleHarness } from '#portability/fnapi/harness/bundle-harness.js';
import { encodeElementsParts } from '#portability/fnapi/elements/elements-message.js';
import { descriptorToProto } from '#portability/fnapi/messages/descriptor-proto.js';
import { functionSpec, type FunctionSpec } from '#portability/model/function-spec.js';
import { coderId } from '#portability/model/ids.js';
import {
  decodeInstructionResponse,
  encodeInstructionRequest,
  type InstructionResponse,
} from '#portability/proto/generated/fn-api.js';
import { functionRef, MODULE_REF_URN, WINDOW_FN_REF_URN } from '#sdk/dofn/function-ref.js';
import { InProcessConnection } from '#sdk/harness/in-process.js';
import { parDoOf, StageDraft } from '#sdk/harness/stage-draft.fixture.js';
import { STILL_CLOCK } from '#sdk/harness/still-clock.fixture.js';

/** Each way of running it leaves a trace. */
const SOURCE = '(globalThis.strahlRanSource = true, (x) => x)';
const source = (urn: string, text = SOURCE): FunctionSpec =>
  functionSpec(urn, new TextEncoder().encode(text));

const hasRun = (): boolean => 'strahlRanSource' in globalThis;
afterEach(() => {
  delete (globalThis as { strahlRanSource?: unknown }).strahlRanSource;
});

/** in → a step → out → sink. */
function around(step: (draft: StageDraft) => StageDraft): StageDraft {
  const draft = new StageDraft();
  draft.pcollection('in', ['kv', 'varint', 'varint']);
  draft.pcollection('out', ['kv', 'varint', 'varint']);
  return step(draft.source('in')).sink('sink', 'out');
}

const io = [{ in: 'in' }, { out: 'out' }] as const;
const running = (doFn: FunctionSpec): StageDraft =>
  around((draft) => draft.add('step', parDoOf(doFn), ...io));
const combining = (combineFn: FunctionSpec): StageDraft =>
  around((draft) => {
    const accumulatorCoderId = coderId('"varint"');
    return draft.add('step', { kind: 'combine-precombine', combineFn, accumulatorCoderId }, ...io);
  });
const windowing = (spec: FunctionSpec): StageDraft => {
  const windowFn = { kind: 'custom', spec } as const;
  const draft = new StageDraft();
  draft.pcollection('in', 'varint');
  draft.pcollection('out', 'varint', windowFn);
  return draft
    .source('in')
    .add('step', { kind: 'window-into', windowFn }, ...io)
    .sink('sink', 'out');
};
const coding = (coder: string): StageDraft => {
  const draft = new StageDraft();
  draft.pcollection('in', coder);
  return draft.source('in').sink('sink', 'in');
};

/** The number 7 at time 0, in the global window. */
const ELEMENT = Uint8Array.of(128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 15, 7);

/** What a worker says to a stage that it is to know, and what it then says to a bundle of it with one element. */
async function answersTo(draft: StageDraft): Promise<readonly string[]> {
  const answers: InstructionResponse[] = [];
  const harness = new BundleHarness(
    {
      toRunner: (service, message) => {
        if (service === 'control') answers.push(decodeInstructionResponse(message));
      },
    },
    new InProcessConnection({ functions: draft.functions, clock: STILL_CLOCK }),
  );
  const descriptor = draft.build();
  const processBundleDescriptor = [descriptorToProto(descriptor)];
  const value = { processBundleDescriptorId: descriptor.id };
  const requests = [
    { case: 'register', value: { processBundleDescriptor } },
    { case: 'processBundle', value },
  ] as const;
  for (const request of requests) {
    const instruction = { instructionId: request.case, request };
    harness.receive('control', encodeInstructionRequest(instruction));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const named = { instructionId: 'processBundle', transformId: 'source' };
  const data = [
    { ...named, data: ELEMENT },
    { ...named, isLast: true },
  ];
  harness.receive('data', encodeElementsParts(data));
  await new Promise((resolve) => setImmediate(resolve));
  return answers.map(({ error }) => error);
}

/** Functions as SDKs send them that serialise them, and what looks like ours. */
const SOURCES: readonly (readonly [string, StageDraft, RegExp])[] = [
  ...[
    'beam:dofn:serialized_js_dofn_info:v1',
    'beam:dofn:pickled_python_info:v1',
    'beam:dofn:javasdk:0.1',
    'strahl:fn:source:v1',
    `${MODULE_REF_URN} `,
    '',
  ].map((urn) => [`a function in ${JSON.stringify(urn)}`, running(source(urn)), /2002/] as const),
  [
    'a combiner as text',
    combining(source('beam:dofn:serialized_js_combinefn_info:v1')),
    /2002[^]*serialized_js_combinefn_info/,
  ],
  ['a coder as text', coding(`strahl:coder:source:${SOURCE}`), /STRAHL-/],
];

/** What a path of a function might be mistaken for. */
const PATHS: readonly string[] = [
  SOURCE,
  'constructor',
  '__proto__',
  'toString',
  'node:child_process',
  'data:text/javascript,globalThis.strahlRanSource=true',
  '../../package.json',
];

describe('S1: functions as source text', () => {
  it.each(SOURCES)('%s: the stage is refused by name, and nothing runs', async (_, draft, says) => {
    const answers = await answersTo(draft);
    expect(answers[0]).toMatch(says);
    expect(answers[1]).toMatch(/STRAHL-8001[^]*never registered/);
    expect(hasRun()).toBe(false);
  });

  it('windows as text: each bundle of the stage is refused by name, and nothing runs', async () => {
    const spec = source('beam:window_fn:serialized_js:v1');
    const [, bundle] = await answersTo(windowing(spec));
    expect(bundle).toMatch(/2002[^]*beam:window_fn:serialized_js:v1/);
    expect(hasRun()).toBe(false);
  });

  it.each(PATHS)('a reference to %j is to no function', async (path) => {
    for (const draft of [running(functionRef(path)), combining(functionRef(path))]) {
      const [stage] = await answersTo(draft);
      expect(stage).toMatch(/STRAHL-(3001|2002)/);
    }
    const [, bundle] = await answersTo(windowing(functionRef(path, WINDOW_FN_REF_URN)));
    expect(bundle).toMatch(/STRAHL-2002/);
    expect(hasRun()).toBe(false);
  });

  it('a reference that holds text instead of a path is refused', async () => {
    const [answer] = await answersTo(running(source(MODULE_REF_URN)));
    expect(answer).toMatch(/STRAHL-5002[^]*module_ref:v1 is not a reference/);
    expect(hasRun()).toBe(false);
  });
});

/*
 * A bug here lets whoever reaches a port crash the process, keep it busy, or be answered with something that is no reason.
 * Pipelines go the way of a submission, Fn API messages that of either end of a worker.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isStrahlError } from '#portability/errors.js';
import { BundleHarness } from '#portability/fnapi/harness/bundle-harness.js';
import { BytesConnection } from '#portability/fnapi/runner/bytes-connection.js';
import { descriptorToProto } from '#portability/fnapi/messages/descriptor-proto.js';
import { encodeElementsParts } from '#portability/fnapi/elements/elements-message.js';
import type { Service } from '#portability/fnapi/link.js';
import { STATUS, statusOf } from '#portability/grpc/status.js';
import {
  decodeInstructionResponse,
  encodeElements,
  encodeInstructionRequest,
  encodeInstructionResponse,
  encodeStateRequest,
  encodeStateResponse,
} from '#portability/proto/generated/fn-api.js';
import {
  decodePrepareJobRequest,
  encodePrepareJobRequest,
} from '#portability/proto/generated/job-api.js';
import { decodePipeline } from '#portability/proto/generated/pipeline.js';
import { prepareJob } from '#runners/portable/server/jobs/prepare-job.js';
import { tinyPipeline } from '#runners/portable/server/tiny-pipeline.fixture.js';
import { chain, values } from '#sdk/harness/connections.fixture.js';
import { InProcessConnection } from '#sdk/harness/in-process.js';
import { StageCodec } from '#sdk/harness/stage-draft.fixture.js';
import { SYSTEM_CLOCK } from '#sdk/harness/worker/system-clock.js';
import { mutate, Random } from './mutations.js';

const PIPELINES = 12_000;
const FN_MESSAGES = 60_000;
/** CPU that one message may take. */
const ANSWER_MS = 100;
const SEED = Number(process.env['STRAHL_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/** Runs `work` again if it took long: only what is always slow is slow because of its input. */
function within(work: () => void, what: () => string): void {
  for (let tries = 0; ; tries++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    if (user + system < ANSWER_MS * 1000) return;
    if (tries === 2) throw new Error(`it takes more than ${String(ANSWER_MS)} ms: ${what()}`);
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe(`mutated messages (seed ${String(SEED)})`, () => {
  it(`${String(PIPELINES)} submissions are prepared, or refused as INVALID_ARGUMENT with a reason`, () => {
    const random = new Random(SEED);
    const pipeline = decodePipeline(tinyPipeline('127.0.0.1:1'));
    const whole = encodePrepareJobRequest({ jobName: 'job', pipeline });
    let accepted = 0;
    const submit = (bytes: Uint8Array): void => {
      try {
        const { pipeline: sent, jobName, pipelineOptions } = decodePrepareJobRequest(bytes);
        prepareJob(sent, jobName, pipelineOptions ?? {});
        accepted++;
      } catch (thrown) {
        const { code, details } = statusOf(thrown);
        if (code === STATUS.INVALID_ARGUMENT && details.startsWith('STRAHL-')) return;
        throw new Error(`${hex(bytes)} is answered ${String(code)} ${details}`, { cause: thrown });
      }
    };
    for (let i = 0; i < PIPELINES; i++) {
      const bytes = mutate(whole, random);
      within(
        () => submit(bytes),
        () => hex(bytes),
      );
    }
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(PIPELINES);
  }, 120_000);

  it(`${String(FN_MESSAGES / 2)} messages to a harness are answered, or end its stream with a reason`, async () => {
    const random = new Random(SEED);
    const harness = new FuzzedHarness();
    await harness.ready();
    for (let i = 0; i < FN_MESSAGES / 2; i++) {
      const [service, whole] = random.pick(harness.messages);
      const bytes = mutate(whole, random);
      within(
        () => accepts(() => harness.end.receive(service, bytes), bytes),
        () => hex(bytes),
      );
      if (i % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(harness.answers.filter((answer) => !isAnswer(answer))).toEqual([]);
    expect(harness.answers.length).toBeGreaterThan(1000);
  }, 120_000);

  it(`${String(FN_MESSAGES / 2)} messages of a harness are passed over, or end its stream with a reason`, async () => {
    const random = new Random(SEED);
    const runner = new FuzzedRunner();
    await runner.begin();
    for (let i = 0; i < FN_MESSAGES / 2; i++) {
      const [service, whole] = random.pick(runner.messages);
      const bytes = mutate(whole, random);
      within(
        () => accepts(() => runner.end.receive(service, bytes), bytes),
        () => hex(bytes),
      );
      if (i % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (runner.isOver) await runner.begin();
    }
    expect(runner.bundles).toBeGreaterThan(0);
  }, 120_000);
});

/** A stream ends with what `receive` throws, which must be one of our errors. */
function accepts(receive: () => void, bytes: Uint8Array): void {
  try {
    receive();
  } catch (thrown) {
    if (isStrahlError(thrown)) return;
    throw new Error(hex(bytes), { cause: thrown });
  }
}

/** An error with a text, or a response. */
function isAnswer(message: Uint8Array): boolean {
  const { error, response } = decodeInstructionResponse(message);
  return error !== '' || response !== undefined;
}

type Message = readonly [service: Service, message: Uint8Array];

const draft = chain(['map', (n: number) => n * 2]);
const descriptor = draft.build();
const source = descriptor.transforms[0]!.id;
const sink = descriptor.transforms.at(-1)!.id;
const [frame] = new StageCodec(descriptor, draft.functions).encode('in', values(1, 2, 3));

/** A worker whose runner may say anything. */
class FuzzedHarness {
  readonly answers: Uint8Array[] = [];
  readonly end: BundleHarness;
  readonly messages: readonly Message[];

  constructor() {
    const { functions } = draft;
    const inner = new InProcessConnection({ functions, clock: SYSTEM_CLOCK });
    const toRunner = (service: Service, message: Uint8Array): void => {
      if (service === 'control') this.answers.push(message);
    };
    this.end = new BundleHarness({ toRunner }, inner);
    const part = { instructionId: 'b1', transformId: source, data: frame!.bytes, isLast: true };
    const value = { processBundleDescriptorId: descriptor.id };
    const request = { case: 'processBundle', value } as const;
    const embedded = { ...value, elements: { data: [part] } };
    const split = {
      instructionId: 'b1',
      desiredSplits: new Map([[source, { fractionOfRemainder: 0.5, estimatedInputElements: 3 }]]),
    };
    const instruct = (
      request: Parameters<typeof encodeInstructionRequest>[0]['request'],
    ): Message => ['control', encodeInstructionRequest({ instructionId: 'b1', request })];
    this.messages = [
      ['data', encodeElementsParts([part])],
      [
        'data',
        encodeElements({ timers: [{ ...part, timerFamilyId: 'f', timers: Uint8Array.of(1) }] }),
      ],
      [
        'state',
        encodeStateResponse({
          id: '0',
          response: { case: 'get', value: { data: Uint8Array.of(1) } },
        }),
      ],
      instruct(request),
      instruct({ case: 'processBundle', value: embedded }),
      instruct({ case: 'processBundleProgress', value: { instructionId: 'b1' } }),
      instruct({ case: 'processBundleSplit', value: split }),
      instruct({ case: 'finalizeBundle', value: { instructionId: 'b1' } }),
      instruct({ case: 'monitoringInfos', value: { monitoringInfoId: ['1'] } }),
      instruct({ case: 'harnessMonitoringInfos', value: {} }),
    ];
  }

  async ready(): Promise<void> {
    const value = { processBundleDescriptor: [descriptorToProto(descriptor)] };
    const request = { case: 'register', value } as const;
    this.end.receive('control', encodeInstructionRequest({ instructionId: 'r', request }));
    while (this.answers.length === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A runner whose worker may say anything; one bundle after the other is given to it. */
class FuzzedRunner {
  readonly end: BytesConnection;
  bundles = 0;
  isOver = false;

  constructor() {
    const link = { toHarness: () => undefined };
    this.end = new BytesConnection(link, { close: () => undefined, offer: () => undefined });
  }

  get messages(): readonly Message[] {
    const instructionId = `b${String(this.bundles)}`;
    const part = { instructionId, transformId: sink, data: frame!.bytes, isLast: true };
    const answer = { instructionId, response: { case: 'processBundle', value: {} } } as const;
    const failed = { instructionId, error: 'it threw' };
    const read = { id: '1', instructionId, request: { case: 'get', value: {} } } as const;
    return [
      ['data', encodeElementsParts([part])],
      ['control', encodeInstructionResponse(answer)],
      ['control', encodeInstructionResponse(failed)],
      ['state', encodeStateRequest(read)],
    ];
  }

  async begin(): Promise<void> {
    if (this.bundles === 0) await this.end.register([descriptor]);
    this.bundles++;
    this.isOver = false;
    const refuse = (): never => {
      throw new Error('the stage has no state');
    };
    const over = (): void => void (this.isOver = true);
    const request = {
      ...{ bundle: `b${String(this.bundles)}`, stage: descriptor.id, timers: [] },
      ...{ inputs: [{ transform: source, frames: [frame!] }] },
      ...{ times: { input: 0, processing: 0 }, limits: { elements: 9, outputBytes: 9, time: 9 } },
      ...{ state: { read: () => [], append: refuse, clear: refuse } },
      signal: new AbortController().signal,
    };
    // Branded numbers and names, all of them valid.
    this.end.process(request as never).then(over, over);
  }
}

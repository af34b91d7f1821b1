// What a bug here looks like: a runner that waits for ever, or is told something that it did not ask.
import { afterEach, describe, expect, it } from '@jest/globals';
import type { StageDescriptor } from '#portability/fnapi/connection.js';
import { descriptorToProto } from '#portability/fnapi/messages/descriptor-proto.js';
import {
  CONTROL_SERVICE,
  DATA_SERVICE,
  PROVISION_SERVICE,
  WORKER_STATUS_SERVICE,
} from '#portability/fnapi/services.js';
import { StatusQuestions } from '#portability/fnapi/worker-status.js';
import { offer } from '#portability/grpc/handlers.js';
import type { MessageStream } from '#portability/grpc/message-stream.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import type { Init } from '#portability/proto/codec.js';
import type {
  Elements,
  Elements_Data,
  InstructionRequest,
  InstructionResponse,
  ProcessBundleDescriptor,
} from '#portability/proto/generated/fn-api.js';
import { CODER_URN } from '#portability/urns.js';
import {
  decodeRemoteGrpcPort,
  encodeRemoteGrpcPort,
} from '#portability/proto/generated/remote-port.js';
import { chain, values } from '../connections.fixture.js';
import { calling, parDoOf, StageCodec, StageDraft } from '../stage-draft.fixture.js';
import { startWorker, type Worker } from './worker.js';

/** What a runner of Beam sends: ports name the coder of windowed values, and where the elements travel. */
function asRunnersDescribe(
  m: Init<ProcessBundleDescriptor>,
  url: string,
): Init<ProcessBundleDescriptor> {
  const coders = new Map(m.coders);
  const transforms = new Map(m.transforms);
  const [windowing] = m.windowingStrategies!.values();
  for (const [id, transform] of transforms) {
    if (!transform.spec!.urn!.startsWith('beam:runner:')) continue;
    const { coderId } = decodeRemoteGrpcPort(transform.spec!.payload!);
    const wire = `windowed ${coderId}`;
    const componentCoderIds = [coderId, windowing!.windowCoderId!];
    coders.set(wire, { spec: { urn: CODER_URN.WINDOWED_VALUE }, componentCoderIds });
    const payload = encodeRemoteGrpcPort({ coderId: wire, apiServiceDescriptor: { url } });
    transforms.set(id, { ...transform, spec: { ...transform.spec, payload } });
  }
  return { ...m, coders, transforms };
}

/** A runner of one stage. */
class FakeRunner {
  readonly draft: StageDraft;
  readonly descriptor: StageDescriptor;
  readonly codec: StageCodec;
  readonly received: Elements_Data[] = [];
  #askStatus: (questions: StatusQuestions) => void = () => undefined;
  readonly status = new Promise<StatusQuestions>((resolve) => (this.#askStatus = resolve));
  readonly #waiting = new Map<string, (response: InstructionResponse) => void>();
  #control: MessageStream<InstructionResponse, InstructionRequest> | undefined;
  readonly #data = new Map<string, MessageStream<Elements, Elements>>();
  /** Which data stream the elements of a bundle came on. */
  readonly cameOn = new Map<string, string>();
  #serving: Serving | undefined;
  asked = 0;

  constructor(draft: StageDraft) {
    this.draft = draft;
    this.descriptor = draft.build();
    this.codec = new StageCodec(this.descriptor, draft.functions);
  }

  async start(runnerCapabilities: readonly string[] = []): Promise<Worker> {
    const control = offer(CONTROL_SERVICE, {
      Control: (stream) => {
        this.#control = stream;
        const message = (response: InstructionResponse): void =>
          this.#waiting.get(response.instructionId)?.(response);
        stream.listen({ message, end: () => stream.end() });
      },
      GetProcessBundleDescriptor: () => {
        this.asked++;
        return asRunnersDescribe(descriptorToProto(this.descriptor), this.#serving!.address);
      },
    });
    const data = offer(DATA_SERVICE, {
      Data: (stream, caller) => {
        const name = caller.header('data_stream_id') ?? '';
        this.#data.set(name, stream);
        const message = ({ data }: Elements): void => {
          this.received.push(...data);
          for (const { instructionId } of data) this.cameOn.set(instructionId, name);
        };
        stream.listen({ message, end: () => stream.end() });
      },
    });
    const provision = offer(PROVISION_SERVICE, {
      GetProvisionInfo: () => ({
        info: { runnerCapabilities, statusEndpoint: { url: this.#serving!.address } },
      }),
    });
    const status = offer(WORKER_STATUS_SERVICE, {
      WorkerStatus: (stream) => this.#askStatus(new StatusQuestions(stream)),
    });
    this.#serving = await serve({ offers: [control, data, provision, status] });
    const { address } = this.#serving;
    const { functions } = this.draft;
    return startWorker({ workerId: 'w1', control: address, provision: address, functions });
  }

  async instruct(instructionId: string, request: Init<InstructionRequest>['request']) {
    const answer = new Promise<InstructionResponse>((resolve) =>
      this.#waiting.set(instructionId, resolve),
    );
    while (this.#control === undefined) await new Promise((resolve) => setImmediate(resolve));
    this.#control.send({ instructionId, request });
    return answer;
  }

  /** Sends the elements in messages of `chunk` bytes. */
  async send(id: string, numbers: readonly number[], chunk: number, on = ''): Promise<void> {
    while (!this.#data.has(on)) await new Promise((resolve) => setImmediate(resolve));
    const stream = this.#data.get(on)!;
    const frames = this.codec.encode('in', values(...numbers));
    const transformId = this.descriptor.transforms[0]!.id;
    const bytes = Buffer.concat(frames.map((frame) => frame.bytes));
    for (let at = 0; at < bytes.length; at += chunk) {
      const data = bytes.subarray(at, at + chunk);
      stream.send({ data: [{ instructionId: id, transformId, data }] });
    }
    stream.send({ data: [{ instructionId: id, transformId, isLast: true }] });
  }

  async outputs(instructionId: string, count = 3): Promise<readonly unknown[]> {
    const own = (): readonly Elements_Data[] =>
      this.received.filter((d) => d.instructionId === instructionId);
    while (!own().some(({ isLast }) => isLast)) await new Promise((r) => setImmediate(r));
    const bytes = Buffer.concat(own().map(({ data }) => data));
    return this.codec.values('out', [{ bytes, count, minTimestamp: 0 as never }]);
  }

  async stop(): Promise<void> {
    this.#control?.end();
    await this.#serving?.close();
  }
}

let runner: FakeRunner;
let worker: Worker;

async function begin(
  capabilities?: readonly string[],
  draft: StageDraft = chain(['map', (n: number) => n * 2]),
): Promise<void> {
  runner = new FakeRunner(draft);
  worker = await runner.start(capabilities);
}

afterEach(async () => {
  worker.stop();
  await worker.done;
  await runner.stop();
});

const bundle = { case: 'processBundle', value: { processBundleDescriptorId: 'stage' } } as const;

describe('a worker', () => {
  it.each([1, 7, 1000])(
    'runs bundles whose elements come in messages of %d bytes',
    async (chunk) => {
      await begin();
      const answer = runner.instruct('b1', bundle);
      await runner.send('b1', [1, 2, 3], chunk);
      expect(await runner.outputs('b1')).toEqual([2, 4, 6]);
      expect(await answer).toMatchObject({ error: '', response: { case: 'processBundle' } });
    },
  );

  it('asks once for what a stage is', async () => {
    await begin();
    for (const id of ['b1', 'b2', 'b3']) {
      const answer = runner.instruct(id, bundle);
      await runner.send(id, [1, 2, 3], 1000);
      await answer;
    }
    expect(runner.asked).toBe(1);
  });

  it('takes elements that come with their request', async () => {
    await begin();
    const [frame] = runner.codec.encode('in', values(4, 5, 6));
    const named = { instructionId: 'b1', transformId: runner.descriptor.transforms[0]!.id };
    const data = [
      { ...named, data: frame!.bytes },
      { ...named, isLast: true },
    ];
    const value = { ...bundle.value, elements: { data } };
    await runner.instruct('b1', { case: 'processBundle', value });
    expect(await runner.outputs('b1')).toEqual([8, 10, 12]);
  });

  it('sends the elements of a bundle on the stream that its runner names', async () => {
    await begin();
    for (const name of ['one', 'two', 'one', '']) {
      const id = `b${name}`;
      const value = { ...bundle.value, dataStreamId: name };
      runner.received.length = 0;
      const answer = runner.instruct(id, { case: 'processBundle', value });
      await runner.send(id, [1, 2, 3], 7, name);
      expect(await runner.outputs(id)).toEqual([2, 4, 6]);
      expect(runner.cameOn.get(id)).toBe(name);
      expect(await answer).toMatchObject({ error: '' });
    }
  });

  it('gives few elements with its response where the runner takes them there', async () => {
    await begin(['beam:protocol:control_response_elements_embedding:v1']);
    const answer = runner.instruct('b1', bundle);
    await runner.send('b1', [1, 2, 3], 1000);
    const { response } = await answer;
    if (response?.case !== 'processBundle') throw new Error('no answer');
    const { data = [] } = response.value.elements ?? {};
    expect(data.map(({ isLast }) => isLast)).toEqual([false, true]);
    runner.received.push(...data);
    expect(await runner.outputs('b1')).toEqual([2, 4, 6]);
  });

  it('gives no elements at all, not even none, for a stage without outputs', async () => {
    const draft = new StageDraft();
    draft.pcollection('in', 'varint');
    draft.source('in').add(
      'step',
      parDoOf(
        draft.ref(
          'step',
          calling('map', () => 1),
        ),
      ),
      { in: 'in' },
      {},
    );
    await begin(['beam:protocol:control_response_elements_embedding:v1'], draft);
    const answer = runner.instruct('b1', bundle);
    await runner.send('b1', [1, 2, 3], 1000);
    const value = { elements: undefined };
    expect(await answer).toMatchObject({ error: '', response: { case: 'processBundle', value } });
  });

  it('gives many elements apart, all of them', async () => {
    await begin(['beam:protocol:control_response_elements_embedding:v1']);
    const answer = runner.instruct('b1', bundle);
    const many = Array.from({ length: 20_000 }, (_, n) => n);
    await runner.send('b1', many, 100_000);
    const { response } = await answer;
    expect(response).toMatchObject({ case: 'processBundle', value: { elements: undefined } });
    expect(await runner.outputs('b1', many.length)).toEqual(many.map((n) => n * 2));
  });

  it('answers an instruction that it does not know with an error', async () => {
    await begin();
    const { error } = await runner.instruct('i1', { case: 'sampleData', value: {} });
    expect(error).toContain('the harness knows no instruction sampleData');
  });

  it('names metrics for short where the runner asks for it, and says what they mean', async () => {
    await begin(['beam:protocol:monitoring_info_short_ids:v1']);
    const answer = runner.instruct('b1', bundle);
    await runner.send('b1', [1, 2, 3], 1000);
    const { response } = await answer;
    if (response?.case !== 'processBundle') throw new Error('no answer');
    expect(response.value.monitoringInfos).toEqual([]);
    const ids = [...response.value.monitoringData.keys()];
    const value = { monitoringInfoId: ids };
    const meaning = await runner.instruct('m1', { case: 'monitoringInfos', value });
    if (meaning.response?.case !== 'monitoringInfos') throw new Error('no meaning');
    const urns = [...meaning.response.value.monitoringInfo.values()].map(({ urn }) => urn);
    expect(urns).toEqual(ids.map(() => 'beam:metric:element_count:v1'));
  });

  it('tells its runner what it does and keeps, while bundles wait for their input', async () => {
    await begin();
    const status = await runner.status;
    expect(await status.ask()).toMatch(/^strahl harness[^]*bundles: 0$/);
    const answer = runner.instruct('b1', bundle);
    let text = '';
    while (!text.includes('b1 of stage')) text = await status.ask();
    expect(text).toMatch(/bundles: 1\n {2}b1 of stage/);
    await runner.send('b1', [1, 2, 3], 1000);
    await answer;
  });

  it('ends when its runner is gone', async () => {
    await begin();
    await runner.instruct('i1', { case: 'harnessMonitoringInfos', value: {} });
    await runner.stop();
    expect(await worker.done).toBeDefined();
  });
});

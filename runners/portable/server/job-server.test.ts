import { afterEach, describe, expect, it } from '@jest/globals';
import { CONTROL_SERVICE } from '#portability/fnapi/services.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import { rawRpc } from '#portability/grpc/rpc.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import { encodePrepareJobRequest, JobState } from '#portability/proto/generated/job-api.js';
import { decodePipeline } from '#portability/proto/generated/pipeline.js';
import { seededRandom } from '#runners/core/seeded-random.js';
import { FakePool, type Behaviour } from './fake-harness.fixture.js';
import { runJobServer, type FinishedJob } from './job-server.js';
import { tinyPipeline } from './tiny-pipeline.fixture.js';

/*
 * What these guard against: a harness that breaks the protocol and is believed, or that takes the server down with
 * it; a client that waits for a state that never comes.
 */
describe('strahl job-server', () => {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  const ended: FinishedJob[] = [];

  async function server(): Promise<RpcChannel> {
    ended.length = 0;
    const serving = await runJobServer({ onJobEnd: (job) => ended.push(job) });
    open.push(serving);
    const channel = await connect(serving.address);
    open.push(channel);
    return channel;
  }

  async function submit(channel: RpcChannel, pipeline: Uint8Array): Promise<string> {
    const request = { pipeline: decodePipeline(pipeline), jobName: 'job' };
    const { preparationId } = await channel.unary(JOB_SERVICE.Prepare, request);
    return (await channel.unary(JOB_SERVICE.Run, { preparationId })).jobId;
  }

  /** The final state of a job, and its errors in the order in which a client hears of both. */
  async function follow(channel: RpcChannel, jobId: string): Promise<readonly (string | number)[]> {
    const heard: (string | number)[] = [];
    await new Promise((resolve) => {
      channel.serverStream(
        JOB_SERVICE.GetMessageStream,
        { jobId },
        {
          message: ({ response }) => {
            if (response?.case === 'stateResponse') heard.push(response.value.state);
            else if (response?.value.importance === 5) heard.push(response.value.messageText);
          },
          end: resolve,
        },
      );
    });
    return heard;
  }

  async function run(
    ...behaviours: Behaviour[]
  ): Promise<{ readonly pool: FakePool; readonly heard: readonly (string | number)[] }> {
    const channel = await server();
    const pool = new FakePool(...behaviours);
    open.push({ close: () => pool.stop() });
    const pipeline = tinyPipeline(await pool.start());
    return { pool, heard: await follow(channel, await submit(channel, pipeline)) };
  }

  it.each<Behaviour>(['echo', 'answer-twice', 'answer-first'])(
    'ends a job whose harness does its work: %s',
    async (behaviour) => {
      const { heard, pool } = await run(behaviour);
      expect(heard).toEqual([JobState.STARTING, JobState.RUNNING, JobState.DONE]);
      expect(pool.started).toBe(1);
    },
  );

  it('tells of each job that is over: its name, its end, its size, and why it failed in one line', async () => {
    await run('echo');
    expect(ended).toEqual([
      {
        ...{ id: expect.stringMatching(/^job-/), name: 'job', state: 'done', elements: 0 },
        milliseconds: expect.any(Number),
      },
    ]);
    await run('fail');
    expect(ended).toMatchObject([{ state: 'failed', error: 'ValueError: seven' }]);
  });

  it('tries the bundle of a lost worker again on a fresh one', async () => {
    const { heard, pool } = await run('disconnect', 'disconnect', 'echo');
    expect(heard.at(-1)).toBe(JobState.DONE);
    expect(pool.started).toBe(3);
  });

  it('gives up a bundle that loses every worker, with what the worker logged last', async () => {
    const { heard, pool } = await run('disconnect');
    expect(heard.at(-1)).toBe(JobState.FAILED);
    expect(heard.at(-2)).toMatch(/STRAHL-8003/);
    expect(heard.at(-2)).toMatch(/the last words of a worker/);
    expect(pool.bundles).toBe(4);
  });

  it('tells all that the SDK said of an error before the state that ends the job', async () => {
    const { heard } = await run('fail');
    expect(heard.at(-1)).toBe(JobState.FAILED);
    expect(heard.at(-2)).toMatch(/Traceback:\n {2}line 7\nValueError: seven/);
  });

  it.each([
    ['unknown-port', /STRAHL-8001[^]*nobody is no port/],
    ['other-answer', /STRAHL-8001[^]*answered finalizeBundle, expected processBundle/],
    ['garbage', /STRAHL-5002/],
  ] as const)('fails a job whose harness breaks the protocol: %s', async (behaviour, text) => {
    const { heard } = await run(behaviour);
    expect(heard.at(-1)).toBe(JobState.FAILED);
    expect(heard.at(-2)).toMatch(text);
  });

  it('fails a job whose worker pool is not there, and serves on', async () => {
    const channel = await server();
    const heard = await follow(channel, await submit(channel, tinyPipeline('127.0.0.1:1')));
    expect(heard.at(-1)).toBe(JobState.FAILED);
    expect(heard.at(-2)).toMatch(/STRAHL-6001/);
    const { jobInfo } = await channel.unary(JOB_SERVICE.GetJobs, {});
    expect(jobInfo.map(({ state }) => state)).toEqual([JobState.FAILED]);
  });

  it('knows no state of a pipeline that was only prepared', async () => {
    const channel = await server();
    const pipeline = decodePipeline(tinyPipeline('127.0.0.1:1'));
    const { preparationId } = await channel.unary(JOB_SERVICE.Prepare, { pipeline });
    const call = channel.unary(JOB_SERVICE.GetState, { jobId: preparationId });
    await expect(call).rejects.toMatchObject({ cause: { code: 5 } });
    const ended = new Promise((resolve) => {
      channel.serverStream(
        JOB_SERVICE.GetStateStream,
        { jobId: preparationId },
        { message: () => undefined, end: resolve },
      );
    });
    expect(await ended).toMatchObject({ cause: { code: 5 } });
  });

  it('runs nothing that was not prepared', async () => {
    const channel = await server();
    const call = channel.unary(JOB_SERVICE.Run, { preparationId: 'job-1' });
    await expect(call).rejects.toMatchObject({ cause: { code: 5 } });
  });

  it('listens to no worker that it did not start', async () => {
    const channel = await server();
    const ended = await new Promise((resolve) => {
      const headers = { worker_id: 'worker-1' };
      const stream = channel.bidi(CONTROL_SERVICE.Control, { headers });
      stream.listen({ message: () => undefined, end: resolve });
    });
    expect(ended).toMatchObject({ code: 'STRAHL-6003' });
  });

  it('answers damaged pipelines with a reason, and never anything else', async () => {
    const channel = await server();
    const random = seededRandom(7);
    const whole = encodePrepareJobRequest({
      pipeline: decodePipeline(tinyPipeline('127.0.0.1:1')),
      jobName: 'job',
    });
    let refused = 0;
    for (let i = 0; i < 200; i++) {
      const damaged = Uint8Array.from(whole);
      for (let n = 0; n <= i % 4; n++) {
        damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      }
      const cut =
        i % 5 === 0 ? damaged.subarray(0, Math.floor(random() * damaged.length)) : damaged;
      try {
        await channel.unary(rawRpc(JOB_SERVICE.Prepare), cut);
      } catch (e) {
        expect(e).toMatchObject({ cause: { code: 3, details: expect.stringMatching(/^STRAHL-/) } });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(40);
  });
});

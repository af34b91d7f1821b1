import { afterEach, describe, expect, it } from '@jest/globals';
import { CONTROL_SERVICE, STATE_SERVICE, WORKER_POOL_SERVICE } from '../fnapi/services.js';
import { JOB_SERVICE } from '../jobapi/services.js';
import { connect, type RpcChannel } from './connect.js';
import { offer } from './handlers.js';
import { rawRpc } from './rpc.js';
import { serve, type Serving } from './serve.js';

/* What these guard against: a call whose failure says nothing, or that anyone may make. */
describe('services over gRPC', () => {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  async function pair(options: Omit<Parameters<typeof serve>[0], 'port'>): Promise<RpcChannel> {
    const serving: Serving = await serve(options);
    open.push(serving);
    const channel = await connect(serving.address, {
      ...(options.token === undefined ? {} : { token: options.token }),
    });
    open.push(channel);
    return channel;
  }

  it('answers a request', async () => {
    const channel = await pair({
      offers: [
        offer(WORKER_POOL_SERVICE, {
          StartWorker: ({ workerId }) => ({ error: `no place for ${workerId}` }),
        }),
      ],
    });
    const { StartWorker } = WORKER_POOL_SERVICE;
    const answer = await channel.unary(StartWorker, { workerId: 'w' });
    expect(answer.error).toBe('no place for w');
  });

  it('carries messages both ways on one stream, in their order, until both sides have ended it', async () => {
    const channel = await pair({
      offers: [
        offer(STATE_SERVICE, {
          State: (stream) => {
            stream.listen({
              message: ({ id }) => stream.send({ id: `${id}!` }),
              end: () => stream.end(),
            });
          },
        }),
      ],
    });
    const stream = channel.bidi(STATE_SERVICE.State);
    const got: string[] = [];
    await new Promise<void>((resolve) => {
      stream.listen({ message: ({ id }) => got.push(id), end: () => resolve() });
      for (const id of ['a', 'b', 'c']) stream.send({ id });
      stream.end();
    });
    expect(got).toEqual(['a!', 'b!', 'c!']);
  });

  it('takes messages of more than 4 MB', async () => {
    const channel = await pair({
      offers: [
        offer(STATE_SERVICE, {
          State: (stream) => {
            stream.listen({
              message: ({ request }) => {
                const size = request?.case === 'append' ? request.value.data.length : 0;
                stream.send({ id: String(size) });
                stream.end();
              },
              end: () => undefined,
            });
          },
        }),
      ],
    });
    const stream = channel.bidi(STATE_SERVICE.State);
    const size = await new Promise<string>((resolve) => {
      stream.listen({ message: ({ id }) => resolve(id), end: () => undefined });
      const data = new Uint8Array(5_000_000);
      stream.send({ request: { case: 'append', value: { data } } });
    });
    expect(size).toBe('5000000');
    stream.end();
  });

  it('tells a caller that its message cannot be read', async () => {
    const channel = await pair({ offers: [offer(JOB_SERVICE, { Prepare: () => ({}) })] });
    await expect(
      channel.unary(rawRpc(JOB_SERVICE.Prepare), Uint8Array.of(10, 200, 1, 1)),
    ).rejects.toMatchObject({
      cause: { code: 3, details: expect.stringContaining('PrepareJobRequest proto cannot be') },
    });
  });

  it('tells a caller what a handler threw', async () => {
    const channel = await pair({
      offers: [
        offer(JOB_SERVICE, {
          GetState: () => {
            throw new Error('not today');
          },
        }),
      ],
    });
    await expect(channel.unary(JOB_SERVICE.GetState, {})).rejects.toMatchObject({
      code: 'STRAHL-8001',
      why: 'not today',
    });
  });

  it('answers UNIMPLEMENTED where it serves no such method', async () => {
    const channel = await pair({ offers: [offer(JOB_SERVICE, { GetJobs: () => ({}) })] });
    await expect(channel.unary(JOB_SERVICE.Drain, {})).rejects.toMatchObject({
      code: 'STRAHL-2001',
    });
  });

  it('lets nobody in without the token', async () => {
    const serving = await serve({
      token: 'secret',
      offers: [offer(JOB_SERVICE, { GetJobs: () => ({}) })],
    });
    open.push(serving);
    for (const token of [undefined, 'secreT', '']) {
      const channel = await connect(serving.address, token === undefined ? {} : { token });
      open.push(channel);
      const call = channel.unary(JOB_SERVICE.GetJobs, {});
      await expect(call).rejects.toMatchObject({ code: 'STRAHL-6003' });
    }
  });

  it('ends a stream whose messages cannot be read, and tells both ends', async () => {
    let why: string | undefined;
    const channel = await pair({
      offers: [
        offer(CONTROL_SERVICE, {
          Control: (stream) =>
            stream.listen({ message: () => undefined, end: (f) => (why = f?.code) }),
        }),
      ],
    });
    const stream = channel.bidi(rawRpc(CONTROL_SERVICE.Control));
    const ended = await new Promise((resolve) => {
      stream.listen({ message: () => undefined, end: resolve });
      stream.send(Uint8Array.of(10, 200, 1, 1));
    });
    expect(ended).toMatchObject({ cause: { code: 3 } });
    expect(why).toBe('STRAHL-5002');
  });

  it('refuses to listen where other machines reach it, unless it knows its callers', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.0.1']) {
      await expect(serve({ host, offers: [], token: 'x' })).rejects.toMatchObject({
        code: 'STRAHL-9007',
      });
    }
  });

  it('says which server cannot be reached', async () => {
    const channel = await connect('127.0.0.1:1');
    open.push(channel);
    await expect(channel.unary(JOB_SERVICE.GetJobs, {})).rejects.toMatchObject({
      code: 'STRAHL-6001',
      title: expect.stringContaining('127.0.0.1:1') as unknown,
    });
  });
});

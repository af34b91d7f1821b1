/*
 * What a bug here looks like: whoever reaches a port runs code, reads files or takes the process down. The rows S1 to S3
 * and S6 of the security checklist, over real sockets.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  CONTROL_SERVICE,
  DATA_SERVICE,
  LOGGING_SERVICE,
  PROVISION_SERVICE,
  STATE_SERVICE,
  WORKER_STATUS_SERVICE,
} from '#portability/fnapi/services.js';
import { connect, type ConnectOptions, type RpcChannel } from '#portability/grpc/connect.js';
import { rawRpc } from '#portability/grpc/rpc.js';
import {
  ARTIFACT_RETRIEVAL_SERVICE,
  ARTIFACT_STAGING_SERVICE,
} from '#portability/jobapi/artifact-services.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import { encodePrepareJobRequest, JobState } from '#portability/proto/generated/job-api.js';
import {
  decodePipeline,
  encodeArtifactFilePayload,
} from '#portability/proto/generated/pipeline.js';
import { FakePool } from '#runners/portable/server/fake-harness.fixture.js';
import { ArtifactQuota } from '#runners/portable/server/artifacts/artifact-quota.js';
import { ArtifactStore } from '#runners/portable/server/artifacts/artifact-store.js';
import { runJobServer, type JobServerOptions } from '#runners/portable/server/job-server.js';
import { tinyPipeline } from '#runners/portable/server/tiny-pipeline.fixture.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pem = (name: string): Uint8Array =>
  readFileSync(new URL(`certificates/${name}.pem`, import.meta.url));

const TLS = { key: pem('server.key'), certificate: pem('server') };
const MUTUAL = { ...TLS, clientCa: pem('authority') };
const CLIENT = { ca: pem('authority') };

const WORKER_STREAMS = [
  CONTROL_SERVICE.Control,
  DATA_SERVICE.Data,
  STATE_SERVICE.State,
  LOGGING_SERVICE.Logging,
  WORKER_STATUS_SERVICE.WorkerStatus,
];

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function server(options: JobServerOptions = {}): Promise<string> {
  const serving = await runJobServer(options);
  open.push(serving);
  return `127.0.0.1:${String(serving.port)}`;
}

async function client(address: string, options: ConnectOptions = {}): Promise<RpcChannel> {
  const channel = await connect(address, options);
  open.push(channel);
  return channel;
}

async function jobsOf(channel: RpcChannel): Promise<number> {
  return (await channel.unary(JOB_SERVICE.GetJobs, {})).jobInfo.length;
}

describe('S1: code from the network', () => {
  it('is made of numbers and templates of our own in two files alone, and nowhere evaluated', () => {
    const rooms = ['portability', 'sdk', 'io', 'runners', 'cli'];
    const files = rooms.flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
        .map((name) => join(room, name)),
    );
    const makers = files.filter((file) =>
      /\bnew Function\(|\beval\(|from 'node:vm'|\bvm\./.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    );
    const probe = 'portability/may-generate.ts';
    expect(makers.filter((file) => file !== probe).sort()).toEqual([
      'portability/coders/object-reader.ts',
      'sdk/harness/compile/generated.ts',
    ]);
  });
});

describe('S2: who may call', () => {
  it.each<[string, JobServerOptions]>([
    ['nothing', {}],
    ['a token alone', { token: 'secret' }],
    ['certificates alone', { tls: TLS }],
  ])('a host that other machines reach is refused with %s', async (_, options) => {
    await expect(runJobServer({ host: '0.0.0.0', ...options })).rejects.toMatchObject({
      code: 'STRAHL-9007',
    });
  });

  it('a public host serves those with the token over TLS, and nobody else', async () => {
    const address = await server({ host: '0.0.0.0', tls: TLS, token: 'secret' });
    expect(await jobsOf(await client(address, { tls: CLIENT, token: 'secret' }))).toBe(0);
    for (const token of [undefined, 'secre', 'secret ', 'Secret']) {
      const options = token === undefined ? { tls: CLIENT } : { tls: CLIENT, token };
      await expect(jobsOf(await client(address, options))).rejects.toMatchObject({
        cause: { code: 16 },
      });
    }
  });

  it('a public host serves those with a certificate of its authority, and nobody else', async () => {
    const address = await server({ host: '0.0.0.0', tls: MUTUAL });
    const known = { ...CLIENT, key: pem('client.key'), certificate: pem('client') };
    expect(await jobsOf(await client(address, { tls: known }))).toBe(0);
    const foreign = { key: pem('foreign-client.key'), certificate: pem('foreign-client') };
    for (const tls of [CLIENT, { ...CLIENT, ...foreign }]) {
      await expect(jobsOf(await client(address, { tls }))).rejects.toMatchObject({
        code: 'STRAHL-6001',
      });
    }
  });

  it('a client talks to no server that its authority does not know, and never without encryption', async () => {
    const address = await server({ tls: TLS, token: 'secret' });
    for (const options of [{ tls: { ca: pem('stranger') } }, {}]) {
      await expect(jobsOf(await client(address, options))).rejects.toMatchObject({
        code: 'STRAHL-6001',
      });
    }
  });

  it('workers, who can show neither, have a door of their own on this machine', async () => {
    const address = await server({ tls: TLS, token: 'secret' });
    const channel = await client(address, { tls: CLIENT, token: 'secret' });
    const pool = new FakePool('echo');
    open.push({ close: () => pool.stop() });
    const pipeline = decodePipeline(tinyPipeline(await pool.start()));
    const { preparationId } = await channel.unary(JOB_SERVICE.Prepare, { pipeline });
    const { jobId } = await channel.unary(JOB_SERVICE.Run, { preparationId });
    const states: number[] = [];
    await new Promise((resolve) => {
      const message = ({ state }: { readonly state: number }): unknown => states.push(state);
      channel.serverStream(JOB_SERVICE.GetStateStream, { jobId }, { message, end: resolve });
    });
    expect(states.at(-1)).toBe(JobState.DONE);
    // The services of workers are not behind the public door.
    const call = channel.unary(PROVISION_SERVICE.GetProvisionInfo, {});
    await expect(call).rejects.toMatchObject({ code: 'STRAHL-2001' });
  });

  it.each(['', 'worker-1', 'worker-', '../worker', 'worker-00000000000000000000000000000000'])(
    'a worker that was not started here is refused on every service: "%s"',
    async (id) => {
      const channel = await client(await server(), { headers: { worker_id: id } });
      for (const rpc of WORKER_STREAMS) {
        const ended = await new Promise((resolve) => {
          channel.bidi(rawRpc(rpc)).listen({ message: () => undefined, end: resolve });
        });
        expect(ended).toMatchObject({ code: 'STRAHL-6003', cause: { code: 16 } });
      }
      const code = 'STRAHL-6003';
      const provision = channel.unary(PROVISION_SERVICE.GetProvisionInfo, {});
      await expect(provision).rejects.toMatchObject({ code });
      const named = { processBundleDescriptorId: 's1' };
      const descriptor = channel.unary(CONTROL_SERVICE.GetProcessBundleDescriptor, named);
      await expect(descriptor).rejects.toMatchObject({ code });
      const artifacts = channel.unary(ARTIFACT_RETRIEVAL_SERVICE.ResolveArtifacts, {});
      await expect(artifacts).rejects.toMatchObject({ code });
    },
  );
});

describe('S3: how much may be asked', () => {
  const pipeline = decodePipeline(tinyPipeline('127.0.0.1:1'));

  it('a message beyond the limit is refused, and the server serves on', async () => {
    const channel = await client(await server({ maxMessageBytes: 100_000 }));
    const huge = encodePrepareJobRequest({ jobName: 'x'.repeat(200_000), pipeline });
    await expect(channel.unary(rawRpc(JOB_SERVICE.Prepare), huge)).rejects.toMatchObject({
      cause: { code: 8, details: expect.stringContaining('larger than max') },
    });
    expect(await jobsOf(channel)).toBe(0);
  });

  it('a pipeline of more than 10,000 transforms is refused', async () => {
    const channel = await client(await server());
    const [[, one]] = [...pipeline.components!.transforms] as [[string, object]];
    const transforms = new Map(Array.from({ length: 10_001 }, (_, i) => [`t${String(i)}`, one]));
    const large = { ...pipeline, components: { ...pipeline.components!, transforms } };
    await expect(channel.unary(JOB_SERVICE.Prepare, { pipeline: large })).rejects.toMatchObject({
      cause: { code: 3, details: expect.stringMatching(/STRAHL-5004[^]*10001 transforms/) },
    });
  });

  it('a job beyond those that a server takes at a time is refused until one is over', async () => {
    const channel = await client(await server({ maxJobs: 1 }));
    const pool = new FakePool('silent');
    open.push({ close: () => pool.stop() });
    const waiting = decodePipeline(tinyPipeline(await pool.start()));
    const run = async (): Promise<string> => {
      const { preparationId } = await channel.unary(JOB_SERVICE.Prepare, { pipeline: waiting });
      return (await channel.unary(JOB_SERVICE.Run, { preparationId })).jobId;
    };
    const jobId = await run();
    await expect(run()).rejects.toMatchObject({
      cause: { code: 8, details: expect.stringContaining('1 jobs run already') },
    });
    const over = new Promise((resolve) => {
      const sink = { message: () => undefined, end: resolve };
      channel.serverStream(JOB_SERVICE.GetStateStream, { jobId }, sink);
    });
    await channel.unary(JOB_SERVICE.Cancel, { jobId });
    await over;
    expect(await run()).not.toBe(jobId);
  });

  it('files without an end are refused, and what was kept of them is not counted', async () => {
    const store = new ArtifactStore();
    open.push(store);
    async function* chunks(count: number): AsyncGenerator<Uint8Array> {
      for (let left = count; left > 0; left--) yield await Promise.resolve(new Uint8Array(300));
    }
    const quota = new ArtifactQuota(1000);
    const code = 'STRAHL-7004';
    await expect(store.store(chunks(Infinity), quota)).rejects.toMatchObject({ code });
    await store.store(chunks(3), quota);
    await expect(store.store(chunks(1), quota)).rejects.toMatchObject({ code });
  });
});

/** No name of a peer may become a path. */
const HOSTILE_NAMES: readonly string[] = [
  '../../../../etc/passwd',
  '..',
  '.',
  '',
  '/etc/passwd',
  '/',
  '//etc/passwd',
  './../x',
  'a/../../x',
  'a/b',
  '..\\..\\x',
  'C:\\Windows\\x',
  '\\\\host\\share',
  '%2e%2e%2fetc%2fpasswd',
  '..%2f..%2fx',
  'x\0',
  '\0',
  '../x\0.txt',
  '~',
  '~/x',
  '$HOME/x',
  '`id`',
  '$(id)',
  'x;id',
  'x\ny',
  '-rf',
  'CON',
  'x'.repeat(5000),
  '\u202ecod.exe',
  '．．/x',
  'file:///etc/passwd',
];

describe('S6: names as paths', () => {
  it.each(HOSTILE_NAMES)('%j names no file of the server', async (name) => {
    const store = new ArtifactStore();
    open.push(store);
    expect(() => store.read(name, 1000)).toThrow(/STRAHL-6002  there is no such artifact/);
    const channel = await client(await server());
    const typePayload = encodeArtifactFilePayload({ path: name });
    const artifact = { typeUrn: 'beam:artifact:type:file:v1', typePayload };
    const ended = await new Promise((resolve) => {
      const { GetArtifact } = ARTIFACT_RETRIEVAL_SERVICE;
      const sink = { message: () => undefined, end: resolve };
      channel.serverStream(GetArtifact, { artifact }, sink);
    });
    expect(ended).toMatchObject({ code: 'STRAHL-6003' });
  });

  it('a client without a prepared pipeline stages nothing', async () => {
    const channel = await client(await server());
    const rpc = ARTIFACT_STAGING_SERVICE.ReverseArtifactRetrievalService;
    const ended = await new Promise((resolve) => {
      const stream = channel.bidi(rpc);
      stream.listen({ message: () => undefined, end: resolve });
      stream.send({ stagingToken: '../../x' });
    });
    expect(ended).toMatchObject({ cause: { code: 5 } });
  });
});

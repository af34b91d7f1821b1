/*
 * What a bug here looks like: a client fills the disk of a server, writes where it likes, or a worker runs a file
 * that is not the one that was staged. Rows S3 and S6 of the security checklist, for the files of jobs.
 */
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import type { Init } from '#portability/proto/codec.js';
import {
  decodePipeline,
  encodeArtifactFilePayload,
  type ArtifactInformation,
  type Pipeline,
} from '#portability/proto/generated/pipeline.js';
import { ARTIFACT_TYPE_URN } from '#portability/urns.js';
import { ArtifactQuota } from '#runners/portable/server/artifacts/artifact-quota.js';
import { ArtifactStore } from '#runners/portable/server/artifacts/artifact-store.js';
import { runJobServer } from '#runners/portable/server/job-server.js';
import { tinyPipeline } from '#runners/portable/server/tiny-pipeline.fixture.js';
import { stageArtifacts } from '#runners/portable/stage-artifacts.js';
import { requireSum } from '#sdk/harness/worker/fetch-artifacts.js';

const open: { close(): unknown }[] = [];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strahl-staged-'));
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  rmSync(folder, { recursive: true });
});

/** The tiny pipeline, whose environment needs these files. */
function needing(...paths: readonly string[]): Init<Pipeline> {
  const pipeline = decodePipeline(tinyPipeline('127.0.0.1:1'));
  const { environments } = pipeline.components!;
  const dependencies = paths.map((path): Init<ArtifactInformation> => ({
    typeUrn: ARTIFACT_TYPE_URN.FILE,
    typePayload: encodeArtifactFilePayload({ path }),
  }));
  const given = [...environments].map(([id, each]) => [id, { ...each, dependencies }] as const);
  return { ...pipeline, components: { ...pipeline.components!, environments: new Map(given) } };
}

async function server(maxStagedBytes: number): Promise<RpcChannel> {
  const serving = await runJobServer({ maxStagedBytes });
  open.push(serving);
  const channel = await connect(serving.address);
  open.push(channel);
  return channel;
}

async function prepare(channel: RpcChannel, ...paths: readonly string[]): Promise<string> {
  const request = { pipeline: needing(...paths) };
  return (await channel.unary(JOB_SERVICE.Prepare, request)).stagingSessionToken;
}

const of =
  (bytes: number): (() => Uint8Array) =>
  () =>
    new Uint8Array(bytes);

describe('S3: the files of one job', () => {
  it('may take its quota together, and no byte more', async () => {
    const channel = await server(1000);
    await stageArtifacts(channel, await prepare(channel, 'a', 'b'), of(500));
    const token = await prepare(channel, 'a', 'b');
    await expect(stageArtifacts(channel, token, of(501))).rejects.toMatchObject({
      cause: { code: 8, details: expect.stringContaining('more than 1000 bytes') as unknown },
    });
  });

  it('count on all streams on which a client brings them', async () => {
    const channel = await server(1000);
    const token = await prepare(channel, 'a');
    await stageArtifacts(channel, token, of(600));
    await expect(stageArtifacts(channel, token, of(600))).rejects.toMatchObject({
      cause: { code: 8 },
    });
    // Another job has its own.
    await stageArtifacts(channel, await prepare(channel, 'a'), of(600));
  });

  it('count on streams that are open at the same time', async () => {
    const channel = await server(1000);
    const token = await prepare(channel, 'a');
    const both = await Promise.allSettled(
      [1, 2].map(() => stageArtifacts(channel, token, of(600))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('S6: the files of jobs', () => {
  const bytes = new TextEncoder().encode('a file');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  const keep = async (store: ArtifactStore): Promise<string> =>
    store.store(chunks(), new ArtifactQuota(1000));
  const kept = (): string =>
    join(
      folder,
      readdirSync(folder).find((name) => name.startsWith('strahl-artifacts-'))!,
    );

  it('are for this user alone, under the digest of what is in them', async () => {
    const store = new ArtifactStore(folder);
    open.push(store);
    expect(await keep(store)).toBe(sha256);
    expect(statSync(kept()).mode & 0o777).toBe(0o700);
    expect(readdirSync(kept())).toEqual([sha256]);
    expect(statSync(join(kept(), sha256)).mode & 0o777).toBe(0o600);
  });

  it('are never written through a link that waits under their name', async () => {
    const store = new ArtifactStore(folder);
    open.push(store);
    await keep(store);
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'as it was');
    const name = join(kept(), sha256);
    rmSync(name);
    symlinkSync(victim, name);
    await keep(store);
    expect(readFileSync(victim, 'utf8')).toBe('as it was');
    expect(readFileSync(name)).toEqual(Buffer.from(bytes));
  });

  it('are not run by a worker unless their sum is the one that was staged', () => {
    expect(() => requireSum(bytes, sha256, 'pipeline.mjs')).not.toThrow();
    const other = new TextEncoder().encode('a filf');
    expect(() => requireSum(other, sha256, 'pipeline.mjs')).toThrow(/STRAHL-6004[^]*pipeline.mjs/);
  });
});

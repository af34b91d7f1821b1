// What a bug here would look like: a runner that breaks because a pool is gone that it still asks, or a process that
// cannot end because of a pool that nobody asks any more.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WORKER_POOL_SERVICE } from '#portability/fnapi/services.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import type { Worker } from './worker.js';
import { serveWorkerPool, type WorkerPool } from './worker-pool.js';

/** Nobody waits for so long. */
const LINGER_MS = 3_600_000;
const { StartWorker, StopWorker } = WORKER_POOL_SERVICE;

function idleWorker(id: string): Worker {
  let end: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (end = resolve));
  return { id, done, stop: () => end() };
}

let pool: WorkerPool;
let runner: RpcChannel;

beforeEach(async () => {
  pool = await serveWorkerPool(({ workerId }) => Promise.resolve(idleWorker(workerId)));
  runner = await connect(pool.address);
});

afterEach(async () => {
  runner.close();
  await pool.close();
});

describe('a pool of workers that is closed', () => {
  it('waits until its runner has stopped the last of its workers', async () => {
    for (const workerId of ['a', 'b']) await runner.unary(StartWorker, { workerId });
    await runner.unary(StopWorker, { workerId: 'a' });
    let isClosed = false;
    const closed = pool.close(undefined, LINGER_MS).then(() => (isClosed = true));
    // Its workers are stopped meanwhile, and it answers.
    await runner.unary(StopWorker, { workerId: 'a' });
    expect([pool.size, isClosed]).toEqual([0, false]);
    await runner.unary(StopWorker, { workerId: 'b' });
    await closed;
  });

  it('waits for nobody where no runner has asked for a worker, and the job ended well', async () => {
    await pool.close(undefined, LINGER_MS);
    await expect(runner.unary(StartWorker, { workerId: 'a' })).rejects.toMatchObject({
      key: 'unreachable',
    });
  });

  it('answers a runner that was about to start a worker of a job that has failed', async () => {
    await pool.close(new Error('the job failed'), LINGER_MS);
    await runner.unary(StartWorker, { workerId: 'late' });
    expect(pool.size).toBe(0);
    await runner.unary(StopWorker, { workerId: 'late' });
  });

  it('waits for nobody if it is not told to', async () => {
    await runner.unary(StartWorker, { workerId: 'a' });
    await pool.close();
    await expect(runner.unary(StopWorker, { workerId: 'a' })).rejects.toMatchObject({
      key: 'unreachable',
    });
  });
});

// What a bug here would look like: a worker that goes on after its job, because it was not needed any more before it
// had started.
import { describe, expect, it } from '@jest/globals';
import { WORKER_POOL_SERVICE } from '#portability/fnapi/services.js';
import { offer } from '#portability/grpc/handlers.js';
import { serve } from '#portability/grpc/serve.js';
import { encodeExternalPayload } from '#portability/proto/generated/pipeline.js';
import { ENVIRONMENT_URN } from '#portability/urns.js';
import { RemoteWorker } from './remote-worker.js';
import { WorkerHub } from './worker-hub.js';

describe('a worker elsewhere', () => {
  it('that is not needed any more while it starts is stopped once it has', async () => {
    let start: () => void = () => undefined;
    let isAsked: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (start = resolve));
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const stopped: string[] = [];
    const pool = await serve({
      offers: [
        offer(WORKER_POOL_SERVICE, {
          StartWorker: async () => {
            isAsked();
            await started;
            return {};
          },
          StopWorker: ({ workerId }) => {
            stopped.push(workerId);
            return {};
          },
        }),
      ],
    });
    const payload = encodeExternalPayload({ endpoint: { url: pool.address } });
    const environment = {
      ...{ urn: ENVIRONMENT_URN.EXTERNAL, payload, displayData: [], capabilities: [] },
      ...{ dependencies: [], resourceHints: new Map<string, Uint8Array>() },
    };
    const place = {
      ...{ hub: new WorkerHub(), endpoint: pool.address, provision: {}, onLog() {} },
      ownCoders: new Map(),
    };
    const worker = new RemoteWorker({ ...place, environment, silenceMs: 60_000 }, () => undefined);
    const starting = worker.start();
    await asked;
    await Promise.all([
      expect(starting).rejects.toMatchObject({ key: 'jobCancelled' }),
      worker.stop().then(start),
    ]);
    expect(stopped).toEqual([worker.id]);
    await pool.close();
  });
});

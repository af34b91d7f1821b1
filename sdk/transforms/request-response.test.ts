// What a bug here looks like: a service that is asked too often, a response at the wrong element, or a failure
// that nobody hears of. The service counts, delays and fails as each test asks.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fixed, s } from '../index.js';
import { runTest } from '../testing/index.js';

/** Answers `/double` for a JSON number or a list of them. */
class Service {
  readonly asked: (number | readonly number[])[] = [];
  /** The most that were under way at a time. */
  most = 0;
  /** Of the next requests: a status other than 200. */
  failures: number[] = [];
  /** Never answers. */
  silent = false;
  #underWay = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as number | readonly number[];
        this.asked.push(body);
        this.most = Math.max(this.most, ++this.#underWay);
        if (this.silent) return;
        setImmediate(() => {
          this.#underWay--;
          response.statusCode = this.failures.shift() ?? 200;
          response.end(
            JSON.stringify(typeof body === 'number' ? body * 2 : body.map((n) => n * 2)),
          );
        });
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/double`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

let service = new Service();
afterEach(() => {
  service.stop();
});

async function serving(): Promise<<T>(body: T, c: { readonly signal: AbortSignal }) => Promise<T>> {
  service = new Service();
  const url = await service.start();
  return async (body, { signal }) => {
    const r = await fetch(url, { method: 'POST', body: JSON.stringify(body), signal });
    if (!r.ok) throw new Error(`status ${String(r.status)}`);
    return (await r.json()) as typeof body;
  };
}

const numbers = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
const doubled = (n: number): readonly number[] => numbers(n).map((x) => 2 * x);

describe('requestResponse', () => {
  it('gives the response to each element, in their order', async () => {
    const double = await serving();
    const r = await runTest((p) => ({
      out: p.of(numbers(40)).requestResponse(double, { concurrency: 8, schema: s.int64 }),
    }));
    expect(r.out.values).toEqual(doubled(40));
    expect(service.asked).toHaveLength(40);
    expect(service.most).toBeLessThanOrEqual(8);
    expect(service.most).toBeGreaterThan(1);
  });

  it('asks again after a failure', async () => {
    const double = await serving();
    service.failures = [503, 500];
    const r = await runTest((p) => ({ out: p.of([21]).requestResponse(double) }));
    expect(r.out.values).toEqual([42]);
    expect(service.asked).toHaveLength(3);
  });

  it('fails the job when the service keeps failing, with step, element and cause', async () => {
    const double = await serving();
    service.failures = new Array<number>(100).fill(500);
    await expect(
      runTest((p) => ({ out: p.of([21]).requestResponse(double, { retries: 1 }) })),
    ).rejects.toMatchObject({
      code: 'STRAHL-6001',
      step: 'requestResponse',
      title: 'a request failed 2 times: status 500',
      element: '21',
    });
  });

  it('leaves a service that does not answer', async () => {
    const double = await serving();
    service.silent = true;
    const limits = { retries: 0, timeout: 20 };
    await expect(
      runTest((p) => ({ out: p.of([21]).requestResponse(double, limits) })),
    ).rejects.toMatchObject({ code: 'STRAHL-6006' });
  });

  it('asks once for elements with the same key, also while the answer is awaited', async () => {
    const double = await serving();
    const r = await runTest((p) => ({
      out: p.of([1, 2, 1, 1, 2]).requestResponse(double, { cache: { by: (n) => n } }),
    }));
    expect(r.out.values).toEqual([2, 4, 2, 2, 4]);
    expect(service.asked).toEqual([1, 2]);
  });

  it('takes elements for their own keys, where they can be keys', async () => {
    const double = await serving();
    const r = await runTest((p) => ({
      out: p.of([1, 2, 1]).requestResponse(double, { cache: true }),
    }));
    expect(r.out.values).toEqual([2, 4, 2]);
    expect(service.asked).toEqual([1, 2]);
    await expect(
      runTest((p) => ({
        out: p.of([{ n: 1 }]).requestResponse(() => Promise.resolve(1), { cache: true as never }),
      })),
    ).rejects.toMatchObject({ title: expect.stringContaining('cache: true needs elements that') });
  });

  it('asks for several elements of a bundle at once', async () => {
    const double = await serving();
    const r = await runTest((p) => ({
      out: p
        .of(numbers(10))
        .withTimestamps((n) => n * 10_000)
        .window(fixed('30s'))
        .requestResponse(double, { batch: 4, cache: { by: (n) => n } })
        .reify()
        .map((x) => [x.value, x.timestamp, x.window.maxTimestamp]),
    }));
    // Each output has the time and the window of its element, although batches go across windows.
    expect(r.out.values).toEqual(
      numbers(10).map((n) => [2 * n, n * 10_000, Math.floor(n / 3) * 30_000 + 29_999]),
    );
    const batches = service.asked as readonly (readonly number[])[];
    expect(batches.flat()).toEqual(numbers(10));
    expect(Math.max(...batches.map((b) => b.length))).toBe(4);
  });

  it('asks for each of equal elements of a batch once', async () => {
    const double = await serving();
    const r = await runTest((p) => ({
      out: p.of([5, 5, 6, 5]).requestResponse(double, { batch: 10, cache: { by: (n) => n } }),
    }));
    expect(r.out.values).toEqual([10, 10, 12, 10]);
    expect((service.asked as readonly (readonly number[])[]).flat()).toEqual([5, 6]);
  });

  it('refuses a batch of responses that does not fit its requests', async () => {
    await serving();
    await expect(
      runTest((p) => ({
        out: p.of([1, 2]).requestResponse((xs) => Promise.resolve(xs.slice(1)), { batch: 2 }),
      })),
    ).rejects.toMatchObject({
      code: 'STRAHL-4001',
      title: 'a request for 2 elements gave 1 responses',
    });
  });

  it.each([
    [{ rate: 0 }, 'rate'],
    [{ retries: -1 }, 'retries'],
    [{ timeout: 0 }, 'timeout'],
    [{ batch: 1.5 }, 'batch'],
    [{ cache: { by: (n: number) => n, size: 0 } }, 'cache.size'],
  ])('refuses %j', async (o, option) => {
    await serving();
    await expect(
      runTest((p) => ({ out: p.of([1]).requestResponse(() => Promise.resolve(1), o as never) })),
    ).rejects.toMatchObject({
      code: 'STRAHL-9002',
      title: expect.stringContaining(`${option} of requestResponse is`),
    });
  });
});

describe('enrich', () => {
  it('puts each element and its response together', async () => {
    const double = await serving();
    const into = (n: number, twice: number) => ({ n, twice });
    const r = await runTest((p) => ({
      single: p.of([1, 2]).enrich(double, { into }),
      batched: p.of([3, 4]).enrich(double, { into, batch: 2 }),
    }));
    expect(r.single.values).toEqual([
      { n: 1, twice: 2 },
      { n: 2, twice: 4 },
    ]);
    expect(r.batched.values).toEqual([
      { n: 3, twice: 6 },
      { n: 4, twice: 8 },
    ]);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { offer } from '#portability/grpc/handlers.js';
import { serve } from '#portability/grpc/serve.js';
import { TEST_STREAM_SERVICE } from '#portability/jobapi/test-stream-service.js';
import { transformId } from '#portability/model/ids.js';
import type { Init } from '#portability/proto/codec.js';
import type { TestStreamPayload_Event } from '#portability/proto/generated/pipeline.js';
import { CODER_URN } from '#portability/urns.js';
import type { FedStream } from './fed-streams.js';
import { TestStreamFeed } from './test-stream-feed.js';

// A service is somebody else's program: it may say nothing, too much, or go away in the middle.

type Event = Init<TestStreamPayload_Event>;

const watermark = (newWatermark: bigint, tag = 'a'): Event => ({
  event: { case: 'watermarkEvent', value: { newWatermark, tag } },
});

const elements = (...encodedElement: Uint8Array[]): Event => ({
  event: {
    case: 'elementEvent',
    value: {
      tag: 'a',
      elements: encodedElement.map((e) => ({ encodedElement: e, timestamp: 3n })),
    },
  },
});

describe('a test stream that a service feeds', () => {
  const { signal } = new AbortController();
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  async function feed(events: readonly Event[], stream: Partial<FedStream> = {}, failing = false) {
    const asked: (readonly string[])[] = [];
    const serving = await serve({
      offers: [
        offer(TEST_STREAM_SERVICE, {
          Events: ({ outputIds }, out) => {
            asked.push(outputIds);
            for (const event of events) out.send(event);
            return failing ? Promise.reject(new Error('gone')) : Promise.resolve();
          },
        }),
      ],
    });
    open.push(serving);
    const from = new TestStreamFeed({
      ...{ stream: transformId('t'), endpoint: serving.address, outputs: ['a', 'b'] },
      ...{ coder: CODER_URN.VARINT, perMillisecond: 1n, ...stream },
    });
    return { from, asked };
  }

  it('TST-3: is asked once for all outputs, and each takes every event in its own time', async () => {
    const { from, asked } = await feed([watermark(1n), watermark(2n, 'b')]);
    const [first, again] = [await from.event(0, signal), await from.event(0, signal)];
    expect(first).toEqual({ kind: 'watermark', tag: 'a', time: 1 });
    expect(again).toBe(first);
    expect(await from.event(1, signal)).toEqual({ kind: 'watermark', tag: 'b', time: 2 });
    expect(await from.event(2, signal)).toBeUndefined();
    expect(asked).toEqual([['a', 'b']]);
  });

  it('has its elements put behind their length, and its times in milliseconds, where they are not', async () => {
    const sent = [elements(Uint8Array.of(7, 8)), watermark(-5000n)];
    const { from } = await feed(sent, { perMillisecond: 1000n });
    expect(await from.event(0, signal)).toMatchObject({
      elements: [{ bytes: Uint8Array.of(2, 7, 8), timestamp: 0 }],
    });
    expect(await from.event(1, signal)).toMatchObject({ time: -5 });
  });

  it('leaves elements as they are whose coder writes their length', async () => {
    const sent = [elements(Uint8Array.of(2, 7, 8))];
    const { from } = await feed(sent, { coder: CODER_URN.LENGTH_PREFIX });
    expect(await from.event(0, signal)).toMatchObject({
      elements: [{ bytes: Uint8Array.of(2, 7, 8) }],
    });
  });

  it('TST-3: wakes all outputs that wait for its next event', async () => {
    const { from } = await feed([watermark(1n)]);
    const both = await Promise.all([from.event(0, signal), from.event(0, signal)]);
    expect(both).toEqual([expect.objectContaining({ time: 1 }), both[0]]);
    expect(await Promise.all([from.event(1, signal), from.event(1, signal)])).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('fails behind the last good event when the service fails', async () => {
    const { from } = await feed([watermark(1n)], {}, true);
    expect(await from.event(0, signal)).toMatchObject({ time: 1 });
    await expect(from.event(1, signal)).rejects.toMatchObject({ code: 'STRAHL-8001' });
  });

  it('refuses what is no event', async () => {
    const { from } = await feed([{}]);
    await expect(from.event(0, signal)).rejects.toMatchObject({ code: 'STRAHL-1003' });
  });

  it('fails when nobody is there', async () => {
    const { from } = await feed([], { endpoint: '127.0.0.1:1' });
    await expect(from.event(0, signal)).rejects.toMatchObject({ code: 'STRAHL-6001' });
  });
});

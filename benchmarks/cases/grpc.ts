import {
  decodeElementsViews,
  encodeElementsParts,
} from '#portability/fnapi/elements/elements-message.js';
import { DATA_SERVICE } from '#portability/fnapi/services.js';
import { connect } from '#portability/grpc/connect.js';
import { offer } from '#portability/grpc/handlers.js';
import { rawRpc } from '#portability/grpc/rpc.js';
import { serve } from '#portability/grpc/serve.js';
import { absoluteCase, type Benchmark } from '../case.js';
import { cpuOf } from '../measure.js';

const TOTAL = 256 * 1000 * 1000;
const ROUNDS = 4;
const FRAMES = [64 * 1024, 256 * 1024];
/** As many frames share a message as both ends put into one. */
const MESSAGE_BYTES = 256 * 1024;
/** 400 MB/s per core: 2.5 ns of CPU for each byte, at either end. */
const LIMIT_NS = 2500;

/** Element bytes through a data stream: both ends run in this process, and each has half of its CPU time. */
export const grpc: Benchmark = {
  name: 'grpc',
  about:
    '256 MB of elements through the data channel, in frames of 64 and 256 KB, 256 KB in a message',
  async run() {
    const channel = await openDataChannel();
    try {
      const cases = [];
      for (const size of FRAMES) {
        const frame = Buffer.alloc(size, 7);
        let best = Infinity;
        for (let round = 0; round < ROUNDS; round++) {
          best = Math.min(best, await cpuOf(() => channel.carry(frame, TOTAL)));
        }
        const name = `${String(size / 1024)} KB`;
        cases.push(absoluteCase(name, 'ns/KB and end', best / 2 / (TOTAL / 1000), LIMIT_NS));
      }
      return cases;
    } finally {
      await channel.close();
    }
  },
};

interface DataChannel {
  carry(frame: Uint8Array, total: number): Promise<void>;
  close(): Promise<void>;
}

/** A client that sends as a harness does, and a server that reads as a runner does. */
async function openDataChannel(): Promise<DataChannel> {
  const rpc = { Data: rawRpc(DATA_SERVICE.Data) };
  let left = 0;
  let arrived: () => void = () => undefined;
  const message = (bytes: Uint8Array): void => {
    for (const { data } of decodeElementsViews(bytes).data) left -= data.length;
    if (left <= 0) arrived();
  };
  const serving = await serve({
    offers: [offer(rpc, { Data: (s) => s.listen({ message, end: () => s.end() }) })],
  });
  const channel = await connect(serving.address);
  const stream = channel.bidi(rpc.Data);
  stream.listen({ message: () => undefined, end: () => undefined });
  return {
    async carry(data, total) {
      left = total;
      const all = new Promise<void>((resolve) => (arrived = resolve));
      const part = { instructionId: 'instruction 1', transformId: 'sink', data };
      const parts = Array.from({ length: MESSAGE_BYTES / data.length }, () => part);
      for (let sent = 0; sent < total; sent += MESSAGE_BYTES) {
        if (!stream.send(encodeElementsParts(parts))) await stream.drained();
      }
      await all;
    },
    async close() {
      stream.end();
      channel.close();
      await serving.close();
    },
  };
}

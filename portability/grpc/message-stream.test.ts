import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { GrpcSender, type ByteOutput } from './message-stream.js';

/** A stream that is full. */
class Full extends EventEmitter {
  readonly destroyed = false;
  readonly writableEnded = false;
  writableNeedDrain = true;
  write(): boolean {
    return false;
  }
  end(): void {
    // Nobody looks.
  }
}

const codec = { encode: () => new Uint8Array(0), decode: () => undefined };

describe('a stream that is full', () => {
  it.each(['drain', 'close', 'error'])('lets all who wait go on at once: %s', async (event) => {
    const out = new Full();
    const sender = new GrpcSender<undefined>(out as unknown as ByteOutput, codec);
    const waiting = Array.from({ length: 20 }, () => sender.drained());
    // Node warns of more than ten.
    expect(out.listenerCount(event)).toBe(1);
    out.emit(event);
    await Promise.all(waiting);
    expect(out.listenerCount(event)).toBe(0);
  });

  it('is waited for again when it is full again', async () => {
    const out = new Full();
    const sender = new GrpcSender<undefined>(out as unknown as ByteOutput, codec);
    const first = sender.drained();
    out.emit('drain');
    await first;
    let isDrained = false;
    const second = sender.drained().then(() => (isDrained = true));
    await Promise.resolve();
    expect(isDrained).toBe(false);
    out.emit('drain');
    await second;
    out.writableNeedDrain = false;
    await sender.drained();
  });
});

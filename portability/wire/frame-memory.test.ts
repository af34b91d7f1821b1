import { describe, expect, it } from '@jest/globals';
import { globalWindowCoder } from '../coders/windows.js';
import { bytesCoder } from '../coders/primitives.js';
import { NO_FIRING } from '../model/panes.js';
import { TIMESTAMP_MIN } from '../model/time.js';
import { GLOBAL_WINDOWS } from '../model/windows.js';
import { frameIndex } from './frame-memory.js';
import { FrameReader } from './frame-reader.js';
import { FrameWriter } from './frame-writer.js';

describe('the memory of frames', () => {
  it('holds a copy of an index', () => {
    const numbers = Int32Array.of(1, 2, 3, 4);
    const index = frameIndex(numbers, 2);
    numbers[0] = 9;
    expect([...index]).toEqual([1, 2]);
  });

  it('is never that of what is read from a frame', () => {
    const writer = new FrameWriter({
      windowCoder: globalWindowCoder,
      keyed: false,
      targetBytes: 8,
    });
    for (const byte of [7, 8]) {
      bytesCoder.encode(
        Uint8Array.of(byte),
        writer.begin(TIMESTAMP_MIN, GLOBAL_WINDOWS, NO_FIRING),
      );
      writer.end();
    }
    const [, second] = writer.flush();
    const reader = new FrameReader(globalWindowCoder);
    reader.reset(second!);
    reader.next();
    const value = bytesCoder.decode(reader.input);
    second!.bytes.fill(0);
    expect([...value]).toEqual([8]);
    expect(Object.prototype.toString.call(value.buffer)).toBe('[object ArrayBuffer]');
  });
});

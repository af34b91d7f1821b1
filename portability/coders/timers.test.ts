import { expect, it } from '@jest/globals';
import { ByteReader } from '../wire/reader.js';
import { ByteWriter } from '../wire/writer.js';
import { stringCoder } from './primitives.js';
import { TimerCoder, type TimerValue } from './timers.js';
import { globalWindowCoder } from './windows.js';
import { NO_FIRING } from '../model/panes.js';
import type { EventTime } from '../model/time.js';
import { GLOBAL_WINDOW } from '../model/windows.js';

const coder = new TimerCoder(stringCoder, globalWindowCoder);

function encoded(timer: TimerValue): Uint8Array {
  const out = new ByteWriter();
  coder.encode(timer, out);
  return out.toBytes();
}

const timer = {
  key: 'k',
  tag: 't',
  windows: [GLOBAL_WINDOW],
  kind: 'set',
  fireAt: 5 as EventTime,
  pane: NO_FIRING,
} as const;

it('TIME-4: a timer without an output timestamp has the hold MAX + 1 ms on the wire, and none again here', () => {
  const bytes = encoded(timer);
  expect(Buffer.from(bytes).toString('hex')).toContain('8020c49ba5e353f8');
  expect(coder.decode(new ByteReader(bytes))).toEqual(timer);
});

it('passes over a timer with its hold, or over a cleared one, to its end', () => {
  const held: TimerValue = { ...timer, hold: 7 as EventTime };
  const { key, tag, windows } = timer;
  for (const each of [held, { key, tag, windows, kind: 'cleared' } as const]) {
    const input = new ByteReader(encoded(each));
    coder.skip(input);
    expect(input.remaining).toBe(0);
    expect(coder.decode(new ByteReader(encoded(each)))).toEqual(each);
  }
});

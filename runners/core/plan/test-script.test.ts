import { describe, expect, it } from '@jest/globals';
import { stringCoder } from '#portability/coders/primitives.js';
import { globalWindowCoder } from '#portability/coders/windows.js';
import { duration, type EventTime } from '#portability/model/time.js';
import type { TestStreamEvent } from '#portability/model/transform-spec.js';
import { at } from '../input/frames.fixture.js';
import { testScript } from './test-script.js';

// A script that is read wrongly makes every test that is driven by it say something else.

const step = { origin: { transform: 't' as never, name: 'script' } } as never;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function elements(tag: string, ...texts: string[]): TestStreamEvent {
  const list = texts.map((text) => ({ bytes: bytes(text), timestamp: at(1) }));
  return { kind: 'elements', tag, elements: list };
}

const watermark = (tag: string, time: EventTime): TestStreamEvent => ({
  kind: 'watermark',
  tag,
  time,
});

function script(events: readonly TestStreamEvent[], tag = 'a', only = false) {
  const output = {
    tag,
    only,
    first: tag === 'a',
    coder: stringCoder,
    windowCoder: globalWindowCoder,
  };
  return testScript({ kind: 'test-stream', coderId: 'c' as never, events }, step, output);
}

describe('the script of an output of a test stream', () => {
  const events = [
    elements('a', 'x', 'y'),
    watermark('b', at(5)),
    { kind: 'processing-time', advance: duration(7) } as const,
    watermark('a', at(3)),
  ];

  it('TST-2: has the events of its tag at their places, and ends with the stream', () => {
    const places = (tag: string) => script(events, tag).map((e) => [e.kind, e.position]);
    expect(places('a')).toEqual([
      ['elements', 0],
      ['processing-time', 2],
      ['watermark', 3],
      ['end', 4],
    ]);
    expect(places('b')).toEqual([
      ['watermark', 1],
      ['end', 4],
    ]);
  });

  it('takes all events if the stream has no other output', () => {
    expect(script([elements('None', 'x'), watermark('', at(1))], 'out', true)).toHaveLength(3);
  });

  it('TST-2: writes its elements, which come in the outer context, into the global window', () => {
    const [event] = script(events);
    const [frame] = event?.kind === 'elements' ? event.frames : [];
    expect(frame).toMatchObject({ count: 2, minTimestamp: 1 });
    // time, one window, which has no bytes, NO_FIRING, and the text behind its length
    expect(Buffer.from(frame!.bytes).toString('hex')).toBe(
      '8000000000000001' +
        '00000001' +
        '0f' +
        '0178' +
        '8000000000000001' +
        '00000001' +
        '0f' +
        '0179',
    );
  });

  it('TST-2: refuses a watermark that goes back', () => {
    expect(() => script([watermark('a', at(5)), watermark('a', at(4))])).toThrow(
      /goes back at event 2/,
    );
    expect(script([watermark('a', at(5)), watermark('b', at(4))])).toHaveLength(2);
  });
});

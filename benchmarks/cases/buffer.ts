import { absoluteCase, type Benchmark, type Case } from '../case.js';
import { absorb, framesOf, openGrouping } from './grouping-frames.js';
import { randomBelow, stringKeys } from './keys.js';

const ELEMENTS = 1_000_000;

export const buffer: Benchmark = {
  name: 'buffer',
  about: 'bytes that grouping holds per buffered element, over its encoded size',
  run() {
    const text = 'x'.repeat(28);
    return Promise.resolve([
      held('integers', 10_000, (i) => i & 1023),
      held('strings', 10_000, (i) => text + String(1000 + (i & 1023))),
      held('one-value-per-key', ELEMENTS, (i) => i & 1023),
    ]);
  },
};

/** The limit follows from the encoded size: 1.5 times that and 16 bytes. */
function held(name: string, keyCount: number, value: (i: number) => unknown): Case {
  const keys = stringKeys(keyCount);
  const next = keyCount === ELEMENTS ? (i: number) => i : randomBelow(keyCount);
  const frames = framesOf(ELEMENTS, (i) => keys[next(i)]!, value);
  const encoded = frames.reduce((sum, frame) => sum + frame.bytes.length, 0) / ELEMENTS;
  const grouping = openGrouping(false);
  absorb(grouping, frames);
  const limit = Math.round((1.5 * encoded + 16) * 10) / 10;
  return absoluteCase(name, 'B/element', grouping.heldBytes / ELEMENTS, limit);
}

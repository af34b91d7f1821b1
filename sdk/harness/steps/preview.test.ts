// What a bug here looks like: an error that floods the terminal, runs the user's code again, or lets an
// element write control sequences.
import { describe, expect, it } from '@jest/globals';
import { preview } from './preview.js';

describe('the preview of an element', () => {
  it.each([
    ['text', '"text"'],
    [42, '42'],
    [-0, '-0'],
    [10n, '10n'],
    [null, 'null'],
    [undefined, 'undefined'],
    [['k', { n: 1 }], '["k", {"n": 1}]'],
    [new Map([['a', 1]]), 'Map {"a" => 1}'],
    [new Set([1]), 'Set {1}'],
    [new Uint8Array([1, 255]), '2 bytes 01ff'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
  ])('of %p is %s', (element, text) => {
    expect(preview(element)).toBe(text);
  });

  it('never takes more than 1 KiB of UTF-8', () => {
    for (const text of ['x'.repeat(5000), 'ä'.repeat(1000), '😀'.repeat(700)]) {
      expect(Buffer.byteLength(preview(text))).toBeLessThanOrEqual(1024);
    }
    expect(preview('x'.repeat(5000))).toMatch(/…$/);
  });

  it('escapes what a terminal would obey', () => {
    expect(preview('\u001b[31m\u202e')).toBe('"\\u001b[31m\\u202e"');
  });

  it('survives circles, depth and hostile objects', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(preview(circle)).toBe('[[[[[…]]]]]');
    const hostile = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new RangeError('gotcha');
      },
    });
    expect(preview(hostile)).toBe('an element that cannot be shown');
    expect(preview({ toJSON: () => 'lies' })).toBe('{"toJSON": a function}');
  });
});

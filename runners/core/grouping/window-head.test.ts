// A bug here puts an element into the window of the one before it.
import { expect, it } from '@jest/globals';
import { WindowHead } from './window-head.js';

const view = (...bytes: number[]): DataView => new DataView(Uint8Array.from(bytes).buffer);

it.each([[[]], [[7]], [[1, 2, 3]], [[200, 2, 3, 255]], [[1, 2, 3, 4, 5, 128]]])(
  'one window %j is known wherever it lies, and nothing else is',
  (window) => {
    const head = new WindowHead(Uint8Array.from(window));
    expect(head.isAt(view(0, 0, 0, 1, ...window), 0)).toBe(true);
    expect(head.isAt(view(9, 0, 0, 0, 1, ...window, 9), 1)).toBe(true);
    expect(head.isAt(view(9, 0, 0, 0, 2, ...window, 9), 1)).toBe(false);
    expect(head.isAt(view(...[0, 0, 0, 1, ...window].slice(0, -1)), 0)).toBe(false);
    window.forEach((byte, i) => {
      expect(head.isAt(view(0, 0, 0, 1, ...window.with(i, byte ^ 1)), 0)).toBe(false);
    });
  },
);

// What a bug here would look like: state or a timer of a bundle that failed, a key that takes room although it
// holds nothing, or a watermark whose holder nobody can name.
import { describe, expect, it } from '@jest/globals';
import { globalWindowCoder } from '#portability/coders/windows.js';
import { duration } from '#portability/model/time.js';
import { hashBytes } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { BundleCells } from './bundle-cells.js';
import { KeyedState } from './keyed-state.js';
import { PaneNumbers } from '../timers/pane-numbers.js';
import { TimerStore } from '../timers/timer-store.js';
import { WrittenTimers } from '../timers/written-timers.js';
import { NO_FIRING } from '#portability/model/panes.js';

const NO_WINDOW = new Uint8Array(0);
const KEY = Buffer.from('k');
const HASH = hashBytes(KEY, 0, 1);

function open() {
  const state = new KeyedState({
    states: new Map([
      ['value', 'bag'],
      ['map', 'multimap'],
      ['list', 'ordered-list'],
    ]),
    windowCoder: globalWindowCoder,
    lateness: duration(0),
  });
  const timers = new TimerStore(['event-time']);
  const panes = new PaneNumbers();
  const bundle = () =>
    new BundleCells(state, { read: () => [] }, new WrittenTimers(new Map([['t', 0]]), panes));
  return { state, timers, bundle };
}

function readValue(cells: BundleCells): string | undefined {
  const input = new ByteReader(NO_WINDOW);
  if (!cells.point(cells.place(KEY, 0, 1, HASH, NO_WINDOW), 0, input)) return undefined;
  return Buffer.from(input.bytes.subarray(input.pos, input.end)).toString();
}

function write(cells: BundleCells, text: string): void {
  const place = cells.place(KEY, 0, 1, HASH, NO_WINDOW);
  const bytes = Buffer.from(text);
  cells.replace(place, cells.stateNumber('value'), bytes, 0, bytes.length);
  cells.timers.set(place, 0, '', 10, 10, NO_FIRING);
  const at = { transform: 't' as never, window: NO_WINDOW, key: KEY };
  cells.append({ kind: 'multimap', state: 'map', mapKey: KEY, ...at }, bytes);
  cells.append(
    { kind: 'ordered-list', state: 'list', start: 0, end: 9, ...at },
    Buffer.from('\u0005\u0001x'),
  );
}

describe('the cells of a bundle', () => {
  it('are seen by the bundle alone until it commits (STA-3)', () => {
    const { state, timers, bundle } = open();
    const first = bundle();
    write(first, 'one');
    expect(readValue(first)).toBe('one');
    expect(readValue(bundle())).toBeUndefined();
    expect(timers.has(0)).toBe(false);
    first.apply();
    first.timers.applyTo(timers, () => undefined);
    expect(readValue(bundle())).toBe('one');
    expect(timers.leastFire('event-time')).toBe(10);
    expect(state.isEmpty(0)).toBe(false);
  });

  it('leave no trace if the bundle fails, but places that hold nothing (BND-1, C1)', () => {
    const { state, timers, bundle } = open();
    const failed = bundle();
    write(failed, 'lost');
    const places = new Set<number>();
    failed.forEachPlace((place) => places.add(place));
    for (const place of places) {
      expect([state.isEmpty(place), timers.has(place)]).toEqual([true, false]);
      state.remove(place);
    }
    expect([state.places.size, state.windows.size]).toEqual([0, 0]);
  });

  it('give their room back when all is cleared (K1)', () => {
    const { state, bundle } = open();
    const filled = bundle();
    write(filled, 'x');
    filled.apply();
    const cleared = bundle();
    const at = { transform: 't' as never, window: NO_WINDOW, key: KEY };
    cleared.clear({ kind: 'bag', state: 'value', ...at });
    cleared.clear({ kind: 'multimap-keys', state: 'map', ...at });
    cleared.clear({ kind: 'ordered-list', state: 'list', start: 0, end: 9, ...at });
    cleared.apply();
    expect(state.isEmpty(0)).toBe(true);
  });
});

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
import { TimerJournal } from '../timers/timer-journal.js';
import { PlaceList } from './place-list.js';
import { BundleSettings } from '../timers/bundle-settings.js';
import { BatchMemory } from '../timers/batch-memory.js';
import { DueBatch } from '../timers/due-batch.js';
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
  const timers = new TimerStore(['event-time'], () => Infinity);
  const panes = new PaneNumbers();
  const journal = new TimerJournal();
  const cleared = new PlaceList();
  const due = new DueBatch(
    { transform: 't' as never, state, panes, families: ['t'] },
    new BatchMemory(),
  );
  const bundle = () => {
    const families = new Map([['t', 0]]);
    const settings = new BundleSettings({ store: timers, families, panes, journal, cleared }, due);
    return new BundleCells(state, { read: () => [] }, settings);
  };
  return { state, timers, bundle };
}

function ignore(): void {}

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
  it('are the committed ones once the bundle has ended well (STA-3)', () => {
    const { state, timers, bundle } = open();
    const first = bundle();
    write(first, 'one');
    expect(readValue(first)).toBe('one');
    first.apply();
    expect(readValue(bundle())).toBe('one');
    expect(timers.leastFire('event-time')).toBe(10);
    expect(state.isEmpty(0)).toBe(false);
  });

  it('leave no trace if the bundle fails, but places that hold nothing (BND-1, C1)', () => {
    const { state, timers, bundle } = open();
    const failed = bundle();
    write(failed, 'lost');
    failed.takeBack((place) => {
      expect([state.isEmpty(place), timers.has(place)]).toEqual([true, false]);
      state.remove(place);
    });
    expect([state.places.size, state.windows.size]).toEqual([0, 0]);
    expect(timers.leastFire('event-time')).toBe(Infinity);
  });

  it.each(['a', 'seven b', 'eight by', 'x'.repeat(100), 'y'.repeat(40_000)])(
    'hold again what they held if the bundle fails: %.10s',
    (text) => {
      const { timers, bundle } = open();
      const first = bundle();
      write(first, text);
      first.apply();
      const failed = bundle();
      for (const other of ['', 'b', 'eight or more', 'z'.repeat(50_000), 'c']) write(failed, other);
      failed.timers.clear(0, 0, '');
      expect([readValue(failed), timers.has(0)]).toEqual(['c', false]);
      failed.takeBack(ignore);
      expect(readValue(bundle())).toBe(text);
      expect([timers.leastFire('event-time'), timers.has(0)]).toEqual([10, true]);
    },
  );

  it('are not changed by what goes on after the bundle has ended (BND-2, C2)', () => {
    const { timers, bundle } = open();
    const first = bundle();
    write(first, 'one');
    first.takeBack(ignore);
    first.replace(0, 0, Buffer.from('late'), 0, 4);
    first.timers.set(0, 0, '', 5, 5, NO_FIRING);
    expect(timers.leastFire('event-time')).toBe(Infinity);
    expect(() => first.place(KEY, 0, 1, HASH, NO_WINDOW)).toThrow('has ended');
  });

  it('keep keys whose values take no bytes, as the sets of some SDKs do (STA-2)', () => {
    const { bundle } = open();
    const map = { state: 'map', transform: 't' as never, window: NO_WINDOW, key: KEY };
    const keys = { kind: 'multimap-keys', ...map } as const;
    const first = bundle();
    first.place(KEY, 0, 1, HASH, NO_WINDOW);
    first.append({ kind: 'multimap', mapKey: Buffer.from('a'), ...map }, NO_WINDOW);
    first.apply();
    const second = bundle();
    second.place(KEY, 0, 1, HASH, NO_WINDOW);
    second.append({ kind: 'multimap', mapKey: Buffer.from('b'), ...map }, NO_WINDOW);
    const [page] = second.read([{ key: keys }]);
    expect(Buffer.from(page!.data).toString()).toBe('ab');
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

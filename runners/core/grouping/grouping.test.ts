// What a bug here would look like: a pane too many or too few, values of one key in another's pane, a
// late element that moves a timestamp back, or memory that stays after its window has gone.
import { describe, expect, it } from '@jest/globals';
import { duration, TIMESTAMP_MAX } from '#portability/model/time.js';
import { interval, TENS } from '../input/frames.fixture.js';
import { GroupingDriver } from './grouping.fixture.js';

const LATE_5 = { ...TENS, allowedLateness: duration(5) };
const ACCUMULATING = { ...LATE_5, accumulation: 'accumulating' } as const;

describe.each([
  ['the grouping for it', false],
  ['the grouping for any trigger', true],
])('grouping with the default trigger, by %s', (_, general) => {
  const driverOf = (...[windowing, options]: ConstructorParameters<typeof GroupingDriver>) =>
    new GroupingDriver(windowing, { ...options, general });

  it('WIN-2: fires when the watermark reaches the end of the window, not when it reaches the last timestamp', () => {
    const driver = driverOf(TENS);
    expect(driver.add(['a', 'x', 1])).toEqual([]);
    expect(driver.watermark(9)).toEqual([]);
    expect(driver.watermark(10)).toEqual(['a@[0,10): x 9 on-time 0 first last']);
  });

  it('GBK-1: keeps keys apart and puts the values of one key together, across bundles', () => {
    const driver = driverOf(TENS);
    driver.add(['a', 'x', 1], ['b', 'y', 2], ['', 'e', 2]);
    driver.add(['a', 'z', 3]);
    expect(driver.watermark(10)).toEqual([
      '@[0,10): e 9 on-time 0 first last',
      'a@[0,10): xz 9 on-time 0 first last',
      'b@[0,10): y 9 on-time 0 first last',
    ]);
  });

  it('WIN-9: an element in two windows is two elements', () => {
    const driver = driverOf(TENS);
    driver.add(['a', 'x', 12, interval(0, 20), interval(10, 30)]);
    expect(driver.watermark(20)).toEqual(['a@[0,20): x 19 on-time 0 first last']);
    expect(driver.watermark(30)).toEqual(['a@[10,30): x 29 on-time 0 first last']);
  });

  it('fires one pane per group for each bundle of late arrivals, and none for the others', () => {
    const driver = driverOf(LATE_5);
    driver.add(['a', 'x', 1], ['b', 'y', 1]);
    expect(driver.watermark(10)).toHaveLength(2);
    expect(driver.add(['a', 'u', 2], ['a', 'v', 3])).toEqual(['a@[0,10): uv 9 late 1']);
    expect(driver.add(['a', 'w', 2])).toEqual(['a@[0,10): w 9 late 2']);
  });

  it('LATE-1: drops an element whose window has expired, by the input watermark', () => {
    const driver = driverOf(LATE_5);
    driver.watermark(14);
    // gc is 9 + 5 = 14, and 14 < 14 is false.
    expect(driver.add(['a', 'x', 9])).toEqual(['a@[0,10): x 9 late 0 first']);
    driver.watermark(15);
    expect(driver.add(['a', 'y', 9])).toEqual([]);
    expect(driver.grouping.droppedDueToLateness).toBe(1);
  });

  it('LATE-4: forgets a window when the watermark passes its expiry', () => {
    const driver = driverOf(LATE_5);
    driver.add(['a', 'x', 1]);
    driver.watermark(10);
    expect(driver.grouping.heldBytes).toBeGreaterThan(0);
    expect(driver.watermark(15)).toEqual([]);
    expect(driver.grouping.heldBytes).toBe(0);
    expect(driver.grouping.buffered).toBe(0);
    expect(driver.hold).toBe(TIMESTAMP_MAX);
  });

  it('PAN-1: a first pane behind the output watermark is late', () => {
    const driver = driverOf(LATE_5);
    driver.watermark(12);
    expect(driver.times.output).toBe(12);
    expect(driver.add(['a', 'x', 3])).toEqual(['a@[0,10): x 9 late 0 first']);
  });

  it('PAN-1: a first pane behind the input but not the output watermark is on time', () => {
    const driver = driverOf(LATE_5);
    driver.times.input = 12 as never;
    expect(driver.add(['a', 'x', 3])).toEqual(['a@[0,10): x 9 on-time 0 first']);
  });

  it('PAN-4: one pane, first and last, when end and expiry are crossed in one step', () => {
    const driver = driverOf(LATE_5);
    driver.add(['a', 'x', 1]);
    expect(driver.watermark(100)).toEqual(['a@[0,10): x 9 on-time 0 first last']);
  });

  it('ACC-1: accumulating repeats what was there, discarding does not', () => {
    const driver = driverOf(ACCUMULATING);
    driver.add(['a', 'x', 1]);
    expect(driver.watermark(10)).toEqual(['a@[0,10): x 9 on-time 0 first']);
    expect(driver.add(['a', 'y', 2])).toEqual(['a@[0,10): xy 9 late 1']);
    expect(driver.grouping.buffered).toBe(2);
  });

  it('ACC-3: closing `always` emits a final pane without new elements and holds until it is out', () => {
    const closing = { ...LATE_5, closing: 'always' } as const;
    const driver = driverOf(closing);
    driver.add(['a', 'x', 1]);
    driver.watermark(10);
    expect(driver.hold).toBe(14);
    expect(driver.watermark(15)).toEqual(['a@[0,10):  9 late 1 last']);
    expect(driver.hold).toBe(TIMESTAMP_MAX);
  });

  it('ACC-3: closing `always` repeats accumulated values in the final pane', () => {
    const driver = driverOf({ ...ACCUMULATING, closing: 'always' });
    driver.add(['a', 'x', 1]);
    driver.watermark(10);
    expect(driver.watermark(15)).toEqual(['a@[0,10): x 9 late 1 last']);
  });

  it('WM-6: `earliest` holds at the earliest element that is not late, and the pane carries it', () => {
    const driver = driverOf({ ...LATE_5, timestampCombiner: 'earliest' });
    driver.add(['a', 'x', 7], ['b', 'y', 5]);
    expect(driver.hold).toBe(5);
    driver.watermark(4);
    driver.add(['a', 'z', 4]);
    expect(driver.hold).toBe(4);
    driver.add(['a', 'l', 2]);
    expect(driver.hold).toBe(4);
    expect(driver.watermark(10)).toEqual([
      'a@[0,10): lxz 4 on-time 0 first',
      'b@[0,10): y 5 on-time 0 first',
    ]);
    expect(driver.add(['a', 'm', 3])).toEqual(['a@[0,10): m 9 late 1']);
  });

  it('ACC-4: `latest` carries the latest element', () => {
    const driver = driverOf({ ...TENS, timestampCombiner: 'latest' });
    driver.add(['a', 'x', 3], ['a', 'y', 6], ['a', 'z', 4]);
    expect(driver.watermark(10)).toEqual(['a@[0,10): xyz 6 on-time 0 first last']);
  });

  it('WM-4: holds at the end of the window until the pane is out', () => {
    const driver = driverOf(TENS);
    driver.add(['a', 'x', 1], ['a', 'x', 11]);
    expect(driver.hold).toBe(9);
    driver.times.input = 10 as never;
    driver.grouping.advance();
    expect(driver.grouping.due).toBe(true);
    expect(driver.hold).toBe(9);
    driver.panes();
    expect(driver.hold).toBe(19);
  });

  it('values of every length come out as they went in', () => {
    const driver = driverOf(TENS);
    const values = [0, 1, 47, 48, 49, 300, 5000, 70_000].map((n) => 'v'.repeat(n));
    for (const value of values) driver.add(['a', value, 1], ['b', `${value}!`, 1]);
    const [a, b] = driver.watermark(10);
    const sorted = [...values].sort();
    expect(a).toBe(`a@[0,10): ${sorted.join('')} 9 on-time 0 first last`);
    expect(b).toBe(
      `b@[0,10): ${sorted
        .map((v) => `${v}!`)
        .sort()
        .join('')} 9 on-time 0 first last`,
    );
  });
});

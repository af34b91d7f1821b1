// What a bug here would look like: memory that grows with the number of bundles instead of keys, or an
// accumulator that is lost or counted twice.
import { expect, it } from '@jest/globals';
import { duration } from '#portability/model/time.js';
import {
  element,
  elementsOf,
  frameOf,
  grouped,
  SESSIONS,
  TENS,
  textPairs,
} from '../input/frames.fixture.js';
import { GroupingDriver } from './grouping.fixture.js';

/** Merges by adding up. */
function merge(driver: GroupingDriver): number {
  const { overfull } = driver.grouping;
  if (overfull.empty) return 0;
  let groups = 0;
  const answers = overfull.frames().map((frame) => {
    const merged = elementsOf([frame], grouped).map(({ value: [key, values], windows }) => {
      groups++;
      const sum = values.reduce((a, b) => a + Number(b), 0);
      return element([key, String(sum).padStart(5, '0')] as const, 9, ...windows);
    });
    return frameOf(merged, textPairs);
  });
  driver.grouping.buffered -= overfull.replace(answers);
  return groups;
}

it.each([
  ['fixed windows', TENS],
  ['sessions', SESSIONS],
])('a combine in %s stores about as much after 1,000 bundles as after 16', (_, windowing) => {
  const driver = new GroupingDriver(windowing, { accumulators: true });
  const bundle = Array.from(
    { length: 20 },
    (_, key) => [`key-${String(key)}`, '00001', 1] as const,
  );
  let after16 = 0;
  for (let i = 1; i <= 1000; i++) {
    driver.add(...bundle);
    merge(driver);
    if (i === 16) after16 = driver.grouping.heldBytes;
  }
  expect(driver.grouping.heldBytes).toBeLessThanOrEqual(after16 * 1.1);
  expect(driver.grouping.buffered).toBeLessThanOrEqual(16 * 20);
  const panes = driver.watermark(100);
  expect(panes).toHaveLength(20);
  for (const pane of panes) {
    const values = /: (\d+) /.exec(pane)![1]!;
    const sum = values.match(/.{5}/g)!.reduce((a, b) => a + Number(b), 0);
    expect(sum).toBe(1000);
  }
});

it.each([
  ['fixed windows', TENS],
  ['sessions', SESSIONS],
])('accumulators in %s that get longer do not make their group grow', (_, windowing) => {
  const driver = new GroupingDriver(windowing, { accumulators: true });
  let after16 = 0;
  for (let i = 1; i <= 1000; i++) {
    // One byte at first, three in the end; what they are merged to takes five.
    const value = '1'.padStart(i < 17 ? 1 : 3, '0');
    driver.add(
      ...Array.from({ length: 20 }, (_, key) => [`key-${String(key)}`, value, 1] as const),
    );
    merge(driver);
    if (i === 16) after16 = driver.grouping.heldBytes;
  }
  expect(driver.grouping.heldBytes).toBeLessThanOrEqual(after16 * 1.1);
});

it('a group that fires after it got crowded is merged only if it still holds accumulators', () => {
  const driver = new GroupingDriver(TENS, { accumulators: true });
  for (let i = 0; i < 17; i++) driver.add(['a', '00001', 1]);
  driver.watermark(10);
  expect(merge(driver)).toBe(0);
  expect(driver.grouping.buffered).toBe(0);
});

it('an accumulating group is merged to one accumulator after it has fired', () => {
  const windowing = {
    ...TENS,
    accumulation: 'accumulating',
    allowedLateness: duration(50),
  } as const;
  const driver = new GroupingDriver(windowing, { accumulators: true });
  driver.add(['a', '00001', 1]);
  driver.add(['a', '00002', 1]);
  driver.watermark(10);
  expect(merge(driver)).toBe(1);
  expect(driver.grouping.buffered).toBe(1);
  expect(driver.add(['a', '00004', 1])).toEqual(['a@[0,10): 0000300004 9 late 1']);
});

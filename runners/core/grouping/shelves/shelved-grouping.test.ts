// What a bug here looks like: a group that comes back from a file without a value, a pane, a hold or its wake-up time.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { duration } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { SESSIONS, TENS } from '../../input/frames.fixture.js';
import { MemoryScratch } from '../../spill/memory-scratch.js';
import { GroupingDriver, type Arrival } from '../grouping.fixture.js';
import { ShelvedGrouping } from './shelved-grouping.js';

const count = (n: number): TriggerSpec => ({ kind: 'element-count', count: n });
const repeat = (subtrigger: TriggerSpec): TriggerSpec => ({ kind: 'repeat', subtrigger });
const delay: TriggerSpec = {
  kind: 'after-processing-time',
  transforms: [{ kind: 'delay', delay: duration(5) }],
};
const early: TriggerSpec = {
  kind: 'after-end-of-window',
  early: repeat(count(2)),
  late: repeat(count(1)),
};
const late = { allowedLateness: duration(20) };

const WINDOWINGS: readonly (readonly [string, WindowingStrategy])[] = [
  ['late panes', { ...TENS, ...late }],
  ['times of elements', { ...TENS, ...late, timestampCombiner: 'earliest' }],
  ['accumulating late panes', { ...TENS, ...late, accumulation: 'accumulating' }],
  ['final panes', { ...TENS, ...late, closing: 'always' }],
  ['early panes', { ...TENS, ...late, trigger: early, accumulation: 'accumulating' }],
  ['panes by the clock', { ...TENS, ...late, trigger: repeat(delay) }],
  ['a trigger that ends', { ...TENS, ...late, trigger: count(3), timestampCombiner: 'latest' }],
  ['sessions', { ...SESSIONS }],
  ['sessions with late panes', { ...SESSIONS, ...late }],
  ['sessions with times of elements', { ...SESSIONS, ...late, timestampCombiner: 'earliest' }],
  ['sessions with early panes', { ...SESSIONS, ...late, trigger: early }],
  ['sessions by the clock', { ...SESSIONS, ...late, trigger: repeat(delay) }],
  ['sessions whose trigger ends', { ...SESSIONS, ...late, trigger: count(3) }],
];

type Op =
  | { readonly add: readonly Arrival[] }
  | { readonly watermark: number }
  | { readonly clock: number }
  | { readonly spill: true };

const key = fc.integer({ min: 0, max: 11 }).map((n) => `key ${String(n)}`);
const arrival = fc.tuple(key, fc.constantFrom('x', 'y', 'z'), fc.integer({ min: 0, max: 45 }));
const ops: fc.Arbitrary<readonly Op[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ add: fc.array(arrival, { minLength: 1, maxLength: 8 }) }) },
    { weight: 2, arbitrary: fc.record({ watermark: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 1, arbitrary: fc.record({ clock: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 3, arbitrary: fc.constant({ spill: true } as const) },
  ),
  { maxLength: 25 },
);

function spill({ grouping }: GroupingDriver, scratch = new MemoryScratch()): void {
  if (!(grouping instanceof ShelvedGrouping)) throw new TypeError('its groups cannot leave memory');
  grouping.spill(scratch);
}

/** What can be seen of a grouping after each step. */
function run(windowing: WindowingStrategy, all: readonly Op[], partBytes?: number): unknown[] {
  const driver = new GroupingDriver(windowing, partBytes === undefined ? {} : { partBytes });
  const { grouping } = driver;
  const scratch = new MemoryScratch();
  let [time, clock] = [0, 0];
  const seen: unknown[] = [driver.clock(0)];
  for (const op of [...all, { watermark: 100 }, { watermark: 100 }]) {
    if ('spill' in op) {
      if (partBytes !== undefined) spill(driver, scratch);
      continue;
    }
    if ('add' in op) seen.push(driver.add(...op.add));
    else if ('watermark' in op) seen.push(driver.watermark((time += op.watermark)));
    else seen.push(driver.clock((clock += op.clock)));
    const { buffered, droppedDueToLateness, droppedDueToClosedWindow } = grouping;
    seen.push([driver.hold, buffered, droppedDueToLateness, droppedDueToClosedWindow]);
    // Of small values that are in files the bytes are not known.
    const open = Array.from(grouping.open(), (group) => JSON.stringify({ ...group, bytes: 0 }));
    seen.push(open.sort());
  }
  expect(scratch.bytes).toBe(0);
  return seen;
}

describe.each(WINDOWINGS)('L1, L2: %s', (_, windowing) => {
  it('come out as if no group had ever left memory', () => {
    fc.assert(
      // Groups stay on their shelves, or come back as soon as they can.
      fc.property(ops, fc.constantFrom(1, 2 ** 24), (all, partBytes) => {
        expect(run(windowing, all, partBytes)).toEqual(run(windowing, all));
      }),
      { numRuns: 40 },
    );
  });
});

/** Many keys, each with a value per round, under a window that stays open; `every`: what happens behind each round. */
function rounds(partBytes: number, every: (driver: GroupingDriver) => void): GroupingDriver {
  const driver = new GroupingDriver({ ...TENS, ...late }, { partBytes });
  for (let round = 0; round < 3; round++) {
    driver.add(
      ...Array.from({ length: KEYS }, (_, n): Arrival => [`key ${String(n)}`, String(round), 1]),
    );
    every(driver);
  }
  return driver;
}

const KEYS = 3000;
const EXPECTED = Array.from(
  { length: KEYS },
  (_, n) => `key ${String(n)}@[0,10): 012 9 on-time 0 first`,
).sort();

describe('groups on shelves', () => {
  it('S1: are divided where one shelf is too large for memory', () => {
    const scratch = new MemoryScratch();
    let most = 0;
    const driver = rounds(10_000, (filled) => {
      most = Math.max(most, filled.grouping.heldBytes);
      spill(filled, scratch);
    });
    expect(driver.watermark(20)).toEqual(EXPECTED);
    expect(driver.watermark(50)).toEqual([]);
    expect([scratch.bytes, driver.grouping.buffered]).toEqual([0, 0]);
    expect(driver.grouping.heldBytes).toBeLessThan(most / 4);
  });

  it('S2: are not read for each element that comes, but when it is worth it or nothing else is to be done', () => {
    const driver = new GroupingDriver({ ...TENS, ...late }, { partBytes: 4096 });
    const { grouping } = driver;
    const arrivals = Array.from({ length: 200 }, (_, n): Arrival => [`key ${String(n)}`, 'v', 1]);
    driver.add(...arrivals);
    spill(driver);
    const urgent: boolean[] = [];
    for (let i = 0; i < 20; i++) {
      driver.absorb(...arrivals);
      urgent.push(grouping.waiting!.isUrgent);
    }
    expect(urgent[0]).toBe(false);
    expect(urgent.at(-1)).toBe(true);
    expect(grouping.waiting).toMatchObject({ elements: 4000, least: 1 });
    driver.panes();
    expect(grouping.waiting).toBeUndefined();
    expect(driver.watermark(20)).toHaveLength(200);
  });

  it('with more values than a record holds come back whole', () => {
    const driver = new GroupingDriver({ ...TENS, ...late }, { partBytes: 1 });
    const value = 'v'.repeat(100_000);
    const others = Array.from({ length: 400 }, (_, n): Arrival => [`key ${String(n)}`, 'v', 1]);
    driver.add(...others);
    for (let i = 0; i < 7; i++) {
      driver.add(['large', `${value}${String(i)}`, 1]);
      spill(driver);
    }
    const panes = driver.watermark(20);
    expect(panes).toHaveLength(401);
    const [large] = panes.filter((pane) => pane.startsWith('large'));
    expect(large).toContain(Array.from({ length: 7 }, (_, i) => `${value}${String(i)}`).join(''));
  });

  it('stay in memory where they are few and large: their values leave it alone', () => {
    const scratch = new MemoryScratch();
    const driver = new GroupingDriver({ ...TENS, ...late }, { partBytes: 1 });
    const { grouping } = driver;
    driver.add(['a', 'v'.repeat(10_000), 1], ['b', 'w'.repeat(10_000), 1]);
    spill(driver, scratch);
    expect(scratch.bytes).toBeGreaterThan(20_000);
    driver.absorb(['a', 'x', 1]);
    expect(grouping.waiting).toBeUndefined();
    expect(driver.watermark(20)).toHaveLength(2);
  });
});

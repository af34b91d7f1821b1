// What a bug here would look like: an element twice or at the wrong task, or a watermark before its elements.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TIMESTAMP_MAX, TIMESTAMP_MIN } from '#portability/model/time.js';
import {
  at,
  element,
  elementsOf,
  frameOf,
  tenOf,
  text,
  textPairs,
} from '../input/frames.fixture.js';
import { indexOf } from '../input/frame-scan.js';
import { PAIRS, PlanSketch } from '../plan.fixture.js';
import type { EdgeMode, Plan } from '../plan/plan.js';
import { TENS } from '../input/frames.fixture.js';
import { EdgeWatermarks } from './edge-watermarks.js';
import type { Arrival, TaskId } from './exchange.js';
import { MemoryExchange, tasksOf } from './memory-exchange.js';
import { partitionFrame } from './partition-frame.js';

function sketch(mode: EdgeMode): Plan {
  const s = new PlanSketch();
  const start = s.edge('start', 'make', { ...PAIRS, elementCoder: text });
  const spread = s.edge('make', 'use', PAIRS, 'round-robin');
  const pairs = s.edge('use', 'group', PAIRS, mode);
  return s
    .impulse('start', [start])
    .executable('make', [start], [spread])
    .executable('use', [spread], [pairs])
    .grouping('group', [pairs], [], TENS)
    .plan();
}

const edgeInto = (plan: Plan, stage: string) =>
  [...plan.edges.values()].find(({ to }) => to === stage)!;

const frame = (...keys: readonly string[]) =>
  frameOf(
    keys.map((key, i) => element([key, String(i)] as const, i % 10, tenOf(0))),
    textPairs,
  );

const keysIn = (arrivals: readonly Arrival[]): readonly string[] =>
  arrivals.flatMap((arrival) =>
    arrival.kind === 'frames'
      ? elementsOf(arrival.frames, textPairs).map(({ value: [key] }) => key)
      : [],
  );

describe('an exchange in memory', () => {
  const letters = fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 40 });

  it('X2, X3: gives each element to one task, and all of a key to the same one', () => {
    fc.assert(
      fc.property(letters, letters, fc.integer({ min: 1, max: 5 }), (one, two, partitions) => {
        const plan = sketch('shuffle');
        const exchange = new MemoryExchange(plan, partitions);
        const tasks = tasksOf(plan, partitions);
        const edge = edgeInto(plan, 'group');
        const users = tasks.filter(({ segment }) => segment === 'use');
        exchange.send(users[0]!, edge, [frame(...one)]);
        exchange.send(users.at(-1)!, edge, [frame(...two)]);
        const groups = tasks.filter(({ segment }) => segment === 'group/grouping');
        const arrived = groups.map((task) => keysIn(exchange.take(task)));
        expect(arrived.flat().sort()).toEqual([...one, ...two].sort());
        for (const key of [...one, ...two]) {
          expect(arrived.filter((keys) => keys.includes(key))).toHaveLength(1);
        }
      }),
    );
  });

  it.each([
    ['round-robin', [['a', 'd'], ['b'], ['c']]],
    [
      'broadcast',
      [
        ['a', 'b', 'c', 'd'],
        ['a', 'b', 'c', 'd'],
        ['a', 'b', 'c', 'd'],
      ],
    ],
    ['forward', [['a', 'b', 'c', 'd'], [], []]],
  ] as const)('leads a %s edge to %j', (mode, expected) => {
    const plan = sketch(mode);
    const exchange = new MemoryExchange(plan, 3);
    const from = { segment: 'use', partition: 0 } as TaskId;
    exchange.send(from, edgeInto(plan, 'group'), [frame('a', 'b', 'c', 'd')]);
    const groups = tasksOf(plan, 3).filter(({ segment }) => segment === 'group/grouping');
    expect(groups.map((task) => keysIn(exchange.take(task)))).toEqual(expected);
  });

  it('X1: a watermark arrives at every task, behind the elements that it is about', () => {
    const plan = sketch('shuffle');
    const exchange = new MemoryExchange(plan, 1);
    const edge = edgeInto(plan, 'group');
    const from = { segment: 'use', partition: 0 } as TaskId;
    exchange.send(from, edge, [frame('a')]);
    exchange.advance(from, edge, at(7));
    exchange.send(from, edge, [frame('b')]);
    exchange.advance(from, edge, TIMESTAMP_MAX);
    const group = tasksOf(plan, 1).at(-1)!;
    expect(exchange.take(group)).toMatchObject([
      { kind: 'frames' },
      { kind: 'watermark', time: 7, producer: 0, producers: 1 },
      { kind: 'frames' },
      { kind: 'end', producer: 0, producers: 1 },
    ]);
    expect(exchange.take(group)).toEqual([]);
  });

  it('X4: an edge is full from its limit on until what is on it was taken, for its own producer', () => {
    const plan = sketch('shuffle');
    const edge = edgeInto(plan, 'group');
    const sent = frame('a', 'b', 'c');
    const exchange = new MemoryExchange(plan, 2, sent.bytes.length + 1);
    const [one, other] = [0, 1].map((partition) => ({ segment: 'use', partition }) as TaskId);
    exchange.send(one!, edge, [sent]);
    expect(exchange.isFull(one!, edge)).toBe(false);
    exchange.send(one!, edge, [frame('d')]);
    expect(exchange.isFull(one!, edge)).toBe(true);
    expect(exchange.isFull(other!, edge)).toBe(false);
    const groups = tasksOf(plan, 2).filter(({ segment }) => segment === 'group/grouping');
    for (const task of groups) exchange.take(task);
    expect(exchange.isFull(one!, edge)).toBe(false);
  });

  it('an impulse has one task, what follows a shuffle as many as asked for', () => {
    const tasks = tasksOf(sketch('shuffle'), 3).map(
      ({ segment, partition }) => `${segment} ${String(partition)}`,
    );
    expect(tasks).toEqual([
      'start/impulse 0',
      ...['use 0', 'use 1', 'use 2'],
      ...['group/grouping 0', 'group/grouping 1', 'group/grouping 2'],
    ]);
  });
});

describe('the watermark of an edge', () => {
  const edge = edgeInto(sketch('shuffle'), 'group');
  const said = (producer: number, time: number) =>
    ({ kind: 'watermark', edge: edge.id, producer, producers: 2, time: at(time) }) as const;

  it('E1, WM-9: is unknown until every producer has reported, then the least of them', () => {
    const watermarks = new EdgeWatermarks(edge);
    expect(watermarks.bound().time).toBe(TIMESTAMP_MIN);
    watermarks.report(said(0, 5));
    expect(watermarks.bound()).toEqual({
      time: TIMESTAMP_MIN,
      holder: { kind: 'upstream', stage: 'use', partition: 1 },
    });
    watermarks.report(said(1, 9));
    expect(watermarks.bound()).toMatchObject({ time: 5, holder: { partition: 0 } });
  });

  it('WM-2: no report moves it back, and an end closes the part of its producer', () => {
    const watermarks = new EdgeWatermarks(edge);
    watermarks.report(said(0, 5));
    watermarks.report(said(1, 9));
    watermarks.report(said(0, 3));
    expect(watermarks.bound().time).toBe(5);
    watermarks.report({ kind: 'end', edge: edge.id, producer: 0, producers: 2 });
    expect(watermarks.bound().time).toBe(9);
    watermarks.report({ kind: 'end', edge: edge.id, producer: 1, producers: 2 });
    expect(watermarks.bound()).toEqual({ time: TIMESTAMP_MAX, holder: { kind: 'done' } });
  });
});

it('the parts of a frame hold what the frame held, with an index and a least time of their own', () => {
  const whole = frame('a', 'b', 'c', 'a');
  const index = indexOf(whole, PAIRS);
  const parts = partitionFrame(whole, index, 2, (i) => (i === 0 ? 0 : 1));
  expect(parts.map((part) => elementsOf([part!], textPairs).map(({ value }) => value))).toEqual([
    [['a', '0']],
    [
      ['b', '1'],
      ['c', '2'],
      ['a', '3'],
    ],
  ]);
  expect(parts.map((part) => part!.minTimestamp)).toEqual([0, 1]);
  for (const part of parts) {
    if (part!.index !== undefined) {
      const { index: _, ...bare } = part!;
      expect(part!.index).toEqual(indexOf(bare, PAIRS));
    }
  }
  expect(partitionFrame(whole, index, 3, () => 2)).toEqual([undefined, undefined, whole]);
});

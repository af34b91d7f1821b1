// What a bug here would look like: a timer that fires twice, out of order or never, or a watermark that goes
// past an output timestamp.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { TimerStore } from './timer-store.js';

interface Model {
  readonly place: number;
  readonly family: number;
  readonly tag: string;
  readonly fire: number;
  readonly hold: number;
  readonly order: number;
}

const DOMAINS = ['event-time', 'processing-time', 'event-time'] as const;

/** Timers are set for times up to 40. */
const endOf = (place: number): number => 10 * (place + 1);
const forever = (): number => Infinity;

const step = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'clear', 'fire', 'drop'),
  place: fc.integer({ min: 0, max: 5 }),
  family: fc.integer({ min: 0, max: 2 }),
  tag: fc.constantFrom('', '', 'x', 'y'),
  fire: fc.integer({ min: 0, max: 40 }),
  hold: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
});

const nameOf = ({ place, family, tag }: Pick<Model, 'place' | 'family' | 'tag'>): string =>
  JSON.stringify([place, family, tag]);

function firstOf(model: ReadonlyMap<string, Model>, domain: string): Model | undefined {
  return [...model.values()]
    .filter(({ family }) => DOMAINS[family] === domain)
    .sort((a, b) => a.fire - b.fire || a.order - b.order)[0];
}

function check(store: TimerStore, model: ReadonlyMap<string, Model>): void {
  for (const domain of ['event-time', 'processing-time'] as const) {
    const expected = firstOf(model, domain);
    expect(store.leastFire(domain)).toBe(expected?.fire ?? Infinity);
  }
  const holds = [...model.values()]
    .map(({ hold, place }) => Math.min(hold, endOf(place)))
    .filter((hold) => !Number.isNaN(hold));
  const row = store.holds.first();
  expect(row < 0 ? Infinity : store.holds.of(row)).toBe(Math.min(Infinity, ...holds));
  for (let place = 0; place <= 5; place++) {
    expect(store.has(place)).toBe([...model.values()].some((timer) => timer.place === place));
  }
  expect(store.records.size).toBe(model.size);
}

describe('a store of timers', () => {
  it.each([
    ['as they hold their fire times', false],
    ['as they hold other times', true],
  ])('agrees with a map, %s (TMR-1, TMR-4, TMR-6, H1)', (_, ownHolds) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const store = new TimerStore([...DOMAINS], endOf);
        const model = new Map<string, Model>();
        for (const [order, s] of steps.entries()) {
          const { place, family, tag, fire } = s;
          const bytes = Buffer.from(tag);
          const domain = DOMAINS[family]!;
          if (s.kind === 'set') {
            const hold = ownHolds || domain !== 'event-time' ? (s.hold ?? NaN) : fire;
            store.set(place, family, bytes, 0, bytes.length, { fire, hold, pane: 0 });
            model.set(nameOf(s), { place, family, tag, fire, hold, order });
          } else if (s.kind === 'clear') {
            store.clear(place, family, bytes, 0, bytes.length);
            model.delete(nameOf(s));
          } else if (s.kind === 'drop') {
            store.removeAll(place);
            for (const [name, timer] of model) if (timer.place === place) model.delete(name);
          } else {
            const row = store.first(domain);
            const expected = firstOf(model, domain);
            expect(row < 0).toBe(expected === undefined);
            if (expected === undefined) continue;
            expect([store.records.placeOf(row), store.familyOf(row)]).toEqual([
              expected.place,
              expected.family,
            ]);
            expect(Buffer.from(store.tagOf(row)).toString()).toBe(expected.tag);
            store.remove(row);
            model.delete(nameOf(expected));
          }
          check(store, model);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('does not grow while the same timers are set again and again (M2)', () => {
    const store = new TimerStore(['event-time'], forever);
    const none = new Uint8Array(0);
    for (let i = 0; i < 50_000; i++) {
      const fire = 1_000_000 - i;
      store.set(i % 100, 0, none, 0, 0, { fire, hold: fire, pane: 0 });
    }
    expect(store.heldBytes).toBeLessThan(1_500_000);
    expect(store.leastFire('event-time')).toBe(950_001);
  });
});

import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  bag,
  eventTimer,
  eventTimerFamily,
  processingTimer,
  s,
  stamp,
  value,
  type Keyed,
  type PCollection,
  type Side,
  type StatefulFn,
} from 'strahl';

type Numbers = Keyed<string, number, 'unbounded', 'windowed'>;
type Emitting<T> = PCollection<T, 'unbounded', 'windowed'>;

/** Never called: the claims are the compiler's. */
export function claims(numbers: Numbers, side: Side<number>): void {
  const state = { sum: value(s.int, 0), all: bag(s.int) };
  // Callbacks that take their context apart say what they emit, each for itself.
  const mixed = numbers.stateful({
    state,
    timers: { flush: eventTimer(), tick: processingTimer(), tags: eventTimerFamily() },
    element: (n, { state, timers }) => {
      state.sum.write(state.sum.read() + n);
      timers.tags.get('a').after('1s');
      return [n];
    },
    onTimer: {
      flush: ({ key, timers }) => {
        timers.flush.after(1);
        return [key];
      },
      tick: ({ firedAt }) => [{ firedAt }],
      async *tags({ tag, state }) {
        for await (const n of state.all) yield [tag, n] as const;
      },
    },
    onWindowExpiration: ({ state }) => [state.sum.read() > 0],
  });
  expectTypeOf(mixed).toExtend<
    Emitting<number | string | { firedAt: number } | readonly [string, number] | boolean>
  >();
  silent(numbers);
  stamped(numbers);
  withSides(numbers, side);
  declaredBefore(numbers);
}

function silent(numbers: Numbers): void {
  const some = numbers.stateful({
    timers: { flush: eventTimer(), tick: processingTimer() },
    element: (n, { timers }) => timers.flush.after(n),
    onTimer: { flush: ({ key }) => [key], tick: ({ timers }) => timers.tick.clear() },
  });
  expectTypeOf(some).toEqualTypeOf<Emitting<string>>();
  const none = numbers.stateful({
    timers: { flush: eventTimer() },
    element: (n, { timers }) => timers.flush.after(n),
    onTimer: { flush: () => undefined },
  });
  expectTypeOf(none).toEqualTypeOf<Emitting<never>>();
  const plain = numbers.stateful({
    state: { sum: value(s.int, 0) },
    *element(n, { state }) {
      yield state.sum.read() + n;
    },
  });
  expectTypeOf(plain).toEqualTypeOf<Emitting<number>>();
}

function stamped(numbers: Numbers): void {
  const out = numbers.stateful({
    timers: { flush: eventTimer() },
    element: () => undefined,
    onTimer: { flush: ({ key }) => [stamp(key, 3)] },
    onWindowExpiration: async ({ key }) => Promise.resolve([stamp(key.length, 3)]),
  });
  expectTypeOf(out).toEqualTypeOf<Emitting<string | number>>();
}

function withSides(numbers: Numbers, side: Side<number>): void {
  const out = numbers.with({ side }).stateful({
    state: { sum: value(s.int, 0) },
    timers: { flush: eventTimer() },
    element: (n, { state, timers, sides }) => {
      timers.flush.after(n + state.sum.read());
      return [sides.side];
    },
    onTimer: { flush: ({ key, sides }) => [key + String(sides.side)] },
    onWindowExpiration: ({ sides }) => {
      expectTypeOf(sides.side).toEqualTypeOf<number>();
    },
  });
  expectTypeOf(out).toEqualTypeOf<Emitting<number | string>>();
}

function declaredBefore(numbers: Numbers): void {
  const [state, timers] = [{ sum: value(s.int, 0) }, { flush: eventTimer() }];
  const declared: StatefulFn<string, number, number, typeof state, typeof timers> = {
    ...{ state, timers },
    element: (n, c) => c.timers.flush.after(n),
    onTimer: { flush: ({ firedAt }) => [firedAt] },
  };
  expectTypeOf(numbers.stateful(declared)).toExtend<Emitting<unknown>>();
  const stateless: StatefulFn<string, number, number> = { element: (n) => [n] };
  expectTypeOf(numbers.stateful(stateless)).toEqualTypeOf<Emitting<number>>();
}

describe('the types of state and timers', () => {
  it('are checked by the compiler', () => {
    expect(claims).toBeInstanceOf(Function);
  });
});

/** Pipelines whose states and timers are wrong on purpose, one per row of the bad-input table. */
import {
  eventTimer,
  fixed,
  pipeline,
  s,
  value,
  type Keyed,
  type Pipeline,
  type Root,
  type Timer,
} from 'strahl';

const never = (x: unknown): never => x as never;

const keyed = (p: Root): Keyed<number, number, 'bounded', 'windowed'> =>
  p
    .of([1])
    .withTimestamps(() => 30_000)
    .window(fixed('1m'))
    .keyBy((n) => n);

const setting = (name: string, set: (timer: Timer) => void): Pipeline =>
  pipeline(name, (p) =>
    keyed(p).stateful({
      timers: { due: eventTimer() },
      element(_, c) {
        set(c.timers.due);
      },
      onTimer: { due: () => undefined },
    }),
  );

export const nanTimer = setting('nan-timer', (t) => {
  t.at(NaN);
});
export const lateTimer = setting('late-timer', (t) => {
  t.at(120_000);
});
export const earlyOutput = setting('early-output', (t) => {
  t.at(50_000, { outputTimestamp: 10_000 });
});
export const lateOutput = setting('late-output', (t) => {
  t.at(50_000, { outputTimestamp: 120_000 });
});
export const pastTimer = setting('past-timer', (t) => {
  t.after('-1s');
});

const declaring = (name: string, fn: object): Pipeline =>
  pipeline(name, (p) => keyed(p).stateful(never({ element: () => undefined, ...fn })));

export const timerAsState = declaring('timer-as-state', { state: { due: eventTimer() } });
export const stateAsTimer = declaring('state-as-timer', {
  timers: { n: value(s.int) },
  onTimer: { n: () => undefined },
});
export const undeclaredTimer = declaring('undeclared-timer', {
  onTimer: { other: () => undefined },
});
export const undeclaredState = declaring('undeclared-state', {
  element: (_: unknown, c: { readonly state: { readonly n: { read(): number } } }) =>
    c.state.n.read(),
});
export const unkeyedState = pipeline('unkeyed-state', (p) =>
  never((p.of([1]) as unknown as { stateful(fn: object): unknown }).stateful({ element() {} })),
);

import type { NeverCompiles } from './never-compiles.js';

const HEAD = `
import { eventTimer, s, value, type Keyed, type StatefulFn } from 'strahl';
declare const sums: Keyed<string, number, 'unbounded', 'windowed'>;
const state = { sum: value(s.int, 0) };
const timers = { flush: eventTimer() };
const element = () => undefined;
`;

const ROWS: NeverCompiles['rows'] = [
  [
    'timerWithoutCallback',
    `sums.stateful({ timers: { ...timers, tick: eventTimer() }, element, onTimer: { flush: () => undefined } });`,
    `Property 'tick' is missing in type`,
  ],
  [
    'timersWithoutCallbacks',
    `sums.stateful({ timers, element });`,
    `Property 'onTimer' is missing`,
  ],
  [
    'declaredWithoutCallbacks',
    `const fn: StatefulFn<string, number, number, object, typeof timers> = { timers, element };`,
    `Property 'onTimer' is missing`,
  ],
  [
    'stateThatStartsWithAnother',
    `value(s.int, null);`,
    `Argument of type 'null' is not assignable to parameter of type 'number'.`,
  ],
  [
    'callbackWithoutTimer',
    `sums.stateful({ timers, element, onTimer: { flush: () => undefined, tick: () => undefined } });`,
    `Type '() => undefined' is not assignable to type 'never'.`,
  ],
  [
    'callbackThatEmitsNoList',
    `sums.stateful({ timers, element, onTimer: { flush: () => 3 } });`,
    `Type 'number' is not assignable to type 'Emits<unknown>'.`,
  ],
  [
    'timerThatIsNotDeclared',
    `sums.stateful({ timers, element, onTimer: { flush: ({ timers }) => timers.tick.clear() } });`,
    `Property 'tick' does not exist on type`,
  ],
  [
    'stateOfAnotherType',
    `sums.stateful({ state, element: (n, { state }) => state.sum.write(String(n)) });`,
    `Argument of type 'string' is not assignable to parameter of type 'number'.`,
  ],
  [
    'timerAtTheEndOfAWindow',
    `sums.stateful({ timers, element, onTimer: { flush: () => undefined }, onWindowExpiration: ({ timers }) => timers.flush.clear() });`,
    `Property 'timers' does not exist on type`,
  ],
];

/** State and timers. */
export const ILLEGAL_STATE: NeverCompiles = { head: HEAD, rows: ROWS };

// State and timers: one program, run by the engine and by a few lines that know no bundle.
import fc from 'fast-check';
import { eventTimer, pipeline, processingTimer, s, value } from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { seededRandom } from '#runners/core/seeded-random.js';
import { collect } from '#sdk/testing/collect.js';
import type { Collected } from '#sdk/testing/collected.js';
import { chaosOf } from './chaos.js';
import type { Check } from './check.js';
import { streamOf, windowFnOf } from './engine.js';
import { evaluateProgram, type Program } from './reference-state.js';
import { scenarioOf } from './scenario.js';
import type { RefEvent, RefWindowFn } from './script.js';

interface StatefulScenario {
  readonly program: Program;
  readonly windowFn: RefWindowFn;
  readonly lateness: number;
  readonly events: readonly RefEvent[];
  /** Elements, by their values, at which the function throws once. */
  readonly throwsAt: readonly number[];
}

function statefulScenarioOf(seed: number): StatefulScenario {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const { strategy, events } = scenarioOf(seed, 1);
  const { windowFn } = strategy;
  return {
    program: {
      flushAfter: below(20),
      tickAfter: 1 + below(15),
      loops: below(4),
      clears: random() < 0.4,
    },
    // STA-1: state over windows that merge is refused.
    windowFn: windowFn.kind === 'sessions' ? { kind: 'fixed', size: 10, offset: 0 } : windowFn,
    lateness: strategy.lateness,
    events,
    throwsAt: Array.from({ length: below(3) }, () => 2 ** (1 + below(8))),
  };
}

async function runStateful(seed: number, scenario: StatefulScenario): Promise<string[]> {
  const { program, windowFn, lateness, events, throwsAt } = scenario;
  const { flushAfter, tickAfter, loops, clears } = program;
  const thrown = new Set<number>();
  const out: Collected<string>[] = [];
  const test = pipeline('stateful', (p) => {
    const lines = p
      .read(streamOf(events))
      .keyBy((e) => e.key)
      .mapValues((e) => e.value)
      .window(windowFnOf(windowFn), { allowedLateness: lateness, panes: 'discarding' })
      .stateful({
        state: { sum: value(s.int, 0), rounds: value(s.int, 0) },
        timers: { flush: eventTimer(), tick: processingTimer() },
        element: (n, { state, timers }): string[] => {
          state.sum.write(state.sum.read() + n);
          if (clears && n % 16 === 0) {
            timers.flush.clear();
            timers.tick.clear();
          } else {
            timers.flush.after(flushAfter);
            timers.tick.after(tickAfter);
          }
          if (!throwsAt.includes(n) || thrown.has(n)) return [];
          thrown.add(n);
          throw new Error(`a function that throws at ${String(n)}`);
        },
        onTimer: {
          flush: ({ key, state, timers }) => {
            const sum = state.sum.read();
            state.sum.write(0);
            const round = state.rounds.read();
            state.rounds.write(round + 1);
            if (round < loops) timers.flush.after(flushAfter + 1);
            return [`${key} flush ${String(sum)}`];
          },
          tick: ({ key, state }) => [`${key} tick ${String(state.sum.read())}`],
        },
        onWindowExpiration: ({ key, state }) => [`${key} end ${String(state.sum.read())}`],
      });
    collect(lines, out);
  });
  const maxBundleAttempts = 1 + throwsAt.length;
  await test.run({}, { runner: directRunner({ ...chaosOf(seed), maxBundleAttempts }) });
  return out
    .map(
      ({ value: text, timestamp, window }) =>
        `${text} at ${String(timestamp)} of ${String(window.maxTimestamp)}`,
    )
    .sort();
}

export const stateful: Check = {
  name: 'state and timers',
  run: async (seed) => {
    const scenario = statefulScenarioOf(seed);
    const got = await runStateful(seed, scenario);
    const want = [...evaluateProgram(scenario.program, scenario, scenario.events)].sort();
    const missing = want.filter(
      (line, i) => line !== want[i - 1] && count(want, line) > count(got, line),
    );
    const surplus = got.filter(
      (line, i) => line !== got[i - 1] && count(got, line) > count(want, line),
    );
    return [
      ...missing.map((line) => `P6: missing ${line}`),
      ...surplus.map((line) => `P6: surplus ${line}`),
    ];
  },
  describe: (seed) => fc.stringify(statefulScenarioOf(seed)),
};

const count = (lines: readonly string[], line: string): number =>
  lines.filter((other) => other === line).length;

// Groupings of the panes of groupings: nothing that was in time before the first may be late behind it.
import fc from 'fast-check';
import { pipeline, sum, toList } from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { collect } from '#sdk/testing/collect.js';
import type { Collected } from '#sdk/testing/collected.js';
import { chaosOf } from './chaos.js';
import type { Check } from './check.js';
import { streamOf, windowFnOf } from './engine.js';
import { END, Grouping } from './reference.js';
import { scenarioOf, type Scenario } from './scenario.js';
import type { RefElement, RefEvent, RefPane, RefStrategy } from './script.js';

interface Chain extends Scenario {
  readonly second: RefStrategy;
}

function chainOf(seed: number): Chain {
  const scenario = scenarioOf(seed, 1);
  const plain = {
    trigger: { kind: 'default' },
    accumulating: false,
    onTimeAlways: true,
    // A last pane without elements is held at its expiry alone, so it may well be late behind.
    closingAlways: false,
  } as const;
  const merging = seed % 3 > 0;
  const windowFn: RefStrategy['windowFn'] = merging
    ? { kind: 'sessions', gap: 3 + (seed % 7) }
    : globalToFixed(scenario.strategy.windowFn);
  const timestamps = (['earliest', 'latest', 'end-of-window'] as const)[
    (seed >>> 1) % (merging ? 2 : 3)
  ]!;
  const strategy = { ...scenario.strategy, ...plain, windowFn, timestamps } as const;
  const events = merging ? scenario.events.map(underOneKey) : scenario.events;
  const second: RefStrategy = {
    ...plain,
    windowFn: { kind: 'fixed', size: 1 + (seed % 9), offset: 0 },
    lateness: 0,
    timestamps: 'end-of-window',
  };
  return { ...scenario, events, strategy, second };
}

/** More of the sessions meet. */
function underOneKey(event: RefEvent): RefEvent {
  if (event.kind !== 'elements') return event;
  return { ...event, elements: event.elements.map((element) => ({ ...element, key: 'a' })) };
}

/** The end of the global window would be the only time there is. */
function globalToFixed(windowFn: RefStrategy['windowFn']): RefStrategy['windowFn'] {
  return windowFn.kind === 'global' ? { kind: 'fixed', size: 10, offset: 3 } : windowFn;
}

/** The watermark of the second grouping is what comes out of the first. */
function expected({ strategy, second, events }: Chain): readonly string[] {
  const before = new Grouping(strategy);
  const behind = new Grouping(second);
  for (const event of [...events, END]) {
    const known = before.panes.length;
    before.take(event);
    behind.take({ kind: 'elements', elements: before.panes.slice(known).map(total) });
    behind.take({ kind: 'watermark', time: before.output });
  }
  return behind.panes.map(({ window, values }) => lineOf(window, values)).sort();
}

const total = (pane: RefPane): RefElement => ({
  key: 'all',
  value: pane.values.reduce((a, b) => a + b, 0),
  time: pane.time,
});

async function runChain(seed: number, { strategy, second, events }: Chain): Promise<string[]> {
  const out: Collected<readonly number[]>[] = [];
  const test = pipeline('chain', (p) => {
    const panes = p
      .read(streamOf(events))
      .keyBy((e) => e.key)
      .mapValues(({ value }) => value)
      .window(windowFnOf(strategy.windowFn), {
        allowedLateness: strategy.lateness,
        panes: 'discarding',
        timestampCombiner: strategy.timestamps,
      })
      .combineWith(sum((n) => n))
      .values()
      .window(windowFnOf(second.windowFn))
      .combineGloballyWith(toList<number>(), { emptyDefault: false });
    collect(panes, out);
  });
  await test.run({}, { runner: directRunner(chaosOf(seed)) });
  return out.map(({ value, window }) => {
    const { start, end } = window as { readonly start?: number; readonly end?: number };
    return lineOf(`[${String(start)}, ${String(end)})`, value);
  });
}

const lineOf = (window: string, values: readonly number[]): string =>
  `${window}: ${[...values].sort((a, b) => a - b).join()}`;

export const grouped: Check = {
  name: 'grouping of panes',
  run: async (seed) => {
    const chain = chainOf(seed);
    const got = (await runChain(seed, chain)).sort();
    const want = expected(chain);
    return got.join('\n') === want.join('\n')
      ? []
      : [`WM-5: ${got.join('; ')} instead of ${want.join('; ')}`];
  },
  describe: (seed) => fc.stringify(chainOf(seed)),
};

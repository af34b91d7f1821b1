// Side inputs: an element is processed when its side window is complete, and sees all of it.
import fc from 'fast-check';
import { fixed, pipeline, sliding } from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { collect } from '#sdk/testing/collect.js';
import type { Collected } from '#sdk/testing/collected.js';
import { chaosOf } from './chaos.js';
import type { Check } from './check.js';
import { streamOf, windowFnOf } from './engine.js';
import { windowsOf } from './reference-windows.js';
import { evaluate } from './reference.js';
import { scenarioOf } from './scenario.js';
import type { RefElement, RefEvent, RefStrategy } from './script.js';

interface SideScenario {
  readonly main: readonly RefEvent[];
  readonly side: readonly RefEvent[];
  readonly mainSize: number;
  readonly sideWindows: RefStrategy['windowFn'];
}

function sideScenarioOf(seed: number): SideScenario {
  const size = 2 + (seed % 11);
  return {
    main: numbered(scenarioOf(seed, 4).events),
    side: numbered(scenarioOf(~seed, 4).events),
    mainSize: 1 + (seed % 7),
    sideWindows:
      seed % 3 === 0
        ? { kind: 'sliding', size, period: 1 + (seed % size) }
        : { kind: 'fixed', size, offset: seed % size },
  };
}

/** With values that tell the elements apart. */
function numbered(events: readonly RefEvent[]): readonly RefEvent[] {
  let value = 0;
  return events.map((event) => {
    if (event.kind !== 'elements') return event;
    return { ...event, elements: event.elements.map((e) => ({ ...e, value: ++value })) };
  });
}

/** SID-1: the window of the last timestamp of the main window; of several the earliest. */
function sideWindowOf({ mainSize, sideWindows }: SideScenario, time: number): string {
  const [main] = windowsOf({ kind: 'fixed', size: mainSize, offset: 0 }, time);
  return windowsOf(sideWindows, main!.max).at(-1)!.id;
}

const lineOf = (value: number, side: readonly number[]): string =>
  `${String(value)} with ${[...side].sort((a, b) => a - b).join()}`;

function expected(scenario: SideScenario): string[] {
  const { panes } = evaluate(
    {
      windowFn: scenario.sideWindows,
      trigger: { kind: 'default' },
      accumulating: false,
      lateness: 0,
      timestamps: 'end-of-window',
      closingAlways: false,
      onTimeAlways: true,
    },
    scenario.side.map(underOneKey),
  );
  const contents = new Map(panes.map(({ window, values }) => [window, values]));
  return inTime(scenario)
    .map(({ value, time }) => lineOf(value, contents.get(sideWindowOf(scenario, time)) ?? []))
    .sort();
}

/** SID-6: what a main window reads may be gone when the watermark has passed it, so no more is asked of others. */
function inTime({ main, mainSize }: SideScenario): readonly RefElement[] {
  const kept: RefElement[] = [];
  let watermark = -Infinity;
  for (const event of main) {
    if (event.kind === 'watermark') watermark = event.time;
    if (event.kind !== 'elements') continue;
    for (const element of event.elements) {
      const [window] = windowsOf({ kind: 'fixed', size: mainSize, offset: 0 }, element.time);
      if (window!.max >= watermark) kept.push(element);
    }
  }
  return kept;
}

function underOneKey(event: RefEvent): RefEvent {
  if (event.kind !== 'elements') return event;
  return { ...event, elements: event.elements.map((element) => ({ ...element, key: '' })) };
}

async function runSides(seed: number, scenario: SideScenario): Promise<string[]> {
  const { main, side, mainSize, sideWindows } = scenario;
  const out: Collected<string>[] = [];
  const test = pipeline('sides', (p) => {
    const values = p
      .read(streamOf(side))
      .map(({ value }) => value)
      .window(
        sideWindows.kind === 'sliding'
          ? sliding(sideWindows.size, sideWindows.period)
          : windowFnOf(sideWindows),
      );
    const joined = p
      .read(streamOf(main))
      .window(fixed(mainSize))
      .with({ values: values.asList() })
      .map(({ value }, sides) => lineOf(value, sides.values));
    collect(joined, out);
  });
  await test.run({}, { runner: directRunner(chaosOf(seed)) });
  const asked = new Set(inTime(scenario).map(({ value }) => value));
  return out
    .map(({ value }) => value)
    .filter((line) => asked.has(parseInt(line, 10)))
    .sort();
}

export const joined: Check = {
  name: 'side inputs',
  run: async (seed) => {
    const scenario = sideScenarioOf(seed);
    const got = await runSides(seed, scenario);
    const want = expected(scenario);
    return got.join('\n') === want.join('\n')
      ? []
      : [`SID-2: ${got.join('; ')} instead of ${want.join('; ')}`];
  },
  describe: (seed) => fc.stringify(sideScenarioOf(seed)),
};

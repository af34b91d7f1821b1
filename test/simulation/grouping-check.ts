// Groupings under every strategy, on the engine and on the reference.
import fc from 'fast-check';
import { directRunner } from 'strahl/runners/direct';
import { runOn } from './engine.js';
import { contentProblems, paneProblems } from './invariants.js';
import { evaluate } from './reference.js';
import { scenarioOf, type Scenario } from './scenario.js';
import type { RefPane, RefResult } from './script.js';
import type { Check } from './check.js';
import { chaosOf } from './chaos.js';

export function expected({ strategy, events, output }: Scenario): RefResult {
  const result = evaluate(strategy, events);
  if (output === 'values') return result;
  const panes = result.panes.map((pane) => ({
    ...pane,
    values: [pane.values.reduce((a, b) => a + b, 0)],
  }));
  return { ...result, panes };
}

const line = (p: RefPane): string =>
  `${p.key} ${p.window} ${p.timing} ${String(p.index)}/${String(p.nonSpeculative)} at ${String(p.time)}` +
  `${p.first ? ' first' : ''}${p.last ? ' last' : ''}: ${p.values.join()}`;

/** Panes of a window in their order; windows in any. */
function lines({ panes, droppedLate, droppedClosed }: RefResult): readonly string[] {
  const ordered = [...panes].sort(
    (a, b) => a.key.localeCompare(b.key) || a.window.localeCompare(b.window),
  );
  return [...ordered.map(line), `dropped ${String(droppedLate)} and ${String(droppedClosed)}`];
}

/** What the engine gave and should not have, or the other way round. */
export function differences(engine: RefResult, reference: RefResult): readonly string[] {
  const [got, want] = [lines(engine), lines(reference)];
  const missing = want.filter((text) => !got.includes(text)).map((text) => `missing ${text}`);
  const surplus = got.filter((text) => !want.includes(text)).map((text) => `surplus ${text}`);
  const order = got.join('\n') === want.join('\n') ? [] : ['panes in another order'];
  return [...missing, ...surplus, ...order];
}

/** One element at a time nothing is left to chance: every pane is known. */
export const elementByElement: Check = {
  name: 'element by element',
  run: async (seed) => {
    const scenario = scenarioOf(seed, 1);
    return differences(await runOn(directRunner(chaosOf(seed)), scenario), expected(scenario));
  },
  describe: (seed) => fc.stringify(scenarioOf(seed, 1)),
};

/** Several elements at once, in bundles that are cut and ordered by chance. */
export const bundleByBundle: Check = {
  name: 'bundle by bundle',
  run: async (seed) => {
    const scenario = withoutMerging(scenarioOf(seed, 8));
    const got = await runOn(directRunner(chaosOf(seed)), scenario);
    return [...paneProblems(got.panes), ...contentProblems(scenario, got, expected(scenario))];
  },
  describe: (seed) => fc.stringify(withoutMerging(scenarioOf(seed, 8))),
};

/** What late elements merge depends on who comes first, so that no two runs need to agree. */
function withoutMerging(scenario: Scenario): Scenario {
  const { strategy } = scenario;
  if (strategy.windowFn.kind !== 'sessions') return scenario;
  const { gap } = strategy.windowFn;
  return {
    ...scenario,
    strategy: { ...strategy, windowFn: { kind: 'fixed', size: gap, offset: 0 } },
  };
}

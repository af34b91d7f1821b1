// What every run of a grouping must keep, whatever its bundles were.
import type { Scenario } from './scenario.js';
import type { RefPane, RefResult } from './script.js';

const windowOf = ({ key, window }: RefPane): string => `${key} ${window}`;

function byWindow(panes: readonly RefPane[]): ReadonlyMap<string, readonly RefPane[]> {
  const groups = new Map<string, RefPane[]>();
  for (const pane of panes) {
    const group = groups.get(windowOf(pane));
    if (group === undefined) groups.set(windowOf(pane), [pane]);
    else group.push(pane);
  }
  return groups;
}

/** P5: the panes of one window come in order and are numbered in it. */
export function paneProblems(panes: readonly RefPane[]): readonly string[] {
  const problems: string[] = [];
  for (const [window, group] of byWindow(panes)) {
    const ordered = [...group].sort((a, b) => a.index - b.index);
    const claim = (holds: boolean, what: string): void => {
      if (!holds) problems.push(`P5: ${window}: ${what}`);
    };
    const timings = ordered.map(({ timing }) => timing).join(' ');
    claim(/^(early ?)*(on-time ?)?(late ?)*$/.test(timings), `panes are ${timings}`);
    let nonSpeculative = 0;
    ordered.forEach((pane, i) => {
      claim(pane.index === i, `pane ${String(i)} has index ${String(pane.index)}`);
      const expected = pane.timing === 'early' ? -1 : nonSpeculative++;
      claim(
        pane.nonSpeculative === expected,
        `pane ${String(i)} has another non-speculative index`,
      );
      claim(pane.first === (i === 0), `pane ${String(i)} is wrong about being the first`);
      claim(!pane.last || i === ordered.length - 1, `a pane follows the last one`);
    });
  }
  return problems;
}

/**
 * P4 and P8: however the elements of an event were bundled, each is in a pane, and where the order does not
 * matter the on-time panes are those of the reference. Windows that merge are left to `element by element`.
 */
export function contentProblems(
  scenario: Scenario,
  got: RefResult,
  want: RefResult,
): readonly string[] {
  const { strategy } = scenario;
  const problems: string[] = [];
  const claimSame = (what: string, a: unknown, b: unknown): void => {
    const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
    if (left !== right) problems.push(`${what}: ${left} instead of ${right}`);
  };
  const mine = byWindow(got.panes);
  const theirs = byWindow(want.panes);
  claimSame('P4: windows', [...mine.keys()].sort(), [...theirs.keys()].sort());
  for (const [window, panes] of mine) {
    const others = theirs.get(window) ?? [];
    const content = strategy.accumulating ? lastOf : allOf;
    claimSame(`P4: content of ${window}`, content(panes, scenario), content(others, scenario));
    if (strategy.trigger.kind !== 'default') continue;
    claimSame(`P8: on-time pane of ${window}`, onTime(panes, scenario), onTime(others, scenario));
  }
  claimSame('LATE-3: dropped', got.droppedLate, want.droppedLate);
  return problems;
}

/** All values that came out; of sums their sum. Values are powers of two, so a sum tells what is in it. */
function allOf(panes: readonly RefPane[], { output }: Scenario): readonly number[] {
  const values = panes.flatMap((pane) => pane.values);
  return output === 'sum' ? [values.reduce((a, b) => a + b, 0)] : values.sort((a, b) => a - b);
}

function lastOf(panes: readonly RefPane[], scenario: Scenario): readonly number[] {
  const ordered = [...panes].sort((a, b) => a.index - b.index);
  return allOf(ordered.slice(-1), scenario);
}

/**
 * Under a lifted combine an accumulator comes at the least time of its elements (LFT-2). Behind the watermark it
 * holds nothing (WM-6), also where one of the elements alone would have: the pane's time depends on bundles then.
 */
function onTime(panes: readonly RefPane[], { output, strategy }: Scenario): readonly unknown[] {
  const timeless = output === 'sum' && strategy.timestamps === 'earliest';
  return panes
    .filter((p) => p.timing === 'on-time')
    .map(({ values, time }) => (timeless ? values : [values, time]));
}

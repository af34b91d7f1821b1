// Every rule of windows, panes and lateness with the least script that shows it. Events come one by one, so a
// script has one right answer, whatever the bundles are.
import { expect, it } from '@jest/globals';
import { PANE_ROWS } from './pane-rows.js';
import { every, fixedOf, panesOf, strategyOf } from './pane-script.js';
import { onEveryRunner } from './runners.js';
import { WINDOW_ROWS } from './window-rows.js';

onEveryRunner('panes', (runner) => {
  it.each([...WINDOW_ROWS, ...PANE_ROWS])(
    '%s',
    async (_, windowFn, trigger, options, script, expected) => {
      expect(await panesOf(runner(), strategyOf(windowFn, trigger, options), script)).toEqual(
        expected,
      );
    },
  );

  it('TRG-1, pitfall 3: a trigger is asked once for all that a bundle brought', async () => {
    const strategy = strategyOf(fixedOf(10), every(2), {});
    const lines = await panesOf(runner(), strategy, 'a1@1+a2@2+a4@3 w20');
    const counts = lines
      .filter((line) => line.includes('early'))
      .map((line) => line.split(': ')[1]!.split(',').length);
    // One of 3, or one of 2 where bundles are smaller; never one of each.
    expect(counts).toEqual([counts[0]]);
    expect(counts[0]).toBeGreaterThanOrEqual(2);
  });
});

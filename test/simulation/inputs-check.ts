// Several inputs of one grouping: it is as early as the last of them, whatever the others promise.
import fc from 'fast-check';
import { directRunner } from 'strahl/runners/direct';
import { chaosOf } from './chaos.js';
import type { Check } from './check.js';
import { panesOn, streamOf } from './engine.js';
import { differences, expected } from './grouping-check.js';
import { scenarioOf, type Scenario } from './scenario.js';
import type { RefEvent, RefResult } from './script.js';

interface Inputs extends Scenario {
  /** What happens at each input; they take turns, event by event. */
  readonly scripts: readonly (readonly RefEvent[])[];
}

function inputsOf(seed: number): Inputs {
  const scenario = scenarioOf(seed, 1);
  const more = Array.from({ length: 1 + (seed % 2) }, (_, i) => scenarioOf(~seed - i, 1).events);
  const scripts = [scenario.events, ...more].map(apart);
  return { ...scenario, scripts, events: merged(scripts) };
}

/** Values that no other script has. */
function apart(events: readonly RefEvent[], script: number): readonly RefEvent[] {
  return events.map((event) => {
    if (event.kind !== 'elements') return event;
    return {
      ...event,
      elements: event.elements.map((e) => ({ ...e, value: 3 * e.value + script })),
    };
  });
}

/** The same as one input: its watermark is the least one (WM-2). */
function merged(scripts: readonly (readonly RefEvent[])[]): readonly RefEvent[] {
  const watermarks = scripts.map(() => -Infinity);
  const events: RefEvent[] = [];
  const longest = Math.max(...scripts.map(({ length }) => length));
  for (let turn = 0; turn <= longest; turn++) {
    for (const [i, script] of scripts.entries()) {
      const event = script[turn];
      if (event !== undefined && event.kind !== 'watermark') events.push(event);
      if (event?.kind === 'watermark') watermarks[i] = event.time;
      // A script that is over promises that nothing follows.
      if (turn === script.length) watermarks[i] = Infinity;
      events.push({ kind: 'watermark', time: Math.min(...watermarks) });
    }
  }
  return events;
}

async function runInputs(seed: number, inputs: Inputs): Promise<RefResult> {
  return panesOn(directRunner(chaosOf(seed)), inputs, (p) => {
    const [first, ...others] = inputs.scripts.map((events) => p.read(streamOf(events)));
    return p.flatten(first!, ...others);
  });
}

export const inputs: Check = {
  name: 'several inputs',
  run: async (seed) => {
    const given = inputsOf(seed);
    return differences(await runInputs(seed, given), expected(given));
  },
  describe: (seed) => fc.stringify(inputsOf(seed)),
};

import type { Capabilities } from './capabilities.js';

/** What the engine itself can do; a runner adds its name and the environments that it reaches. */
export function engineCapabilities(runner: string, environments: Iterable<string>): Capabilities {
  return {
    runner,
    environments: new Set(environments),
    requirements: new Set([
      'beam:requirement:pardo:splittable_dofn:v1',
      'beam:requirement:pardo:finalization:v1',
    ]),
    triggers: new Set(['default'] as const),
    accumulations: new Set(['discarding', 'accumulating'] as const),
    closingBehaviors: new Set(['if-non-empty', 'always'] as const),
    onTimeBehaviors: new Set(['if-non-empty', 'always'] as const),
    sideInputAccess: new Set(['beam:side_input:iterable:v1']),
    customMergingWindows: false,
    splittable: true,
    finalization: true,
    userState: false,
    timers: false,
    timeSortedInput: false,
    stableInput: false,
  };
}

import { USER_CODER_URN } from '#portability/coders/plain/plain-urns.js';
import { REQUIREMENT_URN, SIDE_INPUT_URN } from '#portability/urns.js';
import type { Capabilities } from './capabilities.js';

const TRIGGERS: Capabilities['triggers'] = new Set([
  'default',
  'never',
  'always',
  'element-count',
  'after-end-of-window',
  'after-processing-time',
  'after-synchronized-processing-time',
  'after-all',
  'after-any',
  'after-each',
  'or-finally',
  'repeat',
]);

/** What the engine itself can do; a runner adds its name and the environments that it reaches. */
export function engineCapabilities(runner: string, environments: Iterable<string>): Capabilities {
  return {
    runner,
    environments: new Set(environments),
    opaqueCoders: new Set([USER_CODER_URN]),
    requirements: new Set([
      REQUIREMENT_URN.REQUIRES_SPLITTABLE_DOFN,
      REQUIREMENT_URN.REQUIRES_BUNDLE_FINALIZATION,
      REQUIREMENT_URN.REQUIRES_STATEFUL_PROCESSING,
      REQUIREMENT_URN.REQUIRES_ON_WINDOW_EXPIRATION,
      REQUIREMENT_URN.REQUIRES_TIME_SORTED_INPUT,
      REQUIREMENT_URN.REQUIRES_STABLE_INPUT,
    ]),
    triggers: TRIGGERS,
    accumulations: new Set(['discarding', 'accumulating'] as const),
    closingBehaviors: new Set(['if-non-empty', 'always'] as const),
    onTimeBehaviors: new Set(['if-non-empty', 'always'] as const),
    sideInputAccess: new Set([SIDE_INPUT_URN.ITERABLE, SIDE_INPUT_URN.MULTIMAP]),
    customSideWindows: true,
    customMergingWindows: true,
    splittable: true,
    finalization: true,
    userState: true,
    timers: true,
    timeSortedInput: true,
    stableInput: true,
  };
}

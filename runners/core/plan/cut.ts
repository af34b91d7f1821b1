import type { EdgeMode } from './plan.js';
import type { StageDraft } from './stage-draft.js';
import { isForcedRoot } from './fuse.js';
import { keepsByKey } from './stateful-root.js';
import { parDoOf, type Step } from './step.js';

/**
 * Where the elements of an edge change their owner: at groupings and views, where the point of a step is
 * to spread them, and before a step that asks for input that will be the same when it is tried again.
 */
export function edgeMode(to: StageDraft): EdgeMode {
  switch (to.kind) {
    case 'grouping':
    case 'view-grouping':
      return 'shuffle';
    case 'reshuffle':
      return 'round-robin';
    case 'view':
      return 'broadcast';
    case 'impulse':
    case 'test-stream':
      return 'local';
    case 'executable':
      return to.steps[0] === undefined ? 'local' : modeInto(to.steps[0]);
  }
}

function modeInto(root: Step): EdgeMode {
  if (root.spec.kind === 'sdf-process-sized') return 'round-robin';
  if (!isForcedRoot(root)) return 'local';
  // State and timers belong to a key; stable input alone needs a cut, but no other owner.
  return keepsByKey(parDoOf(root.spec)!) ? 'shuffle' : 'forward';
}

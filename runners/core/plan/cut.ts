import type { Edge } from './plan.js';
import type { StageDraft } from './stage-draft.js';
import { isForcedRoot } from './fuse.js';

/**
 * Where the elements of an edge go once a job has several tasks.
 *
 *   shuffle    to the owner of their key, or to any one task where the point is to spread them: into
 *              groupings, reshuffles, and the part of a splittable step that processes restrictions
 *   broadcast  to every task: what a view keeps is read everywhere
 *   local      stays in the task
 */
export function edgeMode(to: StageDraft): Edge['mode'] {
  switch (to.kind) {
    case 'grouping':
    case 'view-grouping':
    case 'reshuffle':
      return 'shuffle';
    case 'view':
      return 'broadcast';
    case 'impulse':
    case 'test-stream':
      return 'local';
    case 'executable':
      return to.steps[0] !== undefined && isForcedRoot(to.steps[0]) ? 'shuffle' : 'local';
  }
}

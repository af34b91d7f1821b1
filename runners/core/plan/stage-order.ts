import type { Routed } from './route.js';
import type { StageDraft } from './stage-draft.js';

/**
 * The stages so that each comes after those that feed it and after the views that it reads (P1);
 * otherwise in the order in which they were made.
 */
export function stageOrder(routed: Routed): readonly StageDraft[] {
  const done = new Set<StageDraft>();
  const ordered: StageDraft[] = [];
  const begun = new Set<StageDraft>();
  for (const root of routed.stages) {
    // A stack of our own: a chain of stages may be longer than the call stack.
    const open = [root];
    while (open.length > 0) {
      const stage = open.at(-1)!;
      const waiting = done.has(stage) ? [] : beforeStage(stage, routed).filter((s) => !done.has(s));
      if (waiting.length > 0) {
        // All that it waited for is done by now, unless it waits for itself (FUS-1 forbids it).
        if (begun.has(stage)) throw new TypeError('a stage was fused with what it waits for');
        begun.add(stage);
        open.push(...waiting.reverse());
        continue;
      }
      open.pop();
      if (done.has(stage)) continue;
      done.add(stage);
      ordered.push(stage);
    }
  }
  return ordered;
}

function beforeStage(stage: StageDraft, routed: Routed): StageDraft[] {
  const before: StageDraft[] = (routed.inputs.get(stage) ?? []).map((edge) => edge.from);
  if (stage.kind === 'executable') {
    for (const side of stage.sides) before.push(routed.views.get(side)!);
  }
  return before;
}

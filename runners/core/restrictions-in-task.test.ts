// What a bug here would look like: a source whose rest is lost, runs too early, or holds windows for ever.
import { describe, expect, it } from '@jest/globals';
import type { BundleOutcome, BundleRequest } from '#portability/fnapi/connection.js';
import { duration } from '#portability/model/time.js';
import {
  at,
  element,
  elementsOf,
  frameOf,
  GLOBAL_WINDOW,
  globalWindowCoder,
  grouped,
  pair,
  size,
  TENS,
  tenOf,
  text,
  textPairs,
} from './input/frames.fixture.js';
import { BYTES, emits, framesIn, PAIRS, PlanSketch, type StageFunction } from './plan.fixture.js';
import type { Plan } from './plan/plan.js';
import { runTask } from './scheduler.js';
import { collector, taskOf } from './task.fixture.js';

const restriction = pair(text, size);

/** Impulse → split → read restrictions → group → collect. */
function restrictionsPlan(): Plan {
  const sketch = new PlanSketch();
  const start = sketch.edge('start', 'split', BYTES);
  const sized = sketch.edge('split', 'read', { ...BYTES, elementCoder: restriction });
  const pairs = sketch.edge('read', 'group', PAIRS);
  const panes = sketch.edge('group', 'collect', { ...PAIRS, elementCoder: grouped });
  return sketch
    .impulse('start', [start])
    .executable('split', [start], [sized])
    .executable('read', [sized], [pairs], { input: 'restrictions' })
    .grouping('group', [pairs], [panes], TENS)
    .executable('collect', [panes], [])
    .plan();
}

const splits: StageFunction = ({ stage }) =>
  emits(
    stage,
    frameOf(
      [element(['r', 3] as const, -9223372036854775, GLOBAL_WINDOW)],
      restriction,
      globalWindowCoder,
    ),
  );

/** First reports 20 and asks to go on in a minute, then emits something that is too late by then. */
function readsLate(request: BundleRequest): BundleOutcome {
  const { stage } = request;
  const [frame] = framesIn(request);
  const [{ value, time }] = elementsOf([frame!], restriction, globalWindowCoder) as [never];
  if ((value as readonly [string, number])[0] === 'r') {
    const rest = frameOf(
      [element(['rest', 1] as const, time, GLOBAL_WINDOW)],
      restriction,
      globalWindowCoder,
    );
    const first = emits(
      stage,
      frameOf([element(['a', 'on-time'] as const, 1, tenOf(1))], textPairs),
    );
    const residual = {
      transform: 'read' as never,
      input: 'in',
      element: rest,
      resumeAfter: duration(60_000),
      watermark: at(20),
    };
    return { ...first, residuals: [residual] };
  }
  return emits(stage, frameOf([element(['a', 'late'] as const, 2, tenOf(2))], textPairs));
}

describe('a stage that reads restrictions', () => {
  it('LATE-3: counts what came too late at the step that dropped it', async () => {
    const { collected, collect } = collector();
    const { task } = taskOf(restrictionsPlan(), { split: splits, read: readsLate, collect });
    await runTask(task);
    expect(collected.sort()).toEqual(['a on-time 9']);
    expect(task.committed.snapshot()).toMatchObject([
      { transform: 'group', name: 'droppedDueToLateness', value: 1 },
    ]);
  });

  it('WM-1, SDF-4: a restriction holds the output watermark where it last reported it', async () => {
    const seen: number[] = [];
    const { collect } = collector();
    const { task, env } = taskOf(restrictionsPlan(), {
      split: splits,
      read: (request) => {
        seen.push(task.stages[2]!.watermarks.output);
        return readsLate(request);
      },
      collect,
    });
    await runTask(task);
    expect(seen).toEqual([at(-9223372036854775), at(20)]);
    // The residual asked for a minute.
    expect(env.now()).toBe(60_000);
  });
});

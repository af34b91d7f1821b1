// What a bug here would look like: a drained job that loses what it had read, or that reads on for ever.
import { describe, expect, it } from '@jest/globals';
import { duration, TIMESTAMP_MAX } from '#portability/model/time.js';
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
import type { ExecutableStage, Plan } from './plan/plan.js';
import { runTask } from './scheduler.js';
import { collector, taskOf } from './task.fixture.js';

const restriction = pair(text, size);

function plan(boundedness: ExecutableStage['boundedness']): Plan {
  const sketch = new PlanSketch();
  const start = sketch.edge('start', 'split', BYTES);
  const sized = sketch.edge('split', 'read', { ...BYTES, elementCoder: restriction });
  const pairs = sketch.edge('read', 'group', PAIRS);
  const panes = sketch.edge('group', 'collect', { ...PAIRS, elementCoder: grouped });
  return sketch
    .impulse('start', [start])
    .executable('split', [start], [sized])
    .executable('read', [sized], [pairs], { input: 'restrictions', boundedness })
    .grouping('group', [pairs], [panes], TENS)
    .executable('collect', [panes], [])
    .plan();
}

const one = (name: string, time: number) =>
  frameOf([element([name, 1] as const, time, GLOBAL_WINDOW)], restriction, globalWindowCoder);

const splits: StageFunction = ({ stage }) => emits(stage, one('0', -9223372036854775));

/** Emits its number at that time and goes on a minute later; `until` says after which it has finished. */
function reads(until: number, seen: (n: number) => void): StageFunction {
  return (request) => {
    const [{ value }] = elementsOf(framesIn(request), restriction, globalWindowCoder) as [never];
    const n = Number((value as readonly [string, number])[0]);
    seen(n);
    const outcome = emits(
      request.stage,
      frameOf([element(['a', String(n)] as const, n, tenOf(n))], textPairs),
    );
    if (n === until) return outcome;
    const residual = {
      transform: 'read' as never,
      input: 'in',
      element: one(String(n + 1), n + 1),
      resumeAfter: duration(60_000),
      watermark: at(n + 1),
    };
    return { ...outcome, residuals: [residual] };
  };
}

describe('DRN-1: a task that is drained', () => {
  it('cuts an unbounded read off, moves all watermarks to the end and fires every window', async () => {
    const { collected, collect } = collector();
    const read: number[] = [];
    const { task } = taskOf(plan('unbounded'), {
      split: splits,
      read: reads(Infinity, (n) => {
        read.push(n);
        // When the bundle has ended and its rest waits for its minute.
        if (n === 2) queueMicrotask(() => task.drain());
      }),
      collect,
    });
    const running = runTask(task);
    await expect(running).resolves.toBe('done');
    expect(read).toEqual([0, 1, 2]);
    expect(collected).toEqual(['a 012 9']);
    expect(task.stages.map(({ watermarks }) => watermarks.output)).toEqual(
      task.stages.map(() => TIMESTAMP_MAX),
    );
  });

  it('drops what a running bundle leaves over', async () => {
    const { collected, collect } = collector();
    const { task } = taskOf(plan('unbounded'), {
      split: splits,
      read: reads(Infinity, (n) => {
        if (n === 1) task.drain();
      }),
      collect,
    });
    await runTask(task);
    expect(collected).toEqual(['a 01 9']);
  });

  it('never starts what arrives afterwards', async () => {
    const { collected, collect } = collector();
    const read: number[] = [];
    const { task } = taskOf(plan('unbounded'), {
      split: splits,
      read: reads(Infinity, (n) => read.push(n)),
      collect,
    });
    task.drain();
    await runTask(task);
    expect([read, collected]).toEqual([[], []]);
  });

  it('finishes a bounded read', async () => {
    const { collected, collect } = collector();
    const { task } = taskOf(plan('bounded'), {
      split: splits,
      read: reads(3, () => {
        task.drain();
      }),
      collect,
    });
    await runTask(task);
    expect(collected).toEqual(['a 0123 9']);
  });
});

// What a bug here would look like: a job that ends too early or never, output of a bundle that failed, or
// a watermark that overtakes an element.
import { describe, expect, it } from '@jest/globals';
import type { BundleOutcome } from '#portability/fnapi/connection.js';
import { StrahlError } from '#portability/errors.js';
import { GLOBAL_WINDOW_END, TIMESTAMP_MAX } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import {
  element,
  elementsOf,
  frameOf,
  GLOBAL_WINDOW,
  globalWindowCoder,
  grouped,
  TENS,
  tenOf,
  text,
  textPairs,
} from './input/frames.fixture.js';
import {
  BYTES,
  emits,
  framesIn,
  PAIRS,
  PlanSketch,
  TEXTS,
  type StageFunction,
} from './plan.fixture.js';
import type { Plan } from './plan/plan.js';
import { runTask } from './scheduler.js';
import { SimulatedEnv } from './simulated-env.js';
import { collector, taskOf } from './task.fixture.js';

/** Impulse → make → group → collect. */
function groupingPlan(windowing: WindowingStrategy = TENS): Plan {
  const sketch = new PlanSketch();
  const start = sketch.edge('start', 'make', BYTES);
  const pairs = sketch.edge('make', 'group', PAIRS);
  const panes = sketch.edge('group', 'collect', { ...PAIRS, elementCoder: grouped });
  return sketch
    .impulse('start', [start])
    .executable('make', [start], [pairs])
    .grouping('group', [pairs], [panes], windowing)
    .executable('collect', [panes], [])
    .plan();
}

const makesPairs: StageFunction = ({ stage }) =>
  emits(
    stage,
    frameOf(
      [
        element(['a', '1'] as const, 1, tenOf(1)),
        element(['b', '2'] as const, 2, tenOf(2)),
        element(['a', '3'] as const, 12, tenOf(12)),
      ],
      textPairs,
    ),
    frameOf([element(['a', '4'] as const, 3, tenOf(3))], textPairs),
  );

const EXPECTED = ['a 14 9', 'a 3 19', 'b 2 9'];

describe('a task', () => {
  it('WM-8: runs from impulse to the last pane and ends with every watermark at its end', async () => {
    const { collected, collect } = collector();
    const { task } = taskOf(groupingPlan(), { make: makesPairs, collect });
    await expect(runTask(task)).resolves.toBe('done');
    expect(collected.sort()).toEqual(EXPECTED);
    for (const { watermarks } of task.stages) {
      expect([watermarks.input, watermarks.output]).toEqual([TIMESTAMP_MAX, TIMESTAMP_MAX]);
    }
  });

  it.each([1, 2])('P8: gives the same with %d element(s) per bundle', async (maxElements) => {
    const { collected, bundles, collect } = collector();
    const { task } = taskOf(groupingPlan(), { make: makesPairs, collect }, { maxElements });
    await runTask(task);
    expect(collected.sort()).toEqual(EXPECTED);
    expect(Math.max(...bundles)).toBeLessThanOrEqual(maxElements);
  });

  it.each([1, 2, 3, 4, 5])('P8: gives the same in an order drawn from seed %d', async (seed) => {
    const { collected, collect } = collector();
    const random = new SimulatedEnv({ seed });
    const options = { random: () => random.random() };
    const { task } = taskOf(groupingPlan(), { make: makesPairs, collect }, options);
    await runTask(task);
    expect(collected.sort()).toEqual(EXPECTED);
  });

  it('gives the same when user code answers asynchronously', async () => {
    const { collected, collect } = collector();
    const later =
      (f: StageFunction): StageFunction =>
      async (request) => {
        await Promise.resolve();
        return f(request);
      };
    const functions = { make: later(makesPairs), collect: later(collect) };
    const { task } = taskOf(groupingPlan(), functions);
    await runTask(task);
    expect(collected.sort()).toEqual(EXPECTED);
  });

  it('BND-2: a bundle that fails leaves no trace and is tried again with the same input', async () => {
    const { collected, collect } = collector();
    const attempts: number[] = [];
    const flaky: StageFunction = (request) => {
      attempts.push(framesIn(request).length);
      if (attempts.length < 3) throw new StrahlError('unreachable', { title: 'not yet' });
      return makesPairs(request);
    };
    const functions = { make: flaky, collect };
    const { task } = taskOf(groupingPlan(), functions, { maxAttempts: 3 });
    await runTask(task);
    expect(attempts).toEqual([1, 1, 1]);
    expect(collected.sort()).toEqual(EXPECTED);
  });

  it('BND-2: fails with the error of the last try', async () => {
    let tries = 0;
    const broken: StageFunction = () => {
      throw new StrahlError('userCodeThrew', { title: `try ${String(++tries)}` });
    };
    const functions = { make: broken, collect: broken };
    const { task } = taskOf(groupingPlan(), functions, { maxAttempts: 4 });
    await expect(runTask(task)).rejects.toThrow('try 4');
  });

  it('an error of the program is not tried again', async () => {
    let tries = 0;
    const broken: StageFunction = () => {
      throw new StrahlError('cannotEncode', { title: `try ${String(++tries)}` });
    };
    const functions = { make: broken, collect: broken };
    const { task } = taskOf(groupingPlan(), functions, { maxAttempts: 4 });
    await expect(runTask(task)).rejects.toThrow('try 1');
  });

  it('DRN-2: stops at the next safe point when it is cancelled', async () => {
    const { collected, collect } = collector();
    const { task, abort } = taskOf(groupingPlan(), {
      make: (request) => {
        abort.abort();
        return makesPairs(request);
      },
      collect,
    });
    await expect(runTask(task)).resolves.toBe('cancelled');
    expect(collected).toEqual([]);
  });

  it('aborts the bundles that run when another one fails', async () => {
    const sketch = new PlanSketch();
    const one = sketch.edge('start', 'slow', BYTES);
    const two = sketch.edge('start', 'broken', BYTES);
    const plan = sketch
      .impulse('start', [one, two])
      .executable('broken', [two], [])
      .executable('slow', [one], [])
      .plan();
    let end: (outcome: BundleOutcome) => void = () => undefined;
    const { task, connection } = taskOf(plan, {
      slow: () => new Promise((resolve) => (end = resolve)),
      broken: ({ stage }) => {
        setImmediate(() => end(emits(stage)));
        throw new StrahlError('userCodeThrew', { title: 'broken' });
      },
    });
    await expect(runTask(task)).rejects.toThrow('broken');
    expect(connection.aborted).toHaveLength(1);
  });

  it('refuses an outcome for a sink that the stage does not have', async () => {
    const { collect } = collector();
    const make: StageFunction = () =>
      emits('other' as never, frameOf([element('x', 0, tenOf(0))], text));
    const { task } = taskOf(groupingPlan(), { make, collect });
    await expect(runTask(task)).rejects.toMatchObject({ code: 'STRAHL-8001' });
  });

  it('WM-11: a job in which nothing can move fails and says what waits for what', async () => {
    // No planner makes a cycle; here it stands for any wait that can never end.
    const sketch = new PlanSketch();
    const there = sketch.edge('one', 'two', TEXTS);
    const back = sketch.edge('two', 'one', TEXTS);
    const plan = sketch
      .executable('one', [back], [there])
      .executable('two', [there], [back])
      .plan();
    const { task } = taskOf(plan, {});
    const error = await runTask(task).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'STRAHL-7101', step: 'one' });
    expect((error as Error).message).toContain(
      'two executable "two"; upstream TIMESTAMP_MIN; input TIMESTAMP_MIN held by the output of "one"; ' +
        'output TIMESTAMP_MIN held by its input; 0 pending (0 bytes)',
    );
  });

  it('finalizes a bundle after its outputs were delivered, once', async () => {
    const { collected, collect } = collector();
    const make: StageFunction = (request) => ({
      ...(makesPairs(request) as BundleOutcome),
      finalize: true,
    });
    const { task, connection } = taskOf(groupingPlan(), { make, collect });
    await runTask(task);
    expect(connection.finalized).toHaveLength(1);
    expect(collected).toHaveLength(3);
  });

  it('SDF-7: a commit callback that rejects fails the job at its end', async () => {
    const { collect } = collector();
    const make: StageFunction = (request) => ({
      ...(makesPairs(request) as BundleOutcome),
      finalize: true,
    });
    const { task, connection } = taskOf(groupingPlan(), { make, collect });
    connection.finalizeAnswer = () => Promise.reject(new Error('no commit'));
    await expect(runTask(task)).rejects.toThrow('no commit');
  });

  it('MET-1: counts committed metrics of bundles that were committed', async () => {
    const { collect } = collector();
    let tries = 0;
    const make: StageFunction = (request) => {
      if (++tries === 1) throw new StrahlError('unreachable', { title: 'not yet' });
      const metric = {
        kind: 'counter',
        transform: 't' as never,
        namespace: 'n',
        name: 'c',
        value: 2,
      } as const;
      return { ...(makesPairs(request) as BundleOutcome), metrics: [metric] };
    };
    const { task } = taskOf(groupingPlan(), { make, collect }, { maxAttempts: 2 });
    await runTask(task);
    expect(task.committed.snapshot()).toMatchObject([{ name: 'c', value: 2 }]);
  });
});

it('the global window closes with the last watermark', async () => {
  const sketch = new PlanSketch();
  const shape = { ...PAIRS, windowCoder: globalWindowCoder };
  const start = sketch.edge('start', 'make', BYTES);
  const pairs = sketch.edge('make', 'again', shape);
  const again = sketch.edge('again', 'group', shape);
  const panes = sketch.edge('group', 'collect', { ...shape, elementCoder: grouped });
  const plan = sketch
    .impulse('start', [start])
    .executable('make', [start], [pairs])
    .reshuffle('again', [pairs], [again])
    .grouping('group', [again], [panes], { ...TENS, windowFn: { kind: 'global' } })
    .executable('collect', [panes], [])
    .plan();
  const seen: unknown[] = [];
  const { task } = taskOf(plan, {
    make: ({ stage }) =>
      emits(
        stage,
        frameOf([element(['k', 'v'] as const, 5, GLOBAL_WINDOW)], textPairs, globalWindowCoder),
      ),
    collect: (request) => {
      seen.push(...elementsOf(framesIn(request), grouped, globalWindowCoder));
      return emits(request.stage);
    },
  });
  await runTask(task);
  expect(seen).toMatchObject([
    {
      value: ['k', ['v']],
      time: GLOBAL_WINDOW_END,
      pane: { timing: 'on-time', first: true, last: true },
    },
  ]);
});

// What a bug here would look like: a job that ends while a task has work, or whose metrics are those of one task.
import { describe, expect, it } from '@jest/globals';
import { TIMESTAMP_MAX } from '#portability/model/time.js';
import { bundlePolicy } from './bundle-policy.js';
import { element, frameOf, grouped, TENS, tenOf, text, textPairs } from './input/frames.fixture.js';
import {
  BYTES,
  emits,
  FunctionsConnection,
  PAIRS,
  PlanSketch,
  TEXTS,
  type StageFunction,
} from './plan.fixture.js';
import type { Plan } from './plan/plan.js';
import { MemoryExchange, tasksOf } from './exchange/memory-exchange.js';
import { isDone } from './quiescence.js';
import { seededRandom } from './seeded-random.js';
import { SimulatedEnv } from './simulated-env.js';
import { Task } from './task.js';
import { ALL_KINDS } from './stages/stage-kinds.fixture.js';
import { collector } from './task.fixture.js';
import { TaskGroup } from './task-group.js';

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Impulse → make letters → spread over tasks → group by letter → collect. */
function plan(): Plan {
  const sketch = new PlanSketch();
  const start = sketch.edge('start', 'make', BYTES);
  const texts = sketch.edge('make', 'spread', TEXTS, 'round-robin');
  const spread = sketch.edge('spread', 'pair', TEXTS);
  const pairs = sketch.edge('pair', 'group', PAIRS, 'shuffle');
  const panes = sketch.edge('group', 'collect', { ...PAIRS, elementCoder: grouped });
  return sketch
    .impulse('start', [start])
    .executable('make', [start], [texts])
    .reshuffle('spread', [texts], [spread])
    .executable('pair', [spread], [pairs])
    .grouping('group', [pairs], [panes], TENS)
    .executable('collect', [panes], [])
    .plan();
}

const make: StageFunction = ({ stage }) =>
  emits(
    stage,
    frameOf(
      LETTERS.map((letter, i) => element(letter, i, tenOf(i))),
      text,
    ),
  );

/** Every task pairs what it gets with two letters, so that each key comes from several tasks. */
const pair: StageFunction = (request) => {
  const outcome = emits(
    request.stage,
    frameOf(
      ['x', 'y'].map((key) => element([key, '1'] as const, 1, tenOf(1))),
      textPairs,
    ),
  );
  const metric = { kind: 'counter', transform: 'pair' as never, namespace: '', name: 'bundles' };
  return { ...outcome, metrics: [{ ...metric, kind: 'counter', value: 1 }] };
};

function groupOf(partitions: number | undefined, functions: Record<string, StageFunction>) {
  const env = new SimulatedEnv();
  const abort = new AbortController();
  const policy = bundlePolicy({ maxAttempts: 1, maxElements: 1 });
  const connection = new FunctionsConnection(functions);
  const options = { plan: plan(), kinds: ALL_KINDS, connection, env, policy, signal: abort.signal };
  return {
    group: new TaskGroup({ ...options, ...(partitions === undefined ? {} : { partitions }) }),
    abort,
  };
}

describe.each([undefined, 1, 3, 4])('the tasks of a job, %j per segment', (partitions) => {
  it('WM-8: end together, each key grouped once, metrics summed', async () => {
    const { collected, collect } = collector();
    const { group } = groupOf(partitions, { make, pair, collect });
    await expect(group.run()).resolves.toBe('done');
    expect(collected.sort()).toEqual(['x 111111 9', 'y 111111 9']);
    expect(group.metrics('committed')).toMatchObject([{ name: 'bundles', value: LETTERS.length }]);
    expect(group.stages.map(({ watermarks }) => watermarks.output)).toEqual(
      group.stages.map(() => TIMESTAMP_MAX),
    );
  });

  it('DRN-2: stop together when the job is cancelled', async () => {
    const { abort, group } = groupOf(partitions, {
      make,
      pair: (request) => {
        abort.abort();
        return pair(request);
      },
      collect: collector().collect,
    });
    await expect(group.run()).resolves.toBe('cancelled');
  });
});

it('records each stage in each of its tasks, with the partition where there are several', () => {
  const { group } = groupOf(3, {});
  const { stages } = group.record();
  const grouping = stages.filter(({ stage }) => stage.planned.kind === 'grouping');
  expect(grouping.map(({ partition }) => partition)).toEqual([0, 1, 2]);
  const [impulse] = stages;
  expect(impulse).not.toHaveProperty('partition');
});

describe('tasks whose edges hold a byte', () => {
  const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

  it.each(seeds)('X4: never wait for each other, whoever goes on first (seed %i)', (seed) => {
    const { collected, collect } = collector();
    const whole = plan();
    const exchange = new MemoryExchange(whole, 3, 1);
    const shared = {
      plan: whole,
      kinds: ALL_KINDS,
      connection: new FunctionsConnection({ make, pair, collect }),
      env: new SimulatedEnv(),
      policy: bundlePolicy({ maxAttempts: 1, maxElements: 1 }),
      signal: new AbortController().signal,
    };
    const tasks = tasksOf(whole, 3).map((id) => new Task({ ...shared, part: { id, exchange } }));
    const random = seededRandom(seed);
    let blocked = 0;
    // A task that takes in nothing new does no harm, so any number of turns may be lost on it.
    for (let idle = 0; idle < 200; idle++) {
      const task = tasks[Math.floor(random() * tasks.length)]!;
      if (random() < 0.3) task.takeIn();
      const ready = task.ready();
      if (ready.length === 0) {
        blocked += task.stages.some((stage) => stage.isReady(shared.env.now())) ? 1 : 0;
        continue;
      }
      void task.step(ready[0]!);
      idle = 0;
    }
    expect(isDone(tasks.flatMap(({ stages }) => stages))).toBe(true);
    expect(collected.sort()).toEqual(['x 111111 9', 'y 111111 9']);
    expect(blocked).toBeGreaterThan(0);
  });
});

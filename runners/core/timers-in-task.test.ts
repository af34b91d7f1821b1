// What a bug here would look like: a timer that fires in a window that is over.
import { expect, it } from '@jest/globals';
import { writePane } from '#portability/coders/panes.js';
import type { BundleOutcome, BundleRequest } from '#portability/fnapi/connection.js';
import { transformId } from '#portability/model/ids.js';
import { NO_FIRING } from '#portability/model/panes.js';
import type { ProcessingTime } from '#portability/model/time.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { element, frameOf, TENS, tenOf, textPairs, windowCoder } from './input/frames.fixture.js';
import { BYTES, emits, framesIn, PAIRS, PlanSketch, type StageFunction } from './plan.fixture.js';
import type { Plan } from './plan/plan.js';
import { runTask } from './scheduler.js';
import { taskOf } from './task.fixture.js';
import { TimerWriter } from './timers/timer-frames.js';

/** Impulse → make → a step with a timer of the clock. */
function timersPlan(): Plan {
  const sketch = new PlanSketch();
  const start = sketch.edge('start', 'make', BYTES);
  const pairs = sketch.edge('make', 'keep', PAIRS);
  return sketch
    .impulse('start', [start])
    .executable('make', [start], [pairs])
    .stateful('keep', [pairs], [], TENS, 'processing-time')
    .plan();
}

const makes: StageFunction = ({ stage }) =>
  emits(stage, frameOf([element(['k', 'v'] as const, 1, tenOf(1))], textPairs));

/** Sets the timer of key `k` in the first window. */
function sets({ stage }: BundleRequest, fire: number): BundleOutcome {
  const writer = new TimerWriter(transformId(stage));
  const window = new ByteWriter();
  windowCoder.encode(tenOf(1), window);
  const pane = new ByteWriter();
  writePane(NO_FIRING, pane);
  writer.write('timer', (out) => out.string('k'), {
    tag: new Uint8Array(0),
    window: window.toBytes(),
    fire,
    hold: NaN,
    pane: pane.toBytes(),
  });
  return { ...emits(stage), timers: writer.frames() };
}

it('TMR-10: a timer of the clock is forgotten when the clock and the watermark pass it at once', async () => {
  const fired: number[] = [];
  const { task, env } = taskOf(timersPlan(), {
    make: makes,
    keep: (request) => {
      fired.push(...request.timers.map(({ count }) => count));
      if (framesIn(request).length === 0) return emits(request.stage);
      // By the end of the bundle the timer is due, and no more elements come: its window is over.
      env.advanceTo(1_000 as ProcessingTime);
      return sets(request, 10);
    },
  });
  await expect(runTask(task)).resolves.toBe('done');
  expect(fired).toEqual([]);
});

// What a bug here would look like: a job over an endless input whose memory grows with every side window,
// or a main element that finds its side window gone.
import { expect, it } from '@jest/globals';
import type { BundleRequest } from '#portability/fnapi/connection.js';
import { duration } from '#portability/model/time.js';
import {
  at,
  element,
  elementsOf,
  frameOf,
  GLOBAL_WINDOW,
  globalWindowCoder,
  list,
  pair,
  size,
  TENS,
  tenOf,
  text,
  windowCoder,
} from './input/frames.fixture.js';
import { BYTES, emits, framesIn, PlanSketch, TEXTS, type StageFunction } from './plan.fixture.js';
import type { Plan } from './plan/plan.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { runTask } from './scheduler.js';
import { taskOf } from './task.fixture.js';
import { RunningView } from './stages/view-stage.js';

const restriction = pair(text, size);
const PERIODS = 100;

/**
 * Impulse → split → read; what is read is both the main and the side input of `join`, which may process it as
 * restrictions.
 */
function selfJoin(lateness: number, input: 'elements' | 'restrictions' = 'elements'): Plan {
  const sketch = new PlanSketch();
  const start = sketch.edge('start', 'split', BYTES);
  const sized = sketch.edge('split', 'read', { ...BYTES, elementCoder: restriction });
  const texts = sketch.edge('read', 'viewed', TEXTS);
  const panes = sketch.edge('viewed', 'view', { ...TEXTS, elementCoder: list(text) });
  const main = sketch.edge('read', 'size', TEXTS);
  const works = sketch.edge('size', 'join', { ...TEXTS, elementCoder: restriction });
  const use = {
    transform: 'join' as never,
    name: 'side',
    view: 'view' as never,
    mapping: { kind: 'window-fn', windowing: TENS },
    mainLateness: duration(lateness),
  } as const;
  return sketch
    .impulse('start', [start])
    .executable('split', [start], [sized])
    .executable('read', [sized], [texts, main], { input: 'restrictions' })
    .grouping('viewed', [texts], [panes], TENS, { keyed: false })
    .view('view', panes, TENS)
    .executable('size', [main], [works])
    .executable('join', [works], [], { sideInputs: [use], input })
    .plan();
}

const sizedElement = (n: number) =>
  frameOf([element([String(n), 1] as const, 0, GLOBAL_WINDOW)], restriction, globalWindowCoder);

const split: StageFunction = ({ stage }) => emits(stage, sizedElement(0));

/** Reads one element in each period of ten, and asks to go on in the next one. */
const read: StageFunction = (request) => {
  const [{ value }] = elementsOf(framesIn(request), restriction, globalWindowCoder) as [never];
  const n = Number((value as readonly [string, number])[0]);
  const time = n * 10;
  const emitted = emits(
    request.stage,
    frameOf([element(`n${String(n)}`, time, tenOf(time))], text),
  );
  if (n + 1 === PERIODS) return emitted;
  const residual = {
    transform: 'read' as never,
    input: 'in',
    element: sizedElement(n + 1),
    resumeAfter: duration(1),
    watermark: at(time + 10),
  };
  return { ...emitted, residuals: [residual] };
};

const sizeAll: StageFunction = (request) => {
  const works = elementsOf(framesIn(request), text).map(({ value, time }) =>
    workOf(value, 1, time),
  );
  return emits(request.stage, ...works);
};

const workOf = (value: string, n: number, time: number) =>
  frameOf([element([value, n] as const, time, tenOf(time))], restriction);

function sideOf({ state }: BundleRequest, time: number): string {
  const window = new ByteWriter(32);
  windowCoder.encode(tenOf(time), window);
  const key = {
    kind: 'iterable-side-input',
    transform: 'join' as never,
    sideInput: 'side',
    window: window.toBytes(),
  } as const;
  const [page] = state.read([{ key }]) as readonly { data: Uint8Array }[];
  return Buffer.from(page!.data.subarray(1)).toString();
}

it.each([
  [0, 2],
  [30, 5],
])('SID-6: with lateness %d, at most %d side windows are kept', async (lateness, atMost) => {
  const joined: string[] = [];
  let most = 0;
  const join: StageFunction = (request) => {
    const view = task.stages.find((stage) => stage instanceof RunningView)!;
    most = Math.max(most, view.store.windows);
    for (const { value: work, time } of elementsOf(framesIn(request), restriction)) {
      const [value] = work;
      joined.push(`${value} with ${sideOf(request, time)}`);
    }
    return emits(request.stage);
  };
  const { task } = taskOf(selfJoin(lateness), { split, read, size: sizeAll, join });
  await runTask(task);
  expect(joined).toEqual(
    Array.from({ length: PERIODS }, (_, n) => `n${String(n)} with n${String(n)}`),
  );
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(atMost);
});

it('SID-6: a side window is kept as long as an unfinished restriction may read it, and no longer', async () => {
  const joined: string[] = [];
  let most = 0;
  const view = (): RunningView => task.stages.find((stage) => stage instanceof RunningView)!;
  /** Goes on much later, when the input watermark is 25 periods further. */
  const join: StageFunction = (request) => {
    most = Math.max(most, view().store.windows);
    const residuals = [];
    for (const { value: work, time } of elementsOf(framesIn(request), restriction)) {
      const [value, n] = work;
      const side = sideOf(request, time);
      if (n === 2) joined.push(`${value} with ${side}`);
      else {
        const element = workOf(value, 2, time);
        const rest = { element, resumeAfter: duration(25), watermark: at(time) };
        residuals.push({ transform: 'join' as never, input: 'in', ...rest });
      }
    }
    return { ...emits(request.stage), residuals };
  };
  const { task } = taskOf(selfJoin(0, 'restrictions'), { split, read, size: sizeAll, join });
  await runTask(task);
  expect(joined).toEqual(
    Array.from({ length: PERIODS }, (_, n) => `n${String(n)} with n${String(n)}`),
  );
  expect(most).toBeGreaterThan(20);
  expect(most).toBeLessThan(40);
  expect(view().store.windows).toBe(0);
});

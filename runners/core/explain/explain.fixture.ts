import type { BundleOutcome } from '#portability/fnapi/connection.js';
import { stageId } from '#portability/model/ids.js';
import { duration, type Duration } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import {
  at,
  element,
  elementsOf,
  frameOf,
  GLOBAL_WINDOW,
  globalWindowCoder,
  grouped,
  list,
  pair,
  size,
  tenOf,
  TENS,
  text,
  textPairs,
} from '../input/frames.fixture.js';
import {
  BYTES,
  emits,
  framesIn,
  PAIRS,
  PlanSketch,
  TEXTS,
  type StageFunction,
} from '../plan.fixture.js';
import type { Plan } from '../plan/plan.js';
import type { Task } from '../task.js';
import { taskOf } from '../task.fixture.js';
import type { SimulatedEnv } from '../simulated-env.js';
import { explain } from './explain.js';
import type { Explanation, ExplainQuery } from './explanation.js';

/** The collection of what is read. */
const READ = 'clicks';

const sized = pair(text, size);

/** What comes into the reading stage, and what is read there. */
const READING = [
  { id: 'clicks/read-source', inputs: new Map(), outputs: new Map([['out', 'restrictions']]) },
  {
    id: 'clicks/read',
    inputs: new Map([['in', 'restrictions']]),
    outputs: new Map([['out', READ]]),
    spec: { urn: 'beam:transform:sdf_process_sized_element_and_restrictions:v1' },
  },
] as never;

/** Impulse → split → read restrictions → group → use. */
export function plan(windowing: WindowingStrategy = TENS): Plan {
  const sketch = new PlanSketch();
  const start = sketch.edge('start', 'split', BYTES);
  const rests = sketch.edge('split', 'clicks/read', { ...BYTES, elementCoder: sized });
  const pairs = sketch.edge('clicks/read', 'clicks/combine', PAIRS);
  const panes = sketch.edge('clicks/combine', 'use', { ...PAIRS, elementCoder: grouped });
  return sketch
    .impulse('start', [start])
    .executable('split', [start], [rests])
    .executable('clicks/read', [rests], [pairs], { input: 'restrictions', transforms: READING })
    .grouping('clicks/combine', [pairs], [panes], windowing)
    .executable('use', [panes], [])
    .plan();
}

const rest = (name: string) =>
  frameOf(
    [element([name, 1] as const, -9223372036854775, GLOBAL_WINDOW)],
    sized,
    globalWindowCoder,
  );

export const split: StageFunction = ({ stage }) => emits(stage, rest('0'));

type Read = readonly [key: string, time: number];

export interface Batch {
  readonly reads: readonly Read[];
  /** Elements that are read, and that no step gives on. */
  readonly drops?: number;
  /** Absent at the end of the source. */
  readonly then?: { readonly watermark: number; readonly after: Duration };
}

/** Each call reads the next batch. */
export function reads(...batches: readonly Batch[]): StageFunction {
  return (request): BundleOutcome => {
    const [{ value }] = elementsOf(framesIn(request), sized, globalWindowCoder) as [never];
    const n = Number((value as readonly [string, number])[0]);
    const { reads: read, drops = 0, then } = batches[n]!;
    const frames = read.map(([key, time]) =>
      frameOf([element([key, 'x'] as const, time, tenOf(time))], textPairs),
    );
    const count = { kind: 'element-count', pcollection: READ, value: read.length + drops } as const;
    const metrics = count.value === 0 ? [] : [count];
    const outcome = { ...emits(request.stage, ...frames), metrics };
    if (then === undefined) return outcome;
    const residual = {
      transform: 'clicks/read' as never,
      input: 'in',
      element: rest(String(n + 1)),
      resumeAfter: then.after,
      watermark: at(then.watermark),
    };
    return { ...outcome, residuals: [residual] };
  };
}

export const minutes = (n: number): Duration => duration(n * 60_000);
export const use: StageFunction = ({ stage }) => emits(stage);

/** Steps as long as something can run; what answers later is left to run. */
export function settle(task: Task): void {
  for (let ready = task.ready(); ready.length > 0; ready = task.ready()) {
    void task.step(ready.at(-1)!);
  }
}

export function explained(
  task: Task,
  env: SimulatedEnv,
  planned: Plan,
  query?: ExplainQuery,
): Explanation {
  const stages = task.stages.map((stage) => {
    const record = task.recordOf(stage);
    const isReading = stage.planned.id === stageId('clicks/read');
    const read = isReading ? task.committed.elementsOf(READ) : record.received;
    return { ...record, read };
  });
  return explain({ plan: planned, now: env.now(), stages }, query);
}

export function after(batches: readonly Batch[], ms: number, windowing?: WindowingStrategy) {
  const planned = plan(windowing);
  const { task, env } = taskOf(planned, { split, 'clicks/read': reads(...batches), use });
  settle(task);
  env.advanceTo(ms as never);
  return {
    task,
    text: (query?: ExplainQuery) => explained(task, env, planned, query).text,
    of: (query?: ExplainQuery) => explained(task, env, planned, query),
  };
}

/** What is read is both main and side input of `join`; the side is grouped by windows of ten. */
export function sideInputPlan(): Plan {
  const sketch = new PlanSketch();
  const start = sketch.edge('start', 'split', BYTES);
  const rests = sketch.edge('split', 'clicks/read', { ...BYTES, elementCoder: sized });
  const texts = sketch.edge('clicks/read', 'viewed', TEXTS);
  const panes = sketch.edge('viewed', 'view', { ...TEXTS, elementCoder: list(text) });
  const main = sketch.edge('clicks/read', 'join', TEXTS);
  const side = {
    transform: 'join' as never,
    name: 'side',
    view: 'view' as never,
    mapping: { kind: 'window-fn', windowing: TENS },
    mainLateness: duration(0),
  } as const;
  return sketch
    .impulse('start', [start])
    .executable('split', [start], [rests])
    .executable('clicks/read', [rests], [texts, main], { input: 'restrictions' })
    .grouping('viewed', [texts], [panes], TENS, { keyed: false })
    .view('view', panes, TENS)
    .executable('join', [main], [], { sideInputs: [side] })
    .plan();
}

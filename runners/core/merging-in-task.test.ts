// What a bug here would look like: a pane of a window that user code is just merging with another one.
import { describe, expect, it } from '@jest/globals';
import type { BundleRequest } from '#portability/fnapi/connection.js';
import { NO_FIRING } from '#portability/model/panes.js';
import { duration, TIMESTAMP_MIN } from '#portability/model/time.js';
import type { IntervalWindow } from '#portability/model/windows.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Frame } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import {
  at,
  element,
  elementsOf,
  frameOf,
  GLOBAL_WINDOW,
  globalWindowCoder,
  grouped,
  interval,
  pair,
  size,
  TENS,
  text,
  textPairs,
  windowCoder,
} from './input/frames.fixture.js';
import { BYTES, emits, framesIn, PAIRS, PlanSketch } from './plan.fixture.js';
import type { Plan } from './plan/plan.js';
import { runTask } from './scheduler.js';
import { taskOf } from './task.fixture.js';

const restriction = pair(text, size);
const REST = frameOf(
  [element(['r', 1] as const, TIMESTAMP_MIN, GLOBAL_WINDOW)],
  restriction,
  globalWindowCoder,
);

/** Impulse → split → read restrictions → group by windows of the user → collect. */
function mergingPlan(): Plan {
  const sketch = new PlanSketch();
  const start = sketch.edge('start', 'split', BYTES);
  const sized = sketch.edge('split', 'read', { ...BYTES, elementCoder: restriction });
  const pairs = sketch.edge('read', 'group', PAIRS);
  const panes = sketch.edge('group', 'collect', { ...PAIRS, elementCoder: grouped });
  const windowFn = { kind: 'custom', spec: { urn: 'user' } } as never;
  const allowedLateness = duration(100);
  const windowing = { ...TENS, windowFn, mergeStatus: 'needs-merge', allowedLateness } as const;
  return sketch
    .impulse('start', [start])
    .executable('split', [start], [sized])
    .executable('read', [sized], [pairs], { input: 'restrictions' })
    .grouping('group', [pairs], [panes], windowing, { merging: 'merge' as never })
    .executable('collect', [panes], [])
    .plan();
}

/** One turn of the source: what it emits, if anything, and its watermark then. */
type Turn = readonly [watermark: number, value?: string, start?: number, end?: number];

function reads({ stage }: BundleRequest, [watermark, value, start = 0, end = 0]: Turn) {
  const frames =
    value === undefined
      ? []
      : [frameOf([element(['a', value] as const, start, interval(start, end))], textPairs)];
  const residual = {
    transform: 'read' as never,
    input: 'in',
    element: REST,
    // So everything else has happened before the next turn.
    resumeAfter: duration(1_000),
    watermark: at(watermark),
  };
  return { ...emits(stage, ...frames), residuals: [residual] };
}

/** Merges all windows of each key into the one that spans them. */
function spans(question: Frame): Frame {
  const reader = new FrameReader(windowCoder);
  const writer = new FrameWriter({ windowCoder, keyed: false, targetBytes: 2 ** 20 });
  const some = new ByteWriter(24);
  windowCoder.encode(interval(0, 1), some);
  reader.reset(question);
  const { input } = reader;
  while (reader.next()) {
    const nonce = input.raw(input.varint());
    const windows = Array.from({ length: input.int32() }, () => windowCoder.decode(input));
    const bounds = windows as readonly IntervalWindow[];
    const out = writer.beginRaw(TIMESTAMP_MIN, some.toBytes(), NO_FIRING);
    out.lengthPrefixed(nonce);
    out.int32(0);
    out.int32(1);
    const least = Math.min(...bounds.map((w) => w.start));
    windowCoder.encode(interval(least, Math.max(...bounds.map((w) => w.end))), out);
    out.int32(windows.length);
    for (const window of windows) windowCoder.encode(window, out);
    writer.end();
  }
  return writer.flush()[0]!;
}

describe('windows that user code is merging', () => {
  it('G3: do not end before it has answered, nor does the input watermark pass their elements', async () => {
    const turns: Turn[] = [[1, '1', 0, 3], [2, '2', 4, 9], [5], [6], [12], [13]];
    const seen: number[] = [];
    let answer: () => void = () => undefined;
    const panes: unknown[] = [];
    const { task, connection } = taskOf(mergingPlan(), {
      split: ({ stage }) => emits(stage, REST),
      read: (request) => {
        const turn = turns.shift();
        seen.push(task.stages[3]!.watermarks.input);
        if (turn?.[0] === 6) answer();
        return turn === undefined ? emits(request.stage) : reads(request, turn);
      },
      collect: (request) => {
        for (const { value, time, pane } of elementsOf(framesIn(request), grouped)) {
          panes.push([value[1].join(' '), time, pane.timing, task.stages[3]!.watermarks.input]);
        }
        return emits(request.stage);
      },
    });
    connection.mergeAnswer = (question) =>
      turns.length > 4
        ? spans(question)
        : new Promise((resolve) => {
            answer = () => {
              resolve(spans(question));
            };
          });
    await runTask(task);
    expect(panes).toEqual([['1 2', 8, 'on-time', 12]]);
    expect(seen.slice(0, 4)).toEqual([TIMESTAMP_MIN, 1, 2, 4]);
  });
});

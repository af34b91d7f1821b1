// What a bug here would look like: an element that is processed before its side input is there, or that
// waits for ever.
import { describe, expect, it } from '@jest/globals';
import type { BundleRequest } from '#portability/fnapi/connection.js';
import { duration } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import {
  element,
  elementsOf,
  frameOf,
  GLOBAL_WINDOW,
  globalWindowCoder,
  interval,
  list,
  TENS,
  tenOf,
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
import { runTask } from '../scheduler.js';
import { taskOf } from '../task.fixture.js';

describe('a stage with side inputs', () => {
  /** Texts, grouped to a view; pairs that are read with it. */
  function sidePlan(mapping: 'global' | 'window-fn'): Plan {
    const sketch = new PlanSketch();
    const windowing: WindowingStrategy =
      mapping === 'global' ? { ...TENS, windowFn: { kind: 'global' } } : TENS;
    const shape = mapping === 'global' ? BYTES : TEXTS;
    const toMain = sketch.edge('start', 'main', BYTES);
    const toSide = sketch.edge('start', 'side', BYTES);
    const texts = sketch.edge('side', 'viewed', shape);
    const panes = sketch.edge('viewed', 'view', { ...shape, elementCoder: list(text) });
    const pairs = sketch.edge('main', 'join', PAIRS);
    const use = { transform: 'join' as never, name: 'side', view: 'view' as never };
    const map =
      mapping === 'global'
        ? ({ kind: 'global' } as const)
        : ({ kind: 'window-fn', windowing } as const);
    return sketch
      .impulse('start', [toMain, toSide])
      .executable('side', [toSide], [texts])
      .grouping('viewed', [texts], [panes], windowing, { keyed: false })
      .view('view', panes, windowing)
      .executable('main', [toMain], [pairs])
      .executable('join', [pairs], [], {
        sideInputs: [{ ...use, mapping: map, mainLateness: duration(0) }],
      })
      .plan();
  }

  function joiner() {
    const joined: string[] = [];
    const join: StageFunction = (request) => {
      for (const frame of framesIn(request)) {
        for (const { value, windows } of elementsOf([frame], textPairs)) {
          for (const window of windows)
            joined.push(`${value.join('')} ${readSide(request, window)}`);
        }
      }
      return emits(request.stage);
    };
    return { joined, join };
  }

  let sideWindow: (main: never) => Uint8Array = () => new Uint8Array(0);

  function readSide({ state }: BundleRequest, window: unknown): string {
    const key = {
      kind: 'iterable-side-input',
      transform: 'join' as never,
      sideInput: 'side',
      window: sideWindow(window as never),
    } as const;
    const [page] = state.read([{ key }]) as readonly { data: Uint8Array }[];
    const texts: string[] = [];
    for (let pos = 0; pos < page!.data.length; pos += 1 + page!.data[pos]!) {
      texts.push(Buffer.from(page!.data.subarray(pos + 1, pos + 1 + page!.data[pos]!)).toString());
    }
    return `[${texts.sort().join()}]`;
  }

  const main: StageFunction = ({ stage }) =>
    emits(
      stage,
      frameOf(
        [
          element(['a', '1'] as const, 1, tenOf(1), tenOf(11)),
          element(['b', '2'] as const, 12, tenOf(12)),
        ],
        textPairs,
      ),
    );

  it('SID-2, SID-3: elements wait for the pane of the side window', async () => {
    sideWindow = () => new Uint8Array(0);
    const { joined, join } = joiner();
    const side: StageFunction = ({ stage }) =>
      emits(
        stage,
        frameOf(
          ['x', 'y'].map((t) => element(t, 0, GLOBAL_WINDOW)),
          text,
          globalWindowCoder,
        ),
      );
    const { task } = taskOf(sidePlan('global'), { main, side, join });
    await runTask(task);
    expect(joined.sort()).toEqual(['a1 [x,y]', 'a1 [x,y]', 'b2 [x,y]']);
  });

  it('SID-2: an empty side input is ready when its watermark says that nothing can come', async () => {
    const { joined, join } = joiner();
    const { task } = taskOf(sidePlan('global'), { main, side: ({ stage }) => emits(stage), join });
    await runTask(task);
    expect(joined.sort()).toEqual(['a1 []', 'a1 []', 'b2 []']);
  });

  it('SID-3: is decided for each window: one that is ready does not wait for another', async () => {
    sideWindow = (window: { start: number }) => {
      const bytes = frameOf(
        [element('', 0, interval(window.start, window.start + 10))],
        text,
      ).bytes;
      return bytes.subarray(12, bytes.length - 2);
    };
    const { joined, join } = joiner();
    const side: StageFunction = ({ stage }) =>
      emits(stage, frameOf([element('x', 3, tenOf(3)), element('y', 13, tenOf(13))], text));
    const { task } = taskOf(sidePlan('window-fn'), { main, side, join });
    await runTask(task);
    expect(joined.sort()).toEqual(['a1 [x]', 'a1 [y]', 'b2 [y]']);
  });
});

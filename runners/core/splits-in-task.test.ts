// What a bug here would look like: work that two bundles do, or none, after a split, a failure or a drain.
import { describe, expect, it } from '@jest/globals';
import type { BundleRequest, Residual } from '#portability/fnapi/connection.js';
import { duration, TIMESTAMP_MAX } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import {
  at,
  element,
  elementsOf,
  frameOf,
  GLOBAL_WINDOW,
  globalWindowCoder,
  pair,
  size,
  text,
} from './input/frames.fixture.js';
import { BYTES, emits, framesIn, PlanSketch, type StageFunction } from './plan.fixture.js';
import type { ExecutableStage, Plan } from './plan/plan.js';
import { runTask } from './scheduler.js';
import { type RunningRestrictions } from './stages/restriction-stage.js';
import { taskOf } from './task.fixture.js';

const restriction = pair(text, size);

/** Impulse → split → read. Restrictions are texts: what is to be read, letter by letter. */
function plan(
  boundedness: ExecutableStage['boundedness'],
  truncation?: ExecutableStage['truncation'],
): Plan {
  const sketch = new PlanSketch();
  const start = sketch.edge('start', 'split', BYTES);
  const sized = sketch.edge('split', 'read', { ...BYTES, elementCoder: restriction });
  const more = { input: 'restrictions', boundedness, ...(truncation && { truncation }) } as const;
  return sketch
    .impulse('start', [start])
    .executable('split', [start], [sized])
    .executable('read', [sized], [], more)
    .plan();
}

const todo = (letters: string, time = 0): Frame =>
  frameOf(
    [element([letters, letters.length] as const, time, GLOBAL_WINDOW)],
    restriction,
    globalWindowCoder,
  );
const lettersIn = (frames: readonly Frame[]): string[] =>
  elementsOf(frames, restriction, globalWindowCoder).map(({ value }) => value[0]);
const splitsInto =
  (...letters: string[]): StageFunction =>
  ({ stage }) =>
    emits(stage, ...letters.map((l) => todo(l)));
const residual = (letters: string, more: Partial<Residual> = {}): Residual => ({
  transform: 'read' as never,
  input: 'in',
  element: todo(letters),
  resumeAfter: duration(0),
  watermark: at(0),
  ...more,
});
const nothing = (request: BundleRequest) => emits(request.stage);

/** User code whose bundles end when they are told to. */
function held() {
  const open = new Map<string, { end: () => void; fail: () => void }>();
  const began: string[] = [];
  const read: StageFunction = (request) => {
    const letters = lettersIn(framesIn(request)).join('+');
    began.push(letters);
    return new Promise((resolve, reject) => {
      open.set(letters, {
        end: () => resolve(nothing(request)),
        fail: () => reject(Object.assign(new Error('broken'), { letters })),
      });
    });
  };
  return { open, began, read };
}

/** A turn of the event loop: what can go on without time passing has gone on. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time passes until it is so. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await turn();
};

describe('a stage of restrictions', () => {
  it('C3: runs several bundles at the same time where their user code waits', async () => {
    const { open, began, read } = held();
    const { task } = taskOf(plan('unbounded'), { split: splitsInto('ab', 'cd'), read });
    const running = runTask(task);
    await turn();
    expect(began).toEqual(['ab', 'cd']);
    for (const { end } of open.values()) end();
    await expect(running).resolves.toBe('done');
  });

  it('SDF-3: gives idle lanes half of what a long bundle has, after a while', async () => {
    const { open, began, read } = held();
    const { task, connection, env } = taskOf(
      plan('bounded'),
      { split: splitsInto('abcd'), read },
      { parallelism: 2 },
    );
    const asked: number[] = [];
    connection.splitAnswer = (_, { fractionOfRemainder }) => {
      asked.push(fractionOfRemainder);
      if (asked.length > 1) return undefined;
      return {
        lastPrimary: -1,
        firstResidual: 1,
        primaries: [todo('ab')],
        residuals: [residual('cd')],
      };
    };
    const running = runTask(task);
    await until(() => began.length === 2);
    expect(began).toEqual(['abcd', 'cd']);
    expect(asked[0]).toBe(0.5);
    expect(env.now()).toBe(500);
    for (const { end } of open.values()) end();
    await running;
  });

  it('pitfall 27: tries only what a failed bundle kept again', async () => {
    const { open, began, read } = held();
    const { task, connection } = taskOf(
      plan('bounded'),
      { split: splitsInto('abcd', 'ef', 'gh'), read },
      { parallelism: 2, maxAttempts: 2 },
    );
    let given = false;
    connection.splitAnswer = () => {
      if (given) return undefined;
      given = true;
      return {
        lastPrimary: 0,
        firstResidual: 2,
        primaries: [todo('e')],
        residuals: [residual('f')],
      };
    };
    const running = runTask(task);
    await until(() => began.length === 2);
    expect(began).toEqual(['abcd+ef+gh', 'f+gh']);
    open.get('abcd+ef+gh')!.fail();
    await turn();
    expect(began.slice(2)).toEqual(['abcd+e']);
    for (const { end } of open.values()) end();
    await running;
  });

  it('SDF-3: a bundle that ends while a split is asked for waits for the answer', async () => {
    const { open, began, read } = held();
    const { task, connection } = taskOf(
      plan('bounded'),
      { split: splitsInto('abcd'), read },
      { parallelism: 2 },
    );
    let answer: (() => void) | undefined;
    connection.splitAnswer = () =>
      new Promise((resolve) => {
        answer = () =>
          resolve({
            lastPrimary: -1,
            firstResidual: 1,
            primaries: [todo('ab')],
            residuals: [residual('cd')],
          });
      });
    const running = runTask(task);
    await until(() => answer !== undefined);
    open.get('abcd')!.end();
    await turn();
    expect(task.stages[2]!.pendingElements).toBe(0);
    expect(task.stages[2]!.running).toBeDefined();
    connection.splitAnswer = () => undefined;
    answer!();
    await until(() => began.length === 2);
    expect(began).toEqual(['abcd', 'cd']);
    open.get('cd')!.end();
    await running;
  });

  it('SDF-3: fails with a split that takes back what was given away', async () => {
    const { open, read } = held();
    const { task, connection } = taskOf(
      plan('bounded'),
      { split: splitsInto('ab', 'ef'), read },
      { parallelism: 2 },
    );
    const splits = [0, 1].map((n) => ({ lastPrimary: n, firstResidual: n + 1 }));
    const answers = splits.map((split) => ({ primaries: [], residuals: [], ...split }));
    connection.splitAnswer = () => Promise.resolve(answers.shift());
    const failure = expect(runTask(task)).rejects.toMatchObject({ code: 'STRAHL-8001' });
    await until(() => {
      // Who has what was given away ends, so that somebody is idle again.
      open.get('ef')?.end();
      return answers.length === 0;
    });
    open.get('ab+ef')!.end();
    await failure;
  });

  it('SDF-5: its holder names the restriction, and since when it stands', async () => {
    let reads = 0;
    const read: StageFunction = (request) => {
      const [letters] = lettersIn(framesIn(request));
      if (letters === 'slow' && reads++ < 3) {
        return {
          ...nothing(request),
          residuals: [residual('slow', { watermark: at(5), resumeAfter: duration(100) })],
        };
      }
      return nothing(request);
    };
    const { task, env } = taskOf(plan('unbounded'), { split: splitsInto('fast', 'slow'), read });
    const seen: unknown[] = [];
    const stage = task.stages[2]!;
    const sleepUntil = env.sleepUntil.bind(env);
    env.clock.sleepUntil = (t, signal) => {
      seen.push(stage.watermarks.outputHolder);
      return sleepUntil(t, signal);
    };
    await runTask(task);
    expect(seen).toEqual(
      [0, 1, 2].map(() => ({ kind: 'restriction', part: 1, since: 0, idle: 0 })),
    );
  });
});

describe('DRN-1: a stage of restrictions that is drained', () => {
  const truncation = {
    stage: 'truncate' as never,
    source: 'truncate-source' as never,
    sideInputs: [],
  };

  it('asks user code once what is left of each restriction, and finishes that', async () => {
    const read: string[] = [];
    const asked: string[] = [];
    const { task } = taskOf(plan('unbounded', truncation), {
      split: splitsInto('keep', 'drop', 'cut'),
      read: (request) => {
        const [letters] = lettersIn(framesIn(request));
        read.push(letters!);
        if (read.length === 3) queueMicrotask(() => task.drain());
        if (read.length > 6) return nothing(request);
        const rest = residual(letters!, { resumeAfter: duration(1e9) });
        return { ...nothing(request), residuals: [rest] };
      },
      truncate: (request) => {
        const [letters] = lettersIn(framesIn(request));
        asked.push(letters!);
        const left = { keep: 'keep', cut: 'c' }[letters!];
        return emits(request.stage, ...(left === undefined ? [] : [todo(left)]));
      },
    });
    await runTask(task);
    expect(asked).toEqual(['keep', 'drop', 'cut']);
    // What comes back afterwards is what was left: nobody is asked again.
    expect(read.slice(0, 5)).toEqual(['keep', 'drop', 'cut', 'keep', 'c']);
    expect(new Set(read.slice(5))).toEqual(new Set(['keep', 'c']));
    expect(task.stages.map(({ watermarks }) => watermarks.output)).toEqual(
      task.stages.map(() => TIMESTAMP_MAX),
    );
  });

  it('asks a running bundle to end', async () => {
    const { open, began, read } = held();
    const { task, connection } = taskOf(plan('unbounded', truncation), {
      split: splitsInto('abcd'),
      read,
      truncate: nothing,
    });
    const asked: number[] = [];
    connection.splitAnswer = (_, { fractionOfRemainder }) => {
      asked.push(fractionOfRemainder);
      return {
        lastPrimary: -1,
        firstResidual: 1,
        primaries: [todo('a')],
        residuals: [residual('bcd')],
      };
    };
    const running = runTask(task);
    await turn();
    task.drain();
    await turn();
    open.get('abcd')!.end();
    await expect(running).resolves.toBe('done');
    expect([asked, began]).toEqual([[0], ['abcd']]);
    expect((task.stages[2] as RunningRestrictions).unfinished).toEqual([]);
  });
});

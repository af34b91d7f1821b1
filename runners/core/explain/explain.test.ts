// What a bug here would look like: an explanation that blames the wrong step, or that changes what it explains.
import { describe, expect, it } from '@jest/globals';
import type { BundleOutcome } from '#portability/fnapi/connection.js';
import { duration } from '#portability/model/time.js';
import { at, element, frameOf, tenOf, TENS, text } from '../input/frames.fixture.js';
import { emits } from '../plan.fixture.js';
import { taskOf } from '../task.fixture.js';
import {
  after,
  explained,
  minutes,
  plan,
  reads,
  settle,
  sideInputPlan,
  split,
  use,
  type Batch,
} from './explain.fixture.js';

const idle: Batch = {
  reads: [
    ['alice', 1],
    ['alice', 2],
    ['bob', 5],
  ],
  then: { watermark: 3, after: minutes(30) },
};

describe('explain', () => {
  it('names the source that holds the watermark, since when, and what to change', () => {
    const { text: explanation } = after([idle], 540_000);
    expect(explanation({ step: 'combine', key: 'alice' })).toBe(
      [
        'no pane yet for [00:00:00, 00:00:00.010) key "alice"   (2 elements buffered, 4 B)',
        ' └ waits for input watermark ≥ 00:00:00.010, now 00:00:00.003   (for 9 min)',
        '    └ "clicks/read" is at 00:00:00.003   (for 9 min)',
        '       └ "clicks/read" is caught up: nothing has come for 9 min; it looks again in 21 min',
        "fix  idleAfter: '1m'",
      ].join('\n'),
    );
  });

  it('chooses by itself the grouping that waits, and the group whose window ends first', () => {
    const { of } = after([idle], 540_000);
    expect(of().step).toBe('clicks/combine');
    expect(of().title).toMatch(/^no pane yet for \[00:00:00, 00:00:00\.010\) key/);
    expect(of().causes.at(-1)!.text).toContain('likewise no pane yet');
  });

  it('looks at the window that is asked for', () => {
    const second: Batch = { reads: [['alice', 15]], then: { watermark: 3, after: minutes(30) } };
    const first: Batch = { ...idle, then: { watermark: 3, after: duration(0) } };
    const { of } = after([first, second], 1_000);
    expect(of({ key: 'alice', window: at(17) }).title).toContain('[00:00:00.010, 00:00:00.020)');
  });

  it('changes nothing of what it explains', () => {
    const { task, text: explanation } = after([idle], 0);
    const before = JSON.stringify(task.stages.map(({ watermarks }) => watermarks));
    expect(explanation()).toBe(explanation());
    expect(JSON.stringify(task.stages.map(({ watermarks }) => watermarks))).toBe(before);
  });

  it('names a trigger that is not satisfied', () => {
    const trigger = { kind: 'repeat', subtrigger: { kind: 'element-count', count: 3 } } as const;
    const { of } = after([idle], 0, { ...TENS, trigger });
    expect(of({ key: 'bob' }).causes[0]).toMatchObject({
      kind: 'trigger',
      text: 'the trigger repeat(afterCount(3)) is not satisfied',
      causes: [],
    });
  });

  it('LATE-1: counts what was dropped as late, shows samples, and says what lateness would have kept them', () => {
    const first: Batch = { reads: [['alice', 1]], then: { watermark: 35, after: duration(0) } };
    const late: Batch = {
      reads: [
        ['alice', 4],
        ['bob', 6],
        ['alice', 40],
      ],
    };
    const { of, text: explanation } = after([first, late], 0);
    const drops = of({ step: 'combine', key: 'bob' });
    expect(drops.text).toBe(
      [
        'nothing is held for key "bob" at "clicks/combine"',
        ' └ 2 elements came too late for their windows and were dropped',
        '    └ key "bob" at 00:00:00.006 for [00:00:00, 00:00:00.010): the watermark was at 00:00:00.035, 25 ms past its end',
        ' └ the input has ended, 4 elements arrived so far: what was held is out',
        "fix  .window(…, { allowedLateness: '1s', panes: … })",
      ].join('\n'),
    );
    expect(explanation({ step: 'use' })).toContain('"use" has nothing more to emit');
  });

  it('says that nothing has arrived, and asks on upstream', () => {
    const none: Batch = { reads: [], then: { watermark: 3, after: minutes(1) } };
    const { text: explanation } = after([none], 20_000);
    expect(explanation({ key: 'zoe' })).toBe(
      [
        'nothing is held for key "zoe" at "clicks/combine"',
        ' └ nothing has arrived, the input watermark is 00:00:00.003   (for 20 s)',
        '    └ nothing waits at "clicks/combine": nothing has arrived',
        '       └ "clicks/read" is caught up: nothing has come yet; it looks again in 40 s',
        "fix  idleAfter: '1m'",
      ].join('\n'),
    );
    expect(explanation({ step: 'use' })).toContain('nothing waits at "use": nothing has arrived');
  });

  it('tells of elements that were read, and that no step behind the read gave on', () => {
    const none: Batch = { reads: [], drops: 3, then: { watermark: 3, after: minutes(1) } };
    const read = (ms: number) => after([none], ms).of({ step: 'combine' }).text.split('\n');
    expect(read(20_000).slice(-3)).toEqual([
      '       └ "clicks/read" is caught up: nothing has come for 20 s; it looks again in 40 s',
      '          └ 3 elements were read, none has left "clicks/read"',
      "fix  idleAfter: '1m'",
    ]);
    expect(read(0).slice(-2)).toEqual([
      '       └ "clicks/read" is caught up; it looks again in 1 min',
      '          └ 3 elements were read, none has left "clicks/read"',
    ]);
  });

  it('does not tell of what was dropped once something has left', () => {
    const more: Batch = { reads: [], drops: 3, then: { watermark: 3, after: minutes(30) } };
    const first = { ...idle, then: { watermark: 3, after: duration(0) } };
    expect(after([first, more], 0).of({ step: 'combine' }).text).not.toContain('were read');
  });

  it('names a bundle that runs, for how long, and a read that says nothing', () => {
    const planned = plan();
    const { task, env } = taskOf(planned, {
      split,
      'clicks/read': () => new Promise(() => undefined),
      use,
    });
    settle(task);
    env.advanceTo(90_000 as never);
    const { causes, fix } = explained(task, env, planned, { step: 'read' });
    expect(causes[0]).toMatchObject({
      kind: 'source-stalled',
      text: '"clicks/read" is reading and says nothing for 1 min 30 s',
    });
    expect(fix!.text).toContain('time limit');
  });

  it('names a function that does not return', () => {
    const planned = plan();
    const done: Batch = { reads: [['alice', 1]] };
    const { task, env } = taskOf(planned, {
      split,
      'clicks/read': reads(done),
      use: () => new Promise(() => undefined),
    });
    settle(task);
    env.advanceTo(61_000 as never);
    expect(explained(task, env, planned).text).toBe(
      [
        'no output from "use" at the moment',
        ' └ a bundle of "use" has been running for 1 min 1 s',
        'fix  let the function return, or give its calls a time limit',
      ].join('\n'),
    );
  });

  it('SID-2: names the side input that elements wait for, and who holds that', () => {
    const planned = sideInputPlan();
    const batch: Batch = { reads: [], then: { watermark: 3, after: minutes(1) } };
    const { task, env } = taskOf(planned, {
      split,
      'clicks/read': (request) => ({
        ...(reads(batch)(request) as BundleOutcome),
        ...emits(request.stage, frameOf([element('x', 5, tenOf(5))], text)),
        residuals: (reads(batch)(request) as BundleOutcome).residuals,
      }),
    });
    settle(task);
    const { causes } = explained(task, env, planned, { step: 'join' });
    expect(causes[0]).toMatchObject({ kind: 'side-input' });
    expect(causes[0]!.text).toContain('wait for the view, which is at 00:00:00.003');
  });

  it('refuses a step that the job does not have, or that may be several', () => {
    const { of } = after([idle], 0);
    expect(() => of({ step: 'nowhere' })).toThrow('the job has no step "nowhere"');
    expect(() => of({ step: 'nowhere' })).toThrow('"clicks/combine"');
    expect(of({ step: 'clicks' }).step).toBe('clicks');
  });
});

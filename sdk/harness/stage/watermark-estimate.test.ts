// What a bug here looks like: windows that close too early, or never.
import { describe, expect, it } from '@jest/globals';
import { duration, TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import type { WatermarkSetting } from '../../dofn/splittable.js';
import { watermarkEstimator } from '../../dofn/watermark-estimator.js';
import { WatermarkEstimate, type EstimateState } from './watermark-estimate.js';

const at = (ms: number): EventTime => ms as EventTime;

function started(setting: WatermarkSetting, state: EstimateState | null = null) {
  const clock = { now: 100_000 };
  const estimate = new WatermarkEstimate(setting, () => clock.now);
  estimate.start(state, TIMESTAMP_MIN);
  return { estimate, clock };
}

describe('the watermark of a restriction', () => {
  it('SDF-5: under manual is what was reported, and a lower report is an error', () => {
    const { estimate } = started({});
    expect(estimate.current()).toBe(TIMESTAMP_MIN);
    estimate.promise(at(5));
    estimate.promise(at(5));
    expect(estimate.current()).toBe(5);
    expect(() => estimate.promise(at(4))).toThrow(/STRAHL-4009/);
  });

  it('SDF-5: under monotonic is the greatest timestamp, less the disorder that is allowed', () => {
    const { estimate } = started({ watermark: 'monotonic', maxOutOfOrder: duration(10) });
    for (const t of [30, 50, 35]) estimate.observe(at(t));
    expect(estimate.current()).toBe(40);
    const strict = started({ watermark: 'monotonic' }).estimate;
    strict.observe(at(30));
    expect(() => strict.observe(at(29))).toThrow(/STRAHL-4009/);
  });

  it('is not pushed by what lies too far in the future', () => {
    const far = { watermark: 'monotonic', maxFutureSkew: duration(1_000) } as const;
    const { estimate } = started(far);
    for (const t of [90_000, 101_000, 101_001, 9e12]) estimate.observe(at(t));
    expect(estimate.current()).toBe(101_000);
    const manual = started({ maxFutureSkew: duration(1_000) }).estimate;
    manual.promise(at(9e12));
    expect(manual.current()).toBe(TIMESTAMP_MIN);
  });

  it('SDF-5: under processing time follows the clock, never back', () => {
    const { estimate, clock } = started({ watermark: 'processing-time' });
    expect(estimate.current()).toBe(100_000);
    clock.now = 90_000;
    expect(estimate.current()).toBe(100_000);
  });

  it('SDF-5: of an estimator of the user is what it says, and must not fall', () => {
    const rule = watermarkEstimator<number>({
      initial: () => 7,
      observe: (_, t) => t,
      watermark: (last) => last - 1,
    });
    const { estimate } = started({ watermark: rule });
    expect(estimate.current()).toBe(6);
    estimate.observe(at(20));
    expect(estimate.current()).toBe(19);
    const next = started({ watermark: rule }, estimate.state).estimate;
    expect(next.current()).toBe(19);
    next.observe(at(3));
    expect(() => next.current()).toThrow(/STRAHL-4009/);
  });

  it('SDF-1: goes on where its state was left, also as plain data', () => {
    const { estimate } = started({});
    expect(JSON.stringify(estimate.state)).toBe('[null,null,null,null]');
    estimate.promise(at(5));
    const state = JSON.parse(JSON.stringify(estimate.state)) as EstimateState;
    expect(started({}, state).estimate.current()).toBe(5);
  });
});

describe('WM-10: a restriction that asks to wait', () => {
  const setting = { idleAfter: duration(60_000) };

  it('is idle after a time without an output, and follows the clock from then on', () => {
    const { estimate, clock } = started(setting);
    estimate.promise(at(1));
    estimate.paused(false);
    expect([estimate.idle, estimate.current()]).toEqual([false, 1]);
    clock.now += 59_999;
    estimate.paused(false);
    expect(estimate.idle).toBe(false);
    clock.now += 1;
    estimate.paused(false);
    expect([estimate.idle, estimate.current()]).toEqual([true, 100_000]);
  });

  it('keeps its silence from bundle to bundle', () => {
    const { estimate } = started(setting);
    estimate.paused(false);
    const later = started(setting, estimate.state);
    later.clock.now += 60_000;
    later.estimate.paused(false);
    expect(later.estimate.idle).toBe(true);
  });

  it('comes back with its next output, and never pulls the watermark back', () => {
    const { estimate, clock } = started(setting);
    estimate.paused(false);
    clock.now += 70_000;
    estimate.paused(false);
    expect(estimate.current()).toBe(110_000);
    // What it reports itself may lie behind; it is late, but no error.
    estimate.promise(at(105_000));
    estimate.paused(true);
    expect([estimate.idle, estimate.current()]).toEqual([false, 110_000]);
    estimate.promise(at(120_000));
    expect(estimate.current()).toBe(120_000);
  });

  it("never is, if idleAfter is 'never'", () => {
    const { estimate, clock } = started({ idleAfter: 'never' });
    estimate.paused(false);
    clock.now += 1e9;
    estimate.paused(false);
    expect([estimate.idle, estimate.current()]).toEqual([false, TIMESTAMP_MIN]);
  });
});

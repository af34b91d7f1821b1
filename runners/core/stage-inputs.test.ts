import { describe, expect, it } from '@jest/globals';
import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import { StageInputs, type StageInput } from './stage-inputs.js';
import type { Bound } from './time/watermarks.js';

class Input implements StageInput {
  readonly pendingOnClock = undefined;
  asked = 0;
  time: number;
  readonly #partition: number;

  constructor(partition: number, time: number) {
    this.#partition = partition;
    this.time = time;
  }

  bound(): Bound {
    this.asked++;
    const holder = {
      kind: 'upstream',
      stage: 'from' as never,
      partition: this.#partition,
    } as const;
    return { time: this.time as EventTime, holder };
  }
}

describe('the inputs of a stage', () => {
  it('WM-9: are bound by the first of the least', () => {
    const [a, b, c] = [new Input(0, 7), new Input(1, 5), new Input(2, 5)];
    const inputs = new StageInputs([a, b, c]);
    expect(inputs.bound()).toMatchObject({ time: 5, holder: { partition: 1 } });
    b.time = 9;
    expect(inputs.bound()).toMatchObject({ time: 5, holder: { partition: 2 } });
    c.time = 8;
    expect(inputs.bound()).toMatchObject({ time: 7, holder: { partition: 0 } });
  });

  it('are done once all of them are, or there are none', () => {
    const input = new Input(0, TIMESTAMP_MAX);
    expect(new StageInputs([input]).bound().holder).toEqual({ kind: 'done' });
    expect(new StageInputs([]).bound()).toEqual({ time: TIMESTAMP_MAX, holder: { kind: 'done' } });
  });

  it('are not all asked again while the least has not moved', () => {
    const [least, other] = [new Input(0, 1), new Input(1, 2)];
    const inputs = new StageInputs([least, other]);
    inputs.bound();
    const before = other.asked;
    other.time = 3;
    expect(inputs.bound().time).toBe(1);
    expect(other.asked).toBe(before);
    least.time = 4;
    expect(inputs.bound()).toMatchObject({ time: 3, holder: { partition: 1 } });
  });
});

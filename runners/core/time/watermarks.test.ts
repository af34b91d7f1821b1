import { describe, expect, it } from '@jest/globals';
import { TIMESTAMP_MAX, TIMESTAMP_MIN } from '#portability/model/time.js';
import { at } from '../input/frames.fixture.js';
import { Watermarks, UNBOUNDED, type Bound } from './watermarks.js';

const upstream = (time: number): Bound => ({
  time: at(time),
  holder: { kind: 'upstream', stage: 's' as never },
});
const pending = (time: number): Bound => ({ time: at(time), holder: { kind: 'pending' } });
const hold = (time: number): Bound => ({
  time: at(time),
  holder: { kind: 'hold', reason: 'pane' },
});

describe('the watermarks of a stage', () => {
  // prettier-ignore
  it.each([
    // upstream      pending         holds             input, holder          output, holder
    [upstream(5),    [],             [],               5, 'upstream',         5, 'input'],
    [upstream(5),    [pending(3)],   [],               3, 'pending',          3, 'input'],
    [upstream(5),    [pending(9)],   [],               5, 'upstream',         5, 'input'],
    [upstream(5),    [],             [hold(4)],        5, 'upstream',         4, 'hold'],
    [upstream(5),    [pending(3)],   [hold(4)],        3, 'pending',          3, 'input'],
    [UNBOUNDED,      [],             [hold(4), hold(2)], TIMESTAMP_MAX, 'done', 2, 'hold'],
    [UNBOUNDED,      [],             [],               TIMESTAMP_MAX, 'done', TIMESTAMP_MAX, 'done'],
  ] as const)('WM-1: row %#', (from, waiting, holds, input, inputHolder, output, outputHolder) => {
    const w = new Watermarks();
    w.advanceInput(from, waiting);
    w.advanceOutput(holds);
    expect([w.input, w.inputHolder.kind, w.output, w.outputHolder.kind]).toEqual([
      input, inputHolder, output, outputHolder,
    ]);
  });

  it('WM-1: start at the minimum, held by nothing yet', () => {
    const w = new Watermarks();
    expect([w.input, w.output]).toEqual([TIMESTAMP_MIN, TIMESTAMP_MIN]);
    expect(w.outputHolder).toEqual({ kind: 'start' });
  });

  it('WM-2: never move back, whatever arrives late', () => {
    const w = new Watermarks();
    w.advanceInput(upstream(10), []);
    w.advanceOutput([]);
    expect(w.advanceInput(upstream(10), [pending(2)])).toBe(false);
    expect(w.advanceOutput([hold(1)])).toBe(false);
    expect([w.input, w.output]).toEqual([10, 10]);
    expect([w.inputHolder.kind, w.outputHolder.kind]).toEqual(['pending', 'hold']);
  });

  it('W4: of a batch stand at the minimum until nothing holds them', () => {
    const w = new Watermarks();
    w.batch = true;
    expect(w.advanceInput(upstream(10), [])).toBe(false);
    expect(w.advanceInput(UNBOUNDED, [pending(3)])).toBe(false);
    expect([w.input, w.inputHolder.kind]).toEqual([TIMESTAMP_MIN, 'pending']);
    expect(w.advanceInput(UNBOUNDED, [])).toBe(true);
    expect(w.advanceOutput([hold(4)])).toBe(false);
    expect(w.advanceOutput([])).toBe(true);
    expect([w.input, w.output]).toEqual([TIMESTAMP_MAX, TIMESTAMP_MAX]);
  });
});

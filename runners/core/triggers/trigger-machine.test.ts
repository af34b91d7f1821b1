// The rows of the table of triggers, one by one. A bug here would look like a trigger that fires too early,
// twice, or never again.
import { describe, expect, it } from '@jest/globals';
import { duration, type EventTime, type ProcessingTime } from '#portability/model/time.js';
import type { TimestampTransform, TriggerSpec } from '#portability/model/triggers.js';
import { transformed } from './processing-time-node.js';
import { usesSynchronizedTime } from './trigger-kinds.js';
import { TriggerMachine } from './trigger-machine.js';
import type { TriggerMoment } from './trigger-moment.js';

const count = (n: number): TriggerSpec => ({ kind: 'element-count', count: n });
const repeat = (subtrigger: TriggerSpec): TriggerSpec => ({ kind: 'repeat', subtrigger });
const delay = (ms: number): TriggerSpec => ({
  kind: 'after-processing-time',
  transforms: [{ kind: 'delay', delay: duration(ms) }],
});
const end = (early?: TriggerSpec, late?: TriggerSpec): TriggerSpec => ({
  kind: 'after-end-of-window',
  ...(early && { early }),
  ...(late && { late }),
});
const all = (...subtriggers: readonly TriggerSpec[]): TriggerSpec => ({
  kind: 'after-all',
  subtriggers,
});
const any = (...subtriggers: readonly TriggerSpec[]): TriggerSpec => ({
  kind: 'after-any',
  subtriggers,
});
const each = (...subtriggers: readonly TriggerSpec[]): TriggerSpec => ({
  kind: 'after-each',
  subtriggers,
});
const until = (main: TriggerSpec, last: TriggerSpec): TriggerSpec => ({
  kind: 'or-finally',
  main,
  finally: last,
});

/** One machine for a window whose last timestamp is 9, whose state lies somewhere in an array. */
class Player {
  readonly machine: TriggerMachine;
  readonly cells: Float64Array;
  readonly at = 3;
  readonly wakes: number[] = [];
  readonly moment: TriggerMoment = {
    maxTimestamp: 9 as EventTime,
    inputWatermark: 0 as EventTime,
    clock: 0 as ProcessingTime,
    synchronized: 0 as ProcessingTime,
    fresh: false,
    arriving: 1,
    wake: (time) => this.wakes.push(time),
  };

  constructor(spec: TriggerSpec, merges = false) {
    this.machine = new TriggerMachine(spec, merges);
    this.cells = new Float64Array(this.machine.size + 6).fill(-7);
    this.machine.start(this.cells, this.at);
  }

  /** `e`: element, `w10`: watermark, `c5`: clock; then `!` fires if it should: `-`, `fire` or `last`. */
  play(script: string): string {
    const { machine, cells, at, moment } = this;
    return script
      .split(' ')
      .flatMap((step) => {
        if (step === 'e') {
          moment.fresh = true;
          machine.onElements(cells, at, moment);
        } else if (step.startsWith('w')) moment.inputWatermark = Number(step.slice(1)) as EventTime;
        else if (step.startsWith('c')) moment.clock = Number(step.slice(1)) as ProcessingTime;
        else if (!machine.shouldFire(cells, at, moment)) return ['-'];
        else {
          moment.fresh = false;
          return [machine.onFire(cells, at, moment) ? 'last' : 'fire'];
        }
        return [];
      })
      .join(' ');
  }
}

describe('a trigger machine', () => {
  // prettier-ignore
  it.each([
    ['default',                 { kind: 'default' },           'e ! w9 ! w10 ! e !',                 '- - fire fire'],
    ['after_end_of_window',     end(),                         'e ! w9 ! w10 !',                     '- - last'],
    ['early and end',           end(count(2)),                 'e ! e ! e ! e ! w10 !',              '- fire - fire last'],
    ['late',                    end(undefined, count(2)),      'e e ! w10 ! ! e ! e ! e e !',        '- fire - - fire fire'],
    ['early and late',          end(count(2), count(1)),       'e e ! w10 ! ! e !',                  'fire fire - fire'],
    ['element_count',           count(2),                      'e ! e !',                            '- last'],
    ['after_processing_time',   delay(5),                      'e ! c5 ! c6 !',                      '- - last'],
    ['from the first element',  repeat(delay(5)),              'e c4 e c6 ! c7 e c12 ! c13 !',       'fire - fire'],
    ['after_all',               all(count(2), delay(5)),       'e e ! c6 !',                         '- last'],
    ['after_all, other order',  repeat(all(delay(5), count(2))), 'e c6 ! e ! e ! e c12 !',           '- fire - fire'],
    ['after_any, first',        any(count(2), delay(5)),       'e ! e !',                            '- last'],
    ['after_any, second',       any(count(2), delay(5)),       'e c6 !',                             'last'],
    ['after_any, repeated',     repeat(any(count(2), delay(5))), 'e e ! e c6 ! c7 !',                'fire fire -'],
    ['after_each',              each(count(1), count(2)),      'e ! e ! e !',                        'fire - last'],
    ['after_each, repeated',    repeat(each(count(1), count(2))), 'e ! e e ! e !',                   'fire fire fire'],
    ['or_finally, main',        until(repeat(count(2)), count(5)), 'e e ! e e ! e !',                'fire fire last'],
    ['or_finally, both',        until(repeat(count(2)), end()), 'e e ! w10 !',                       'fire last'],
    ['or_finally, main ends',   until(count(2), count(5)),     'e e !',                              'last'],
    ['repeat',                  repeat(count(2)),              'e e ! e ! e !',                      'fire - fire'],
    ['always',                  { kind: 'always' },            '! e ! ! e !',                        '- fire - fire'],
    ['never',                   { kind: 'never' },             'e ! w10 !',                          '- -'],
  ] as readonly (readonly [string, TriggerSpec, string, string])[])('%s', (_, spec, script, fired) => {
    const player = new Player(spec);
    expect(player.play(script)).toBe(fired);
    // M1: nothing around its cells has changed.
    const { cells, at, machine } = player;
    expect([...cells.slice(0, at), ...cells.slice(at + machine.size)]).toEqual([-7, -7, -7, -7, -7, -7]);
  });

  it('M3: clearing forgets what was counted, but not what is finished', () => {
    const player = new Player(count(1));
    player.play('e !');
    player.machine.clear(player.cells, player.at);
    expect(player.machine.isFinished(player.cells, player.at)).toBe(true);
  });

  it('says when it wants to be asked again, once per pane', () => {
    const player = new Player(repeat(any(delay(5), delay(7))));
    player.play('c2 e c3 e');
    expect(player.wakes).toEqual([7, 9]);
  });

  it('keeps the bits of more than thirty-one parts', () => {
    const spec = each(...Array.from({ length: 40 }, () => count(1)));
    const player = new Player(spec);
    expect(player.play(Array(40).fill('e !').join(' '))).toBe(
      [...Array<string>(39).fill('fire'), 'last'].join(' '),
    );
  });

  it('waits for synchronized time instead of the clock', () => {
    const player = new Player({ kind: 'after-synchronized-processing-time' });
    expect(player.play('e c100 !')).toBe('-');
    player.moment.synchronized = 1 as ProcessingTime;
    expect(player.play('!')).toBe('last');
    expect([
      usesSynchronizedTime(repeat(delay(1))),
      usesSynchronizedTime(repeat({ kind: 'after-synchronized-processing-time' })),
    ]).toEqual([false, true]);
  });
});

describe('machines that merge', () => {
  /** Plays two windows, merges them into one whose last timestamp is `max`, and goes on. */
  function merged(spec: TriggerSpec, a: string, b: string, max: number, then: string): string {
    const first = new Player(spec, true);
    const second = new Player(spec, true);
    first.play(a);
    second.play(b);
    const { machine, moment } = first;
    const cells = new Float64Array(machine.size * 2);
    cells.set(first.cells.subarray(first.at, first.at + machine.size));
    cells.set(second.cells.subarray(second.at, second.at + machine.size), machine.size);
    moment.inputWatermark = Math.max(
      moment.inputWatermark,
      second.moment.inputWatermark,
    ) as EventTime;
    moment.clock = Math.max(moment.clock, second.moment.clock) as ProcessingTime;
    moment.maxTimestamp = max as EventTime;
    machine.onMerge({ cells, places: [0, machine.size] }, first.cells, first.at, moment);
    const finished = machine.isFinished(first.cells, first.at) ? 'finished ' : '';
    return finished + first.play(then);
  }

  // prettier-ignore
  it.each([
    ['counts add',                                     count(3),                'e',          'e e',       20, '!',         'last'],
    ['finished counts stay finished',                  count(2),                'e e !',      'e',         20, '!',         'finished -'],
    ['the earliest time of all',                       delay(5),                'c1 e c3',    'c3 e',      20, 'c6 ! c7 !', '- last'],
    ['an end ahead again',                             end(),                   'w10 !',      'e w10',     20, '! w21 !',   '- last'],
    ['an end that both have passed',                   end(),                   'w10 !',      'w10 !',      8, 'e',         'finished '],
    ['back to early panes',                            end(count(2), count(1)), 'w10 !',      'e',         20, 'e !',       'fire'],
    ['late panes if all are late and the end is passed', end(count(2), count(2)), 'w10 ! e',  'w10 ! e',    9, '!',         'fire'],
    ['all: finished if every one is',                  all(count(1), count(2)), 'e',          'e',         20, '!',         'last'],
    ['any: finished if one is',                        any(count(1), count(2)), 'e !',        'e',         20, 'e',         'finished '],
    ['each: in order, as far as finished',             each(count(1), count(3)), 'e ! e',     'e ! e e',   20, 'e e e !',   'last'],
    ['or finally: both',                               until(repeat(count(3)), count(9)), 'e', 'e e',       20, '!',         'fire'],
    ['repeat: goes on',                                repeat(count(3)),        'e e',        'e',         20, '! e !',     'fire -'],
  ] as readonly (readonly [string, TriggerSpec, string, string, number, string, string])[])('%s', (_, spec, a, b, max, then, fired) => {
    expect(merged(spec, a, b, max, then)).toBe(fired);
  });
});

describe('times of the clock', () => {
  const aligned: TimestampTransform = {
    kind: 'align-to',
    period: duration(10),
    offset: duration(3),
  };

  it.each([
    [12, 13],
    [13, 13],
    [14, 23],
    [-8, -7],
  ])('align_to moves %d up to %d, and leaves an aligned time', (from, to) => {
    expect(transformed(from as ProcessingTime, [aligned])).toBe(to);
  });

  it('are transformed one after the other', () => {
    const late: TimestampTransform = { kind: 'delay', delay: duration(5) };
    expect(transformed(9 as ProcessingTime, [late, aligned])).toBe(23);
    expect(transformed(9 as ProcessingTime, [aligned, late])).toBe(18);
  });
});

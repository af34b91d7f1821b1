// What a bug here would look like: a second grouping that waits for elements that never come, or a pipeline
// that is built without a word and loses what comes after its trigger has finished.
import { describe, expect, it } from '@jest/globals';
import { duration } from './time.js';
import { continuationOf, describeTrigger, isSafe, mayFinish, unsafeText } from './trigger-rules.js';
import type { TriggerSpec } from './triggers.js';

const count = (n: number): TriggerSpec => ({ kind: 'element-count', count: n });
const repeat = (subtrigger: TriggerSpec): TriggerSpec => ({ kind: 'repeat', subtrigger });
const DEFAULT: TriggerSpec = { kind: 'default' };
const SYNCHRONIZED: TriggerSpec = { kind: 'after-synchronized-processing-time' };
const DELAY: TriggerSpec = {
  kind: 'after-processing-time',
  transforms: [{ kind: 'delay', delay: duration(1000) }],
};
const end = (early?: TriggerSpec, late?: TriggerSpec): TriggerSpec => ({
  kind: 'after-end-of-window',
  ...(early && { early }),
  ...(late && { late }),
});
const several = (
  kind: 'after-all' | 'after-any' | 'after-each',
  ...subtriggers: readonly TriggerSpec[]
): TriggerSpec => ({ kind, subtriggers });
const until = (main: TriggerSpec, last: TriggerSpec): TriggerSpec => ({
  kind: 'or-finally',
  main,
  finally: last,
});

describe('pitfall 19, TRG-2: the continuation', () => {
  // prettier-ignore
  it.each([
    [DEFAULT,                                     DEFAULT],
    [{ kind: 'never' },                           { kind: 'never' }],
    [{ kind: 'always' },                          { kind: 'always' }],
    [SYNCHRONIZED,                                SYNCHRONIZED],
    [end(),                                       end()],
    [end(count(5), repeat(DELAY)),                end(count(1), repeat(SYNCHRONIZED))],
    [count(7),                                    count(1)],
    [DELAY,                                       SYNCHRONIZED],
    [several('after-all', count(2), DELAY),       several('after-all', count(1), SYNCHRONIZED)],
    [several('after-any', count(2), DELAY),       several('after-any', count(1), SYNCHRONIZED)],
    [several('after-each', count(2), DELAY),      repeat(several('after-any', count(1), SYNCHRONIZED))],
    [until(repeat(count(2)), end()),              repeat(until(repeat(count(1)), end()))],
    [repeat(count(9)),                            repeat(count(1))],
  ] as readonly (readonly [TriggerSpec, TriggerSpec])[])('row %#', (trigger, continuation) => {
    expect(continuationOf(trigger)).toEqual(continuation);
  });
});

describe('pitfall 20, TRG-3 and TRG-4: a trigger', () => {
  // prettier-ignore
  it.each([
    // trigger                                         may finish  safe  safe with allowed lateness
    [DEFAULT,                                          false,      true,  true],
    [{ kind: 'always' },                               false,      true,  true],
    [repeat(count(2)),                                 false,      true,  true],
    [{ kind: 'never' },                                true,       true,  true],
    [count(2),                                         true,       false, false],
    [DELAY,                                            true,       false, false],
    [SYNCHRONIZED,                                     true,       false, false],
    [end(),                                            true,       true,  false],
    [end(repeat(count(1))),                            true,       true,  false],
    [end(undefined, repeat(count(1))),                 false,      true,  true],
    [end(repeat(count(1)), count(1)),                  false,      true,  true],
    [several('after-any', repeat(count(1)), DELAY),    true,       false, false],
    [several('after-all', count(1), DELAY),            true,       false, false],
    [several('after-each', count(1), count(2)),        true,       false, false],
    [several('after-each', count(1), repeat(DELAY)),   false,      true,  true],
    [until(repeat(count(1)), DELAY),                   true,       false, false],
    [until(repeat(count(1)), DEFAULT),                 false,      true,  true],
    [repeat(until(repeat(count(1)), DELAY)),           false,      true,  true],
  ] as readonly (readonly [TriggerSpec, boolean, boolean, boolean])[])('row %#', (trigger, finishes, safe, safeLate) => {
    expect([
      mayFinish(trigger),
      isSafe(trigger, duration(0)),
      isSafe(trigger, duration(1)),
    ]).toEqual([finishes, safe, safeLate]);
  });

  it('is called unsafe in the words of Beam, with the functions of the DSL', () => {
    expect(unsafeText(until(repeat(several('after-any', count(2), DELAY)), end(count(1))))).toBe(
      "Unsafe trigger 'repeat(anyOf(afterCount(2), afterProcessingTime(1000 ms)))" +
        ".until(afterWatermark().early(afterCount(1)))' may lose data, " +
        'did you mean to wrap it in `Repeatedly.forever(...)`?',
    );
    expect(describeTrigger(several('after-each', DEFAULT, SYNCHRONIZED))).toBe(
      'inOrder(defaultTrigger(), afterSynchronizedProcessingTime())',
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Graph } from '#portability/model/graph.js';
import { environmentId, windowingStrategyId } from '#portability/model/ids.js';
import { duration } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { asMeant } from './meant-windowing.js';

// The same message means different panes in different SDKs; users judge by what theirs promises.

const after = (seconds: number): TriggerSpec => ({
  kind: 'after-processing-time',
  transforms: [{ kind: 'delay', delay: duration(seconds * 1000) }],
});

function meant(trigger: TriggerSpec, sdk: string): WindowingStrategy {
  const environment = { urn: 'e', capabilities: [`beam:version:sdk_base:apache/beam_${sdk}_sdk`] };
  const strategy = {
    environmentId: environmentId('env'),
    closing: 'always',
    onTime: 'always',
    trigger,
  };
  const id = windowingStrategyId('w');
  const components = {
    environments: new Map([[environmentId('env'), environment]]),
    windowingStrategies: new Map([[id, strategy]]),
  };
  return asMeant({ components } as unknown as Graph).components.windowingStrategies.get(id)!;
}

/** When a pane whose first element came at 0 is due: behind this time. */
const dueOf = ({ trigger }: WindowingStrategy): number =>
  trigger.kind === 'after-processing-time'
    ? trigger.transforms.reduce((sum, t) => sum + (t.kind === 'delay' ? t.delay : NaN), 0)
    : NaN;

describe('windowing as its SDK means it', () => {
  it('is what the message says for SDKs other than Python', () => {
    const strategy = meant(after(5), 'java');
    expect(strategy).toMatchObject({ closing: 'always', onTime: 'always', trigger: after(5) });
  });

  it('M1, M2: Python emits nothing empty that no trigger asked for', () => {
    expect(meant(after(5), 'python3.11')).toMatchObject({
      closing: 'if-non-empty',
      onTime: 'if-non-empty',
    });
    const early: TriggerSpec = { kind: 'after-end-of-window', early: after(5) };
    expect(meant({ kind: 'after-each', subtriggers: [early] }, 'python3.11').onTime).toBe('always');
  });

  it('M3: a delay of Python is over when the clock shows its end', () => {
    expect(dueOf(meant(after(5), 'python3.11'))).toBe(4999);
    expect(meant({ kind: 'after-end-of-window', late: after(5) }, 'python3.11').trigger).toEqual({
      kind: 'after-end-of-window',
      late: { ...after(5), transforms: [expect.anything(), { kind: 'delay', delay: -1 }] },
    });
  });
});

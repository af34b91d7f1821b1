// Scripts of one key or two, one event after the other, and the panes that come of them, as short lines.
import type { Runner } from 'strahl/runners/direct';
import { duration } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import { runOn } from '../simulation/engine.js';
import type { RefEvent, RefPane, RefStrategy, RefWindowFn } from '../simulation/script.js';

export const GLOBAL: RefWindowFn = { kind: 'global' };
export const fixedOf = (size: number, offset = 0): RefWindowFn => ({ kind: 'fixed', size, offset });
export const slidingOf = (size: number, period: number): RefWindowFn => ({
  kind: 'sliding',
  size,
  period,
});
export const sessionsOf = (gap: number): RefWindowFn => ({ kind: 'sessions', gap });

export const DEFAULT: TriggerSpec = { kind: 'default' };
export const NEVER: TriggerSpec = { kind: 'never' };
export const every = (count: number): TriggerSpec => again({ kind: 'element-count', count });
export const again = (subtrigger: TriggerSpec): TriggerSpec => ({ kind: 'repeat', subtrigger });
export const after = (ms: number): TriggerSpec => ({
  kind: 'after-processing-time',
  transforms: [{ kind: 'delay', delay: duration(ms) }],
});
export const atEnd = (early?: TriggerSpec, late?: TriggerSpec): TriggerSpec => ({
  kind: 'after-end-of-window',
  ...(early === undefined ? {} : { early }),
  ...(late === undefined ? {} : { late }),
});

/** What differs from: discarding, no lateness, end of window, on time always, closing if not empty. */
export type Options = Partial<Omit<RefStrategy, 'windowFn' | 'trigger'>>;

export function strategyOf(windowFn: RefWindowFn, trigger: TriggerSpec, o: Options): RefStrategy {
  return {
    windowFn,
    trigger,
    accumulating: false,
    lateness: 0,
    timestamps: 'end-of-window',
    closingAlways: false,
    onTimeAlways: true,
    ...o,
  };
}

/**
 * `a2@5` is an element of key `a`, value 2, time 5; `w9` moves the watermark to 9, `p3` lets 3 ms pass. `+`
 * joins elements that come together.
 */
export function eventsOf(script: string): readonly RefEvent[] {
  return script.split(' ').map((token): RefEvent => {
    const n = Number(token.slice(1));
    if (token.startsWith('w')) return { kind: 'watermark', time: n };
    if (token.startsWith('p')) return { kind: 'clock', by: n };
    const elements = token.split('+').map((element) => {
      const [value, time] = element.slice(1).split('@').map(Number);
      return { key: element[0]!, value: value!, time: time! };
    });
    return { kind: 'elements', elements };
  });
}

/** `a [0, 10) early 0/-1 first @9: 1,2`: timing, index and non-speculative index, timestamp, values. */
export function lineOf(pane: RefPane): string {
  const { key, window, timing, index, nonSpeculative, first, last, time, values } = pane;
  const place = `${first ? ' first' : ''}${last ? ' last' : ''}`;
  const numbers = `${String(index)}/${String(nonSpeculative)}`;
  return `${key} ${window} ${timing} ${numbers}${place} @${String(time)}: ${values.join()}`;
}

/** All panes, windows in any order, and what was dropped. */
export async function panesOf(
  runner: Runner,
  strategy: RefStrategy,
  script: string,
  output: 'values' | 'sum' = 'values',
): Promise<readonly string[]> {
  const result = await runOn(runner, { strategy, events: eventsOf(script), output });
  const lines = result.panes.map(lineOf).sort();
  const { droppedLate, droppedClosed } = result;
  if (droppedLate > 0) lines.push(`${String(droppedLate)} too late`);
  if (droppedClosed > 0) lines.push(`${String(droppedClosed)} after the last pane`);
  return lines;
}

/** A script and all panes that must come of it. */
export type PaneRow = readonly [
  name: string,
  windowFn: RefWindowFn,
  trigger: TriggerSpec,
  options: Options,
  script: string,
  expected: readonly string[],
];

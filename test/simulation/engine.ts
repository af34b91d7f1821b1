// The same scenario on the engine: a pipeline of the public interface, in a world made from a seed.
import {
  afterCount,
  afterProcessingTime,
  afterWatermark,
  allOf,
  always,
  anyOf,
  defaultTrigger,
  fixed,
  globalWindow,
  inOrder,
  never,
  pipeline,
  repeat,
  s,
  sessions,
  sliding,
  sum,
  type PCollection,
  type Root,
  type Source,
  type Trigger,
  type WindowFn,
} from 'strahl';
import type { Runner } from 'strahl/runners/direct';
import { duration, type EventTime } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { ScriptedEvent } from '#sdk/graph/graph-node.js';
import { collect } from '#sdk/testing/collect.js';
import type { Collected } from '#sdk/testing/collected.js';
import { defineTestStream } from '#sdk/transforms/reading/read.js';
import type { Scenario } from './scenario.js';
import type { RefEvent, RefPane, RefResult, RefWindowFn } from './script.js';

const Element = s.row({ key: s.string, value: s.int });
type Element = { readonly key: string; readonly value: number };

export function windowFnOf(fn: RefWindowFn): WindowFn {
  switch (fn.kind) {
    case 'global':
      return globalWindow();
    case 'fixed':
      return fixed(fn.size, { offset: fn.offset });
    case 'sliding':
      return sliding(fn.size, fn.period);
    case 'sessions':
      return sessions(fn.gap);
  }
}

export function triggerOf(spec: TriggerSpec): Trigger {
  switch (spec.kind) {
    case 'default':
      return defaultTrigger();
    case 'never':
      return never();
    case 'always':
      return always();
    case 'element-count':
      return afterCount(spec.count);
    case 'after-processing-time': {
      const [delay] = spec.transforms;
      return afterProcessingTime(delay?.kind === 'delay' ? delay.delay : 0);
    }
    case 'after-end-of-window': {
      const early = spec.early === undefined ? undefined : triggerOf(spec.early);
      const late = spec.late === undefined ? undefined : triggerOf(spec.late);
      let trigger = afterWatermark();
      if (early !== undefined) trigger = trigger.early(early);
      if (late !== undefined) trigger = trigger.late(late);
      return trigger;
    }
    case 'after-all':
      return allOf(...spec.subtriggers.map(triggerOf));
    case 'after-any':
      return anyOf(...spec.subtriggers.map(triggerOf));
    case 'after-each':
      return inOrder(...spec.subtriggers.map(triggerOf));
    case 'or-finally':
      return triggerOf(spec.main).until(triggerOf(spec.finally));
    case 'repeat':
      return repeat(triggerOf(spec.subtrigger));
    default:
      throw new RangeError(`no trigger of kind ${spec.kind}`);
  }
}

/** The events as a source; elements of one event come in one bundle at most. */
export function streamOf(events: readonly RefEvent[]): Source<Element, 'unbounded'> {
  const scripted = events.map((event): ScriptedEvent => {
    switch (event.kind) {
      case 'watermark':
        return { kind: 'watermark', time: event.time as EventTime };
      case 'clock':
        return { kind: 'processing-time', advance: duration(event.by) };
      case 'elements': {
        const elements = event.elements.map(({ time, key, value }) => ({
          value: { key, value },
          timestamp: time as EventTime,
        }));
        return { kind: 'elements', elements };
      }
    }
  });
  return defineTestStream(scripted, Element);
}

type Row = readonly [string, number | readonly number[]];

/** What a runner makes of the scenario, in the form of the reference. */
export async function runOn(runner: Runner, scenario: Scenario): Promise<RefResult> {
  return panesOn(runner, scenario, (p) => p.read(streamOf(scenario.events)));
}

/** What the scenario makes of any input. */
export async function panesOn(
  runner: Runner,
  { strategy, output }: Scenario,
  input: (p: Root) => PCollection<Element, 'unbounded', 'none'>,
): Promise<RefResult> {
  const out: Collected<Row>[] = [];
  const test = pipeline('simulated', (p) => {
    const keyed = input(p)
      .keyBy((e) => e.key)
      .mapValues(({ value }) => value)
      .window(windowFnOf(strategy.windowFn), {
        trigger: triggerOf(strategy.trigger),
        allowedLateness: strategy.lateness,
        panes: strategy.accumulating ? 'accumulating' : 'discarding',
        timestampCombiner: strategy.timestamps,
        closing: strategy.closingAlways ? 'always' : 'if-non-empty',
        onTime: strategy.onTimeAlways ? 'always' : 'if-non-empty',
      });
    const rows =
      output === 'sum'
        ? keyed.combineWith(sum((n) => n)).map(([key, n]): Row => [key, n])
        : keyed
            .groupByKey()
            .map(async ([key, group]): Promise<Row> => [key, await group.toArray()]);
    collect(rows as never, out);
  });
  const { metrics } = await test.run({}, { runner });
  return {
    panes: out.map(paneOf),
    droppedLate: metrics.counter('droppedDueToLateness'),
    droppedClosed: metrics.counter('droppedDueToClosedWindow'),
  };
}

function paneOf({ value: [key, values], timestamp, window, pane }: Collected<Row>): RefPane {
  const { timing, index, nonSpeculativeIndex, first, last } = pane;
  return {
    key,
    window:
      window.kind === 'interval' ? `[${String(window.start)}, ${String(window.end)})` : 'global',
    values: typeof values === 'number' ? [values] : [...values].sort((a, b) => a - b),
    time: timestamp,
    timing: timing as RefPane['timing'],
    index,
    nonSpeculative: nonSpeculativeIndex,
    first,
    last,
  };
}

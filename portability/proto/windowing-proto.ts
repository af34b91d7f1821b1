import { StrahlError } from '../errors.js';
import { coderId, environmentId, type WindowingStrategyId } from '../model/ids.js';
import { duration } from '../model/time.js';
import { DEFAULT_TRIGGER } from '../model/triggers.js';
import type {
  Accumulation,
  FiringBehavior,
  MergeStatus,
  TimestampCombiner,
  WindowingStrategy,
} from '../model/windowing.js';
import type { Init } from './codec.js';
import {
  AccumulationMode,
  ClosingBehavior,
  encodeWindowingStrategy,
  MergeStatus as MergeStatusProto,
  OnTimeBehavior,
  OutputTime,
  type WindowingStrategy as Message,
} from './generated/pipeline.js';
import { keptFields, sameBytes } from './kept-fields.js';
import { timeToInt64 } from './proto-time.js';
import { triggerFromProto, triggerToProto } from './trigger-proto.js';
import { readWindowFn, writeWindowFn } from './window-fn.js';

const MERGE_STATUS: Readonly<Record<MergeStatus, MergeStatusProto>> = {
  'non-merging': MergeStatusProto.NON_MERGING,
  'needs-merge': MergeStatusProto.NEEDS_MERGE,
  'already-merged': MergeStatusProto.ALREADY_MERGED,
};
const ACCUMULATION: Readonly<Record<Accumulation, AccumulationMode>> = {
  discarding: AccumulationMode.DISCARDING,
  accumulating: AccumulationMode.ACCUMULATING,
  retracting: AccumulationMode.RETRACTING,
};
const OUTPUT_TIME: Readonly<Record<TimestampCombiner, OutputTime>> = {
  'end-of-window': OutputTime.END_OF_WINDOW,
  earliest: OutputTime.EARLIEST_IN_PANE,
  latest: OutputTime.LATEST_IN_PANE,
};
const CLOSING: Readonly<Record<FiringBehavior, ClosingBehavior>> = {
  always: ClosingBehavior.EMIT_ALWAYS,
  'if-non-empty': ClosingBehavior.EMIT_IF_NONEMPTY,
};
const ON_TIME: Readonly<Record<FiringBehavior, OnTimeBehavior>> = {
  always: OnTimeBehavior.FIRE_ALWAYS,
  'if-non-empty': OnTimeBehavior.FIRE_IF_NONEMPTY,
};

/** What a strategy was read from, where writing it anew would give other bytes (G3 of `model/graph.ts`). */
const readFrom = new WeakMap<WindowingStrategy, Message>();

/**
 * @throws STRAHL-1003 when the window function or an enum is missing or of no known value, 1203 for a
 * negative lateness, 2002 for a bad payload of the window function
 */
export function windowingFromProto(id: WindowingStrategyId, m: Message): WindowingStrategy {
  if (m.windowFn === undefined) throw broken(id, 'names no window function');
  const { accumulationMode, closingBehavior, onTimeBehavior } = m;
  const strategy: WindowingStrategy = Object.freeze({
    windowFn: readWindowFn({
      urn: m.windowFn.urn,
      payload: m.windowFn.payload,
      ...keptFields(m.windowFn),
    }),
    mergeStatus: nameOf(id, 'merge_status', MERGE_STATUS, m.mergeStatus),
    windowCoderId: coderId(m.windowCoderId),
    trigger: m.trigger === undefined ? DEFAULT_TRIGGER : triggerFromProto(m.trigger),
    accumulation: nameOf(id, 'accumulation_mode', ACCUMULATION, accumulationMode),
    timestampCombiner: nameOf(id, 'output_time', OUTPUT_TIME, m.outputTime),
    closing: nameOf(id, 'closing_behavior', CLOSING, closingBehavior),
    onTime: nameOf(id, 'on_time_behavior', ON_TIME, onTimeBehavior),
    allowedLateness: lateness(id, m.allowedLateness),
    assignsToOneWindow: m.assignsToOneWindow,
    ...(m.environmentId === '' ? {} : { environmentId: environmentId(m.environmentId) }),
    ...keptFields(m),
  });
  const again = encodeWindowingStrategy(windowingToProto(strategy));
  if (!sameBytes(again, encodeWindowingStrategy(m))) readFrom.set(strategy, m);
  return strategy;
}

export function windowingToProto(strategy: WindowingStrategy): Init<Message> {
  const exact = readFrom.get(strategy);
  if (exact !== undefined) return exact;
  return {
    windowFn: writeWindowFn(strategy.windowFn),
    mergeStatus: MERGE_STATUS[strategy.mergeStatus],
    windowCoderId: strategy.windowCoderId,
    trigger: triggerToProto(strategy.trigger),
    accumulationMode: ACCUMULATION[strategy.accumulation],
    outputTime: OUTPUT_TIME[strategy.timestampCombiner],
    closingBehavior: CLOSING[strategy.closing],
    allowedLateness: timeToInt64(strategy.allowedLateness),
    onTimeBehavior: ON_TIME[strategy.onTime],
    assignsToOneWindow: strategy.assignsToOneWindow,
    environmentId: strategy.environmentId,
    unknownFields: strategy.unknownFields,
  };
}

/** The model's name of an enum value. Beam gives none of these enums a default: 0 is an omission. */
function nameOf<Name extends string>(
  id: WindowingStrategyId,
  field: string,
  numbers: Readonly<Record<Name, number>>,
  value: number,
): Name {
  const found = Object.entries(numbers).find(([, number]) => number === value);
  if (found !== undefined) return found[0] as Name;
  throw broken(
    id,
    `has ${field} ${String(value)}, expected one of 1…${String(Object.keys(numbers).length)}`,
  );
}

function lateness(id: WindowingStrategyId, ms: bigint): WindowingStrategy['allowedLateness'] {
  if (ms >= 0n) return duration(Number(ms));
  throw new StrahlError('windowOutOfRange', {
    title: `windowing strategy "${id}" has a negative allowed lateness (${String(ms)} ms)`,
  });
}

function broken(id: WindowingStrategyId, problem: string): StrahlError {
  return new StrahlError('brokenGraph', { title: `windowing strategy "${id}" ${problem}` });
}

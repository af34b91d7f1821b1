import { DEFAULT_TRIGGER, type TimestampTransform, type TriggerSpec } from '../model/triggers.js';
import { duration } from '../model/time.js';
import type { Init } from './codec.js';
import {
  decodeTrigger,
  encodeTrigger,
  type TimestampTransform as TransformProto,
  type Trigger,
} from './generated/pipeline.js';
import { sameBytes } from './kept-fields.js';

/** What a trigger was read from, where its typed view says less than the message did (G3 of `model/graph.ts`). */
const readFrom = new WeakMap<TriggerSpec, Init<Trigger>>();

/** The typed view of a trigger; one of a newer Beam is `unknown` and keeps its bytes. */
export function triggerFromProto(message: Trigger): TriggerSpec {
  const trigger = Object.freeze(parse(message));
  if (trigger.kind === 'unknown') return trigger;
  if (!sameBytes(encodeTrigger(message), encodeTrigger(triggerToProto(trigger)))) {
    // A fresh object, so that the shared default never stands for one foreign message.
    const own = Object.freeze({ ...trigger });
    readFrom.set(own, message);
    return own;
  }
  return trigger;
}

const SEVERAL = { afterAll: 'after-all', afterAny: 'after-any', afterEach: 'after-each' } as const;

function parse(message: Trigger): TriggerSpec {
  const { trigger } = message;
  switch (trigger?.case) {
    case 'default':
      return DEFAULT_TRIGGER;
    case 'never':
    case 'always':
      return { kind: trigger.case };
    case 'elementCount':
      return { kind: 'element-count', count: trigger.value.elementCount };
    case 'afterEndOfWindow': {
      const { earlyFirings: early, lateFirings: late } = trigger.value;
      return {
        kind: 'after-end-of-window',
        ...(early && { early: triggerFromProto(early) }),
        ...(late && { late: triggerFromProto(late) }),
      };
    }
    case 'afterProcessingTime': {
      const transforms = transformsFromProto(trigger.value.timestampTransforms);
      return transforms === undefined
        ? unknown(message)
        : { kind: 'after-processing-time', transforms };
    }
    case 'afterSynchronizedProcessingTime':
      return { kind: 'after-synchronized-processing-time' };
    default:
      return parseComposed(message);
  }
}

function parseComposed(message: Trigger): TriggerSpec {
  const { trigger } = message;
  switch (trigger?.case) {
    case 'afterAll':
    case 'afterAny':
    case 'afterEach': {
      const subtriggers = trigger.value.subtriggers.map(triggerFromProto);
      return { kind: SEVERAL[trigger.case], subtriggers };
    }
    case 'orFinally': {
      const { main, finally: last } = trigger.value;
      if (main === undefined || last === undefined) return unknown(message);
      return { kind: 'or-finally', main: triggerFromProto(main), finally: triggerFromProto(last) };
    }
    case 'repeat': {
      const { subtrigger } = trigger.value;
      if (subtrigger === undefined) return unknown(message);
      return { kind: 'repeat', subtrigger: triggerFromProto(subtrigger) };
    }
    default:
      return unknown(message);
  }
}

function unknown(message: Trigger): TriggerSpec {
  return { kind: 'unknown', proto: encodeTrigger(message) };
}

/** `undefined` if one of them is of no known kind. */
function transformsFromProto(
  messages: readonly TransformProto[],
): readonly TimestampTransform[] | undefined {
  const transforms: TimestampTransform[] = [];
  for (const { timestampTransform: t } of messages) {
    if (t === undefined) return undefined;
    if (t.case === 'delay')
      transforms.push({ kind: 'delay', delay: duration(t.value.delayMillis) });
    else {
      const { period, offset } = t.value;
      transforms.push({ kind: 'align-to', period: duration(period), offset: duration(offset) });
    }
  }
  return transforms;
}

export function triggerToProto(spec: TriggerSpec): Init<Trigger> {
  const exact = readFrom.get(spec);
  if (exact !== undefined) return exact;
  if (spec.kind === 'unknown') return decodeTrigger(spec.proto);
  return { trigger: caseOf(spec) };
}

function caseOf(spec: Exclude<TriggerSpec, { kind: 'unknown' }>): Init<Trigger['trigger']> {
  switch (spec.kind) {
    case 'default':
    case 'never':
    case 'always':
      return { case: spec.kind, value: {} };
    case 'element-count':
      return { case: 'elementCount', value: { elementCount: spec.count } };
    case 'after-end-of-window': {
      const { early, late } = spec;
      const value = {
        earlyFirings: early && firingsToProto(early),
        lateFirings: late && firingsToProto(late),
      };
      return { case: 'afterEndOfWindow', value };
    }
    case 'after-processing-time': {
      const timestampTransforms = spec.transforms.map(transformToProto);
      return { case: 'afterProcessingTime', value: { timestampTransforms } };
    }
    case 'after-synchronized-processing-time':
      return { case: 'afterSynchronizedProcessingTime', value: {} };
    case 'after-all':
      return { case: 'afterAll', value: { subtriggers: spec.subtriggers.map(triggerToProto) } };
    case 'after-any':
      return { case: 'afterAny', value: { subtriggers: spec.subtriggers.map(triggerToProto) } };
    case 'after-each':
      return { case: 'afterEach', value: { subtriggers: spec.subtriggers.map(triggerToProto) } };
    case 'or-finally': {
      const value = { main: triggerToProto(spec.main), finally: triggerToProto(spec.finally) };
      return { case: 'orFinally', value };
    }
    case 'repeat':
      return { case: 'repeat', value: { subtrigger: triggerToProto(spec.subtrigger) } };
  }
}

/**
 * Firings before and behind the end of a window repeat by themselves, and Java takes nothing there but a trigger that
 * fires once: what is repeated is sent for its repetition.
 */
function firingsToProto(spec: TriggerSpec): Init<Trigger> {
  const isPlain = spec.kind === 'repeat' && !readFrom.has(spec) && firesOnce(spec.subtrigger);
  return triggerToProto(isPlain ? spec.subtrigger : spec);
}

/** Whether each firing is the last one, so that a repetition is all that may come of it. */
function firesOnce({ kind, ...spec }: TriggerSpec): boolean {
  switch (kind) {
    case 'never':
    case 'element-count':
    case 'after-processing-time':
    case 'after-synchronized-processing-time':
    case 'after-all':
    case 'after-any':
      return true;
    case 'after-end-of-window':
      return Object.keys(spec).length === 0;
    default:
      return false;
  }
}

function transformToProto(transform: TimestampTransform): Init<TransformProto> {
  if (transform.kind === 'delay') {
    return { timestampTransform: { case: 'delay', value: { delayMillis: transform.delay } } };
  }
  const { period, offset } = transform;
  return { timestampTransform: { case: 'alignTo', value: { period, offset } } };
}

import { functionSpec } from '../model/function-spec.js';
import { coderId } from '../model/ids.js';
import { timeAtOrAfter, timeAtOrBefore } from '../model/exact-times.js';
import { duration, type EventTime } from '../model/time.js';
import type { TestStreamEvent, TestStreamSpec } from '../model/transform-spec.js';
import { TRANSFORM_URN } from '../urns.js';
import type { FunctionSpec } from '../model/function-spec.js';
import type { Init } from './codec.js';
import {
  decodeTestStreamPayload,
  encodeTestStreamPayload,
  type TestStreamPayload_Event,
} from './generated/pipeline.js';
import { timeToInt64 } from './proto-time.js';

/** Throws a plain Error that says what is wrong with the payload. */
export function readTestStream(payload: Uint8Array): TestStreamSpec {
  const m = decodeTestStreamPayload(payload);
  return {
    kind: 'test-stream',
    coderId: coderId(m.coderId),
    events: m.events.map((event) => testStreamEvent(event)),
    // Some SDKs always write the field, and leave it empty.
    ...(m.endpoint === undefined || m.endpoint.url === '' ? {} : { endpoint: m.endpoint.url }),
  };
}

export function writeTestStream(spec: TestStreamSpec): FunctionSpec {
  return functionSpec(
    TRANSFORM_URN.TEST_STREAM,
    encodeTestStreamPayload({
      coderId: spec.coderId,
      events: spec.events.map(eventToProto),
      ...(spec.endpoint === undefined ? {} : { endpoint: { url: spec.endpoint } }),
    }),
  );
}

/**
 * Throws a plain Error for a message that is not an event.
 *
 * @param perMillisecond in what units its sender counts times; Beam's are milliseconds
 */
export function testStreamEvent(
  { event }: TestStreamPayload_Event,
  perMillisecond: bigint = 1n,
): TestStreamEvent {
  switch (event?.case) {
    case 'elementEvent':
      return {
        kind: 'elements',
        tag: event.value.tag,
        elements: event.value.elements.map(({ encodedElement, timestamp }) => ({
          // A copy: what the decoder gives is a view of the whole message.
          bytes: encodedElement.slice(),
          timestamp: eventTime(timestamp / perMillisecond),
        })),
      };
    case 'watermarkEvent':
      return {
        kind: 'watermark',
        tag: event.value.tag,
        time: watermark(event.value.newWatermark / perMillisecond),
      };
    case 'processingTimeEvent':
      return {
        kind: 'processing-time',
        advance: duration(Number(event.value.advanceDuration / perMillisecond)),
      };
    case undefined:
      throw new RangeError('an event is of no known kind');
  }
}

function eventTime(ms: bigint): EventTime {
  const time = timeAtOrAfter(ms);
  if (time !== undefined) return time as EventTime;
  throw new RangeError(`${String(ms)} is not a time`);
}

function watermark(ms: bigint): EventTime {
  eventTime(ms);
  return timeAtOrBefore(ms) as EventTime;
}

function eventToProto(event: TestStreamEvent): Init<TestStreamPayload_Event> {
  switch (event.kind) {
    case 'elements': {
      const elements = event.elements.map(({ bytes, timestamp }) => ({
        encodedElement: bytes,
        timestamp: timeToInt64(timestamp),
      }));
      return { event: { case: 'elementEvent', value: { elements, tag: event.tag } } };
    }
    case 'watermark': {
      const value = { newWatermark: timeToInt64(event.time), tag: event.tag };
      return { event: { case: 'watermarkEvent', value } };
    }
    case 'processing-time': {
      const value = { advanceDuration: BigInt(event.advance) };
      return { event: { case: 'processingTimeEvent', value } };
    }
  }
}

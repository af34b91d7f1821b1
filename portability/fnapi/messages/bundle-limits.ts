import { transformId, type TransformId } from '../../model/ids.js';
import { duration, type EventTime, type ProcessingTime } from '../../model/time.js';
import { ByteReader } from '../../wire/reader.js';
import { ByteWriter } from '../../wire/writer.js';
import type { BundleLimits, BundleTimes } from '../connection.js';
import { NO_TIMES } from '../no-state.js';

/*
 * The Fn API knows no standing split order, so ours travels in a field of ProcessBundleRequest that
 * other harnesses pass over; for them a runner sends splits. Aborting a bundle has no message either, a
 * residual cannot say that its source is idle, nor progress which function has not answered.
 */
const LIMITS_FIELD = 15001;
const ABORT_FIELD = 15002;
const TIMES_FIELD = 15011;
const WAITING_FIELD = 15012;
const IDLE_FIELD = 15003;
const LENGTH_DELIMITED = 2;

/** Three doubles, because a limit may be infinite. */
export function limitsField(limits: BundleLimits): Uint8Array {
  const value = new ByteWriter(24);
  value.double(limits.elements);
  value.double(limits.outputBytes);
  value.double(limits.time);
  return field(LIMITS_FIELD, value.toBytes());
}

/** No limits if the runner gave none. */
export function limitsOf(unknownFields: Uint8Array | undefined): BundleLimits {
  const value = find(unknownFields, LIMITS_FIELD);
  if (value === undefined) {
    return { elements: Infinity, outputBytes: Infinity, time: duration(Infinity) };
  }
  const input = new ByteReader(value);
  return {
    elements: input.double(),
    outputBytes: input.double(),
    time: duration(input.double()),
  };
}

/** The Fn API does not tell a harness the clocks of its stage; without them timers fire a bundle later. */
export function timesField(times: BundleTimes): Uint8Array {
  const value = new ByteWriter(16);
  value.double(times.input);
  value.double(times.processing);
  return field(TIMES_FIELD, value.toBytes());
}

export function timesOf(unknownFields: Uint8Array | undefined): BundleTimes {
  const value = find(unknownFields, TIMES_FIELD);
  if (value === undefined) return NO_TIMES;
  const input = new ByteReader(value);
  return { input: input.double() as EventTime, processing: input.double() as ProcessingTime };
}

/** Marks an instruction request as the order to end the bundle that it names. */
export function abortField(): Uint8Array {
  return field(ABORT_FIELD, new Uint8Array(0));
}

export function isAbort(unknownFields: Uint8Array | undefined): boolean {
  return find(unknownFields, ABORT_FIELD) !== undefined;
}

/** Marks a part of a restriction as one that no longer holds the watermark. */
export function idleField(): Uint8Array {
  return field(IDLE_FIELD, new Uint8Array(0));
}

export function isIdle(unknownFields: Uint8Array | undefined): boolean {
  return find(unknownFields, IDLE_FIELD) !== undefined;
}

/** Names transforms with a call that has not answered yet. */
export function waitingField(transforms: readonly TransformId[]): Uint8Array {
  const value = new ByteWriter(64);
  for (const transform of transforms) value.string(transform);
  return field(WAITING_FIELD, value.toBytes());
}

export function waitingOf(unknownFields: Uint8Array | undefined): readonly TransformId[] {
  const value = find(unknownFields, WAITING_FIELD);
  if (value === undefined) return [];
  const input = new ByteReader(value);
  const transforms: TransformId[] = [];
  while (input.remaining > 0) transforms.push(transformId(input.string()));
  return transforms;
}

function field(number: number, value: Uint8Array): Uint8Array {
  const out = new ByteWriter(32);
  out.varint(number * 8 + LENGTH_DELIMITED);
  out.lengthPrefixed(value);
  return out.toBytes();
}

/** The field's value among kept fields; ours are the only length-delimited ones that are looked at. */
function find(fields: Uint8Array | undefined, number: number): Uint8Array | undefined {
  if (fields === undefined) return undefined;
  const input = new ByteReader(fields);
  while (input.remaining > 0) {
    const tag = input.varint();
    switch (tag & 7) {
      case 0:
        input.varint64();
        break;
      case 1:
        input.raw(8);
        break;
      case LENGTH_DELIMITED: {
        const value = input.lengthPrefixed();
        if (Math.floor(tag / 8) === number) return value;
        break;
      }
      case 5:
        input.raw(4);
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

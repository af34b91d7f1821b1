import { schemaOfPayload } from '#portability/coders/rows/schema-payload.js';
import { exactIntervalWindow } from '#portability/model/exact-windows.js';
import type { PaneTiming } from '#portability/model/panes.js';
import type { FieldType, Schema } from '#portability/model/schema.js';
import {
  GLOBAL_WINDOW_END,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
} from '#portability/model/time.js';
import { GLOBAL_WINDOW, type IntervalWindow } from '#portability/model/windows.js';
import type { VectorCoder } from './coder-vectors.js';

type Fields = Readonly<Record<string, unknown>>;

/** The value of a vector as this project has it. */
export function valueOf(coder: VectorCoder, json: unknown): unknown {
  const [first, second] = coder.components ?? [];
  const fields = json as Fields;
  switch (coder.urn) {
    case 'beam:coder:bytes:v1':
      return bytesOf(json as string);
    case 'beam:coder:double:v1':
      return Number(json);
    case 'beam:coder:kv:v1':
      return [valueOf(first!, fields['key']), valueOf(second!, fields['value'])];
    case 'beam:coder:iterable:v1':
      return (json as unknown[]).map((item) => valueOf(first!, item));
    case 'beam:coder:state_backed_iterable:v1':
      return stateBackedOf(first!, json);
    case 'beam:coder:length_prefix:v1':
      return valueOf(first!, json);
    case 'beam:coder:nullable:v1':
      return json === null ? null : valueOf(first!, json);
    case 'beam:coder:sharded_key:v1':
      return { shardId: bytesOf(fields['shardId'] as string), key: valueOf(first!, fields['key']) };
    case 'beam:coder:global_window:v1':
      return GLOBAL_WINDOW;
    case 'beam:coder:interval_window:v1':
      return intervalOf(fields);
    case 'beam:coder:custom_window:v1': {
      const value = intervalOf(fields['window'] as Fields);
      return { kind: 'custom', value, maxTimestamp: value.maxTimestamp };
    }
    case 'beam:coder:timer:v1':
      return timerOf(coder, fields);
    case 'beam:coder:windowed_value:v1':
    case 'beam:coder:param_windowed_value:v1':
      return {
        value: valueOf(first!, fields['value']),
        timestamp: timeOf(fields['timestamp']),
        windows: windowsOf(second!, fields),
        pane: paneOf(fields['pane'] as Fields),
      };
    case 'beam:coder:row:v1':
      return rowOf(schemaOfPayload(Buffer.from(coder.payload!, 'hex')), fields);
    default:
      return typeof json === 'object' ? integerOf(json) : json;
  }
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text));
}

/** An integer that JSON cannot hold is `{ "$int": "…" }`. */
function exactOf(json: unknown): bigint {
  return BigInt(typeof json === 'number' ? json : (json as { readonly $int: string }).$int);
}

function integerOf(json: unknown): number | bigint {
  const exact = exactOf(json);
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
}

function timeOf(json: unknown): EventTime {
  const sentinels = [TIMESTAMP_MIN, TIMESTAMP_MAX, GLOBAL_WINDOW_END];
  const rounded = Number(exactOf(json));
  return sentinels.find((time) => time === rounded) ?? (rounded as EventTime);
}

function intervalOf({ end, span }: Fields): IntervalWindow {
  return exactIntervalWindow(exactOf(end) - exactOf(span), exactOf(end));
}

function windowsOf(window: VectorCoder, { windows }: Fields): readonly unknown[] {
  return (windows as unknown[]).map((each) => valueOf(window, each));
}

function stateBackedOf(element: VectorCoder, json: unknown): unknown {
  const { values, token } = (Array.isArray(json) ? { values: json } : json) as {
    readonly values: readonly unknown[];
    readonly token?: string;
  };
  const decoded = values.map((item) => valueOf(element, item));
  return token === undefined ? decoded : { values: decoded, token: bytesOf(token) };
}

const TIMINGS: Readonly<Record<string, PaneTiming>> = {
  EARLY: 'early',
  ON_TIME: 'on-time',
  LATE: 'late',
  UNKNOWN: 'unknown',
};

function paneOf(pane: Fields): unknown {
  return {
    timing: TIMINGS[pane['timing'] as string],
    index: pane['index'],
    nonSpeculativeIndex: pane['on_time_index'],
    first: pane['is_first'],
    last: pane['is_last'],
  };
}

function timerOf({ components }: VectorCoder, timer: Fields): unknown {
  const [key, window] = components!;
  const identity = {
    key: valueOf(key!, timer['userKey']),
    tag: timer['dynamicTimerTag'],
    windows: windowsOf(window!, timer),
  };
  if (timer['clearBit'] === true) return { ...identity, kind: 'cleared' };
  return {
    ...identity,
    kind: 'set',
    fireAt: timeOf(timer['fireTimestamp']),
    hold: timeOf(timer['holdTimestamp']),
    pane: paneOf(timer['pane'] as Fields),
  };
}

function rowOf(schema: Schema, json: Fields): unknown {
  return Object.fromEntries(
    schema.fields.map(({ name, type }) => [name, fieldOf(type, json[name])]),
  );
}

function fieldOf(type: FieldType, json: unknown): unknown {
  if (json === null) return null;
  switch (type.kind) {
    case 'int64':
      return integerOf(json);
    case 'float':
      return Math.fround(Number(json));
    case 'double':
      return Number(json);
    case 'bytes':
      return bytesOf(json as string);
    case 'array':
    case 'iterable':
      return (json as unknown[]).map((item) => fieldOf(type.element, item));
    case 'map': {
      const entries = Object.entries(json as Fields);
      return new Map(entries.map(([key, value]) => [key, fieldOf(type.value, value)]));
    }
    case 'row':
      return rowOf(type.schema, json as Fields);
    case 'logical':
      return logicalOf(type, json);
    default:
      return json;
  }
}

function logicalOf(type: FieldType & { readonly kind: 'logical' }, json: unknown): unknown {
  if (type.urn === 'beam:logical_type:decimal:v1') return json;
  if (type.urn !== 'beam:logical_type:millis_instant:v1') return fieldOf(type.representation, json);
  // The vector gives the eight bytes as one signed integer.
  return Number(BigInt.asUintN(64, exactOf(json)) - (1n << 63n));
}

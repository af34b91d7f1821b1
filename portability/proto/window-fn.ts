import { StrahlError } from '../errors.js';
import { functionSpec, type FunctionSpec } from '../model/function-spec.js';
import { duration, type Duration } from '../model/time.js';
import type { WindowFnSpec } from '../model/windowing.js';
import { WINDOW_FN_URN } from '../urns.js';
import { isStrahlError } from '../errors.js';
import {
  decodeFixedWindowsPayload,
  decodeSessionWindowsPayload,
  decodeSlidingWindowsPayload,
  encodeFixedWindowsPayload,
  encodeSessionWindowsPayload,
  encodeSlidingWindowsPayload,
} from './generated/windows.js';
import { sameBytes } from './kept-fields.js';
import { durationProto, millisOf, type Seconds } from './proto-time.js';

/**
 * What a window function was read from, where writing it anew would give other bytes: an offset of zero
 * that is spelled out, fields of a newer Beam. Values are frozen, so the bytes stay true (G3 of `model/graph.ts`).
 */
const readFrom = new WeakMap<WindowFnSpec, FunctionSpec>();

/**
 * The typed view of a window function; one with an unknown URN is `custom`.
 *
 * @throws STRAHL-2002 when the payload of a known URN cannot be understood
 * @example
 * ```ts
 * import { readWindowFn, type FunctionSpec } from 'strahl/portability';
 * const isSession = (spec: FunctionSpec) => readWindowFn(spec).kind === 'sessions';
 * ```
 */
export function readWindowFn(spec: FunctionSpec): WindowFnSpec {
  const windowFn = Object.freeze(parse(spec));
  const again = writeWindowFn(windowFn);
  if (spec.unknownFields !== undefined || !sameBytes(again.payload, spec.payload)) {
    readFrom.set(windowFn, spec);
  }
  return windowFn;
}

/**
 * The inverse of `readWindowFn`.
 *
 * @example
 * ```ts
 * import { duration, writeWindowFn } from 'strahl/portability';
 * const sessions = writeWindowFn({ kind: 'sessions', gap: duration(60_000) });
 * ```
 */
export function writeWindowFn(windowFn: WindowFnSpec): FunctionSpec {
  const exact = readFrom.get(windowFn);
  if (exact !== undefined) return exact;
  switch (windowFn.kind) {
    case 'global':
      return functionSpec(WINDOW_FN_URN.GLOBAL_WINDOWS);
    case 'fixed': {
      const { size, offset } = windowFn;
      const payload = { size: durationProto(size), ...offsetProto(offset) };
      return functionSpec(WINDOW_FN_URN.FIXED_WINDOWS, encodeFixedWindowsPayload(payload));
    }
    case 'sliding': {
      const { size, period, offset } = windowFn;
      const lengths = { size: durationProto(size), period: durationProto(period) };
      const payload = encodeSlidingWindowsPayload({ ...lengths, ...offsetProto(offset) });
      return functionSpec(WINDOW_FN_URN.SLIDING_WINDOWS, payload);
    }
    case 'sessions': {
      const payload = encodeSessionWindowsPayload({ gapSize: durationProto(windowFn.gap) });
      return functionSpec(WINDOW_FN_URN.SESSION_WINDOWS, payload);
    }
    case 'custom':
      return windowFn.spec;
  }
}

function offsetProto(offset: Duration): { readonly offset?: Seconds } {
  return offset === 0 ? {} : { offset: durationProto(offset) };
}

function parse(spec: FunctionSpec): WindowFnSpec {
  const { urn, payload } = spec;
  try {
    switch (urn) {
      case WINDOW_FN_URN.GLOBAL_WINDOWS:
        return { kind: 'global' };
      case WINDOW_FN_URN.FIXED_WINDOWS: {
        const { size, offset } = decodeFixedWindowsPayload(payload);
        return { kind: 'fixed', size: length('size', size), offset: shift(offset) };
      }
      case WINDOW_FN_URN.SLIDING_WINDOWS: {
        const { size, period, offset } = decodeSlidingWindowsPayload(payload);
        return {
          kind: 'sliding',
          size: length('size', size),
          period: length('period', period),
          offset: shift(offset),
        };
      }
      case WINDOW_FN_URN.SESSION_WINDOWS:
        return {
          kind: 'sessions',
          gap: length('gap', decodeSessionWindowsPayload(payload).gapSize),
        };
      default:
        return { kind: 'custom', spec };
    }
  } catch (cause) {
    throw new StrahlError('unsupportedUrn', {
      title: `the payload of ${urn} cannot be understood`,
      why: isStrahlError(cause) ? cause.title : String(cause),
      cause,
    });
  }
}

function length(name: string, value: Seconds | undefined): Duration {
  const ms = millisOf(value ?? {});
  if (ms !== undefined && ms > 0) return duration(ms);
  throw new StrahlError('windowOutOfRange', {
    title: `${name} is not a positive whole number of milliseconds`,
  });
}

function shift(value: Seconds | undefined): Duration {
  const ms = millisOf(value ?? {});
  if (ms !== undefined) return duration(ms);
  throw new StrahlError('windowOutOfRange', {
    title: 'offset is not a whole number of milliseconds',
  });
}

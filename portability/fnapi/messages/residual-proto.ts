import { StrahlError } from '../../errors.js';
import { transformId, type TransformId } from '../../model/ids.js';
import {
  duration,
  minTime,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
} from '../../model/time.js';
import type { Init } from '../../proto/codec.js';
import type { DelayedBundleApplication } from '../../proto/generated/fn-api.js';
import { durationProto, eventTimeOf, millisOf, timestampProto } from '../../proto/proto-time.js';
import type { Residual } from '../connection.js';
import type { StagePorts } from '../elements/stage-ports.js';
import { idleField, isIdle } from './bundle-limits.js';

/** The rest of a restriction, with the same watermark for each output of its transform. */
export function residualToProto(
  { transform, input, element, resumeAfter, watermark, idle }: Residual,
  outputs: readonly string[],
): Init<DelayedBundleApplication> {
  return {
    application: {
      transformId: transform,
      inputId: input,
      element: element.bytes,
      outputWatermarks: new Map(outputs.map((name) => [name, timestampProto(watermark)])),
      ...(idle === true ? { unknownFields: idleField() } : {}),
    },
    requestedTimeDelay: durationProto(resumeAfter),
  };
}

/** @throws STRAHL-8001 when the message names no input of the stage */
export function residualFromProto(m: DelayedBundleApplication, ports: StagePorts): Residual {
  const { application, requestedTimeDelay } = m;
  if (application === undefined) {
    throw new StrahlError('protocolBroken', { title: 'a residual root has no application' });
  }
  const transform: TransformId = transformId(application.transformId);
  return {
    transform,
    input: application.inputId,
    element: ports.inputOf(transform, application.inputId).frame(application.element),
    resumeAfter: duration(millisOf(requestedTimeDelay ?? {}) ?? 0),
    watermark: leastOf([...application.outputWatermarks.values()].map(eventTimeOf)),
    ...(isIdle(application.unknownFields) ? { idle: true } : {}),
  };
}

/** SDF-4: a watermark that is not given is the least. */
function leastOf(times: readonly EventTime[]): EventTime {
  return times.length === 0 ? TIMESTAMP_MIN : times.reduce(minTime, TIMESTAMP_MAX);
}

import type { Init } from '../../proto/codec.js';
import type { ProcessBundleProgressResponse } from '../../proto/generated/fn-api.js';
import type { MonitoringInfo } from '../../proto/generated/metrics.js';
import { METRIC_TYPE_URN, METRIC_URN } from '../../urns.js';
import { ByteReader } from '../../wire/reader.js';
import { ByteWriter } from '../../wire/writer.js';
import type { BundleProgress } from '../connection.js';
import { waitingField, waitingOf } from './bundle-limits.js';
import { metricFromProto, metricsToProto } from './metrics-proto.js';

/** Progress of the input restriction travels as completed and remaining work, of which 1 is all. */
export function progressToProto({
  metrics,
  fraction,
  waiting = [],
}: BundleProgress): Init<ProcessBundleProgressResponse> {
  const monitoringInfos = metricsToProto(metrics);
  if (fraction !== undefined) {
    monitoringInfos.push(work(METRIC_URN.WORK_COMPLETED, fraction));
    monitoringInfos.push(work(METRIC_URN.WORK_REMAINING, 1 - fraction));
  }
  return {
    monitoringInfos,
    ...(waiting.length === 0 ? {} : { unknownFields: waitingField(waiting) }),
  };
}

export function progressFromProto({
  monitoringInfos,
  unknownFields,
}: ProcessBundleProgressResponse): BundleProgress {
  const waiting = waitingOf(unknownFields);
  const fraction = fractionOf(monitoringInfos);
  return {
    metrics: monitoringInfos.map(metricFromProto).filter((metric) => metric !== undefined),
    ...(fraction === undefined ? {} : { fraction }),
    ...(waiting.length === 0 ? {} : { waiting }),
  };
}

function fractionOf(monitoringInfos: readonly MonitoringInfo[]): number | undefined {
  const completed = sumOf(monitoringInfos, METRIC_URN.WORK_COMPLETED);
  const remaining = sumOf(monitoringInfos, METRIC_URN.WORK_REMAINING);
  if (completed === undefined || remaining === undefined) return undefined;
  const all = completed + remaining;
  return all === 0 ? 1 : completed / all;
}

/** An iterable of one double. */
function work(urn: string, amount: number): Init<MonitoringInfo> {
  const out = new ByteWriter(16);
  out.int32(1);
  out.double(amount);
  return { urn, type: METRIC_TYPE_URN.PROGRESS, payload: out.toBytes() };
}

function sumOf(infos: readonly MonitoringInfo[], urn: string): number | undefined {
  const found = infos.find((info) => info.urn === urn);
  if (found === undefined) return undefined;
  const input = new ByteReader(found.payload);
  let sum = 0;
  for (let left = input.int32(); left > 0; left--) sum += input.double();
  return sum;
}

import type { Graph } from '#portability/model/graph.js';
import type { Init } from '#portability/proto/codec.js';
import type { MonitoringInfo } from '#portability/proto/generated/metrics.js';
import { METRIC_URN } from '#portability/urns.js';
import { ByteWriter } from '#portability/wire/writer.js';

/**
 * A metric as the SDK that submitted the graph reads it: the npm package apache-beam, the one that does not say
 * its name, expects a distribution as a list of four numbers behind its length.
 */
export function readBy(graph: Graph, info: Init<MonitoringInfo>): Init<MonitoringInfo> {
  const { urn, payload } = info;
  if (urn !== METRIC_URN.USER_DISTRIBUTION_INT64 || payload === undefined) return info;
  const environments = [...graph.components.environments.values()];
  const named = environments.some(({ capabilities }) =>
    capabilities.some((capability) => capability.startsWith('beam:version:sdk_base:')),
  );
  if (named) return info;
  const out = new ByteWriter(payload.length + 4);
  out.int32(4);
  out.raw(payload);
  return { ...info, payload: out.toBytes() };
}

import { describe, expect, it } from '@jest/globals';
import type { MetricUpdate } from '#portability/fnapi/connection.js';
import { metricFromProto, metricsToProto } from '#portability/fnapi/messages/metrics-proto.js';
import type { Graph } from '#portability/model/graph.js';
import { transformId } from '#portability/model/ids.js';
import type { MonitoringInfo } from '#portability/proto/generated/metrics.js';
import { readBy } from './metric-dialect.js';

const metric: MetricUpdate = {
  ...{ kind: 'distribution', transform: transformId('t'), namespace: '', name: 'sizes' },
  value: { count: 3, sum: 6, min: 1, max: 3 },
};

function graph(...capabilities: string[]): Graph {
  const components = { environments: new Map([['e', { capabilities }]]) };
  return { components } as unknown as Graph;
}

describe('a distribution', () => {
  it('is four numbers behind their count for the SDK that does not say its name, and is read so too', () => {
    const info = readBy(graph('beam:coder:interval_window:v1'), metricsToProto([metric])[0]!);
    expect([...info.payload!]).toEqual([0, 0, 0, 4, 3, 6, 1, 3]);
    expect(metricFromProto(info as MonitoringInfo)).toEqual(metric);
  });

  it('is as Beam says for all others', () => {
    const info = readBy(
      graph('beam:version:sdk_base:apache/beam_java'),
      metricsToProto([metric])[0]!,
    );
    expect([...info.payload!]).toEqual([3, 6, 1, 3]);
    expect(metricFromProto(info as MonitoringInfo)).toEqual(metric);
  });

  it('that begins like a list but ends there is none', () => {
    const labels = new Map([['NAME', 'sizes']]);
    const payload = Uint8Array.of(0, 0, 0, 4);
    const info = { ...metricsToProto([metric])[0]!, payload, labels } as unknown as MonitoringInfo;
    expect(metricFromProto(info)).toMatchObject({ value: { count: 0, sum: 0, min: 0, max: 4 } });
  });
});

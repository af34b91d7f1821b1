import type { Graph } from '#portability/model/graph.js';
import type { TransformId } from '#portability/model/ids.js';
import type { TestStreamSpec } from '#portability/model/transform-spec.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { isPython } from '../meant-windowing.js';

/** A test stream whose events a service gives. */
export interface FedStream {
  readonly stream: TransformId;
  /** `host:port` of Beam's TestStreamService. */
  readonly endpoint: string;
  /** Local names of its outputs. */
  readonly outputs: readonly string[];
  /** URN of the coder that wrote its elements. */
  readonly coder: string;
  /** In what units the service counts times. */
  readonly perMillisecond: bigint;
}

/** The fed streams of a pipeline. */
export function fedStreams(sent: Graph): readonly FedStream[] {
  const found: FedStream[] = [];
  // The model says milliseconds; the services of the Python SDK count microseconds, and so do its own runners.
  const perMillisecond = isFromPython(sent) ? 1000n : 1n;
  for (const [stream, transform] of sent.components.transforms) {
    const spec = testStreamOf(sent, stream);
    if (spec?.endpoint === undefined) continue;
    found.push({
      ...{ stream, endpoint: spec.endpoint, perMillisecond },
      coder: sent.components.coders.get(spec.coderId)!.spec.urn,
      outputs: [...transform.outputs.keys()],
    });
  }
  return found;
}

function isFromPython({ components }: Graph): boolean {
  const environments = [...components.environments.values()];
  return environments.length > 0 && environments.every(isPython);
}

function testStreamOf({ components }: Graph, id: TransformId): TestStreamSpec | undefined {
  const transform = components.transforms.get(id);
  const spec = transform === undefined ? undefined : readTransformSpec(transform);
  return spec?.kind === 'test-stream' ? spec : undefined;
}

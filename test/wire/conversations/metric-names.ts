import type { MonitoringInfosMetadataResponse } from '#portability/proto/generated/fn-api.js';
import { plain } from './plain.js';

/** What the short ids of metrics stand for: a worker gives them out as its bundles happen to end. */
export class MetricNames {
  readonly #byId = new Map<string, string>();

  learn({ monitoringInfo }: MonitoringInfosMetadataResponse): void {
    for (const [id, info] of monitoringInfo) this.#byId.set(id, JSON.stringify(plain(info)));
  }

  /** All that were learnt, in one order. */
  get all(): readonly string[] {
    return [...this.#byId.values()].sort();
  }

  /** A plain answer with the metrics in place of their ids, in one order. */
  spelt(answer: unknown): unknown {
    const { response } = answer as { readonly response?: { readonly value: PlainBundle } };
    const data = response?.value.monitoringData;
    if (data === undefined) return answer;
    const monitoringData = data
      .map(([id, payload]) => `${this.#byId.get(id) ?? id} ${payload}`)
      .sort();
    return {
      ...(answer as object),
      response: { ...response, value: { ...response!.value, monitoringData } },
    };
  }
}

interface PlainBundle {
  readonly monitoringData?: readonly (readonly [id: string, payload: string])[];
}

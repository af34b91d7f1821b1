import type { Init } from '../../proto/codec.js';
import type { MonitoringInfosMetadataResponse } from '../../proto/generated/fn-api.js';
import type { MonitoringInfo } from '../../proto/generated/metrics.js';

type Info = Init<MonitoringInfo>;

/**
 * Short names for the metrics of one harness: a runner asks once what each means, and from then on only
 * names and values travel.
 */
export class MetricIds {
  readonly #ids = new Map<string, string>();
  readonly #infos = new Map<string, Info>();

  /** Values by short name. */
  dataOf(infos: readonly Info[]): ReadonlyMap<string, Uint8Array> {
    const data = new Map<string, Uint8Array>();
    for (const info of infos) data.set(this.#idOf(info), info.payload ?? NO_BYTES);
    return data;
  }

  /** What the names mean; those that nobody gave are left out. */
  metadata(ids: readonly string[]): Init<MonitoringInfosMetadataResponse> {
    const monitoringInfo = new Map<string, Info>();
    for (const id of ids) {
      const info = this.#infos.get(id);
      if (info !== undefined) monitoringInfo.set(id, info);
    }
    return { monitoringInfo };
  }

  #idOf({ urn, type, labels }: Info): string {
    const key = JSON.stringify([urn, type, [...(labels ?? [])]]);
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#ids.size.toString(36);
      this.#ids.set(key, id);
      this.#infos.set(id, { urn, type, ...(labels === undefined ? {} : { labels }) });
    }
    return id;
  }
}

const NO_BYTES = new Uint8Array(0);

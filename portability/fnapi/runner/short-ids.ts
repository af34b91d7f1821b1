import type { MonitoringInfo } from '../../proto/generated/metrics.js';

/** Asks a harness what ids stand for. */
type AskIds = (ids: readonly string[]) => Promise<ReadonlyMap<string, MonitoringInfo>>;

/** What a harness calls its metrics for short; each id is asked for once. */
export class ShortIds {
  readonly #known = new Map<string, MonitoringInfo>();
  readonly #ask: AskIds;

  constructor(ask: AskIds) {
    this.#ask = ask;
  }

  /** The metrics with their names; without a question if all are known. */
  resolve(
    data: ReadonlyMap<string, Uint8Array>,
  ): readonly MonitoringInfo[] | Promise<readonly MonitoringInfo[]> {
    if (data.size === 0) return [];
    const unknown = [...data.keys()].filter((id) => !this.#known.has(id));
    if (unknown.length === 0) return this.#named(data);
    return this.#ask(unknown).then((answer) => {
      answer.forEach((info, id) => this.#known.set(id, info));
      return this.#named(data);
    });
  }

  #named(data: ReadonlyMap<string, Uint8Array>): readonly MonitoringInfo[] {
    return [...data].flatMap(([id, payload]) => {
      const info = this.#known.get(id);
      return info === undefined ? [] : [{ ...info, payload }];
    });
  }
}

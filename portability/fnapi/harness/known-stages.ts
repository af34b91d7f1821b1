import { StrahlError } from '../../errors.js';
import type { Transform } from '../../model/graph.js';
import { stageId, type StageId } from '../../model/ids.js';
import type { ProcessBundleDescriptor } from '../../proto/generated/fn-api.js';
import { readTransformSpec } from '../../proto/transform-spec.js';
import type { Connection, StageDescriptor } from '../connection.js';
import { StagePorts } from '../elements/stage-ports.js';
import type { RunnerLink } from '../link.js';
import { readRunnerDescriptor, type StageEndpoints } from '../messages/runner-descriptor.js';

/** A stage that was compiled, and how its elements travel. */
export interface KnownStage {
  readonly descriptor: StageDescriptor;
  readonly ports: StagePorts;
  readonly endpoints: StageEndpoints;
  /** Whether a step of it says in the graph that its function wants to hear of commits. */
  readonly asksForFinalization: boolean;
}

/** The stages that a runner has described to its harness; each is compiled once. */
export class KnownStages {
  readonly #link: RunnerLink;
  readonly #inner: Connection;
  readonly #stages = new Map<StageId, KnownStage>();
  readonly #asked = new Map<string, Promise<KnownStage>>();

  constructor(link: RunnerLink, inner: Connection) {
    this.#link = link;
    this.#inner = inner;
  }

  async register(messages: readonly ProcessBundleDescriptor[]): Promise<void> {
    const stages = messages.map(readRunnerDescriptor);
    await this.#inner.register(stages.map(({ descriptor }) => descriptor));
    for (const { descriptor, endpoints } of stages) {
      const ports = new StagePorts(descriptor);
      // Who finds the stage may send at once.
      await this.#link.prepare?.(endpoints);
      const asksForFinalization = descriptor.transforms.some(asks);
      this.#stages.set(descriptor.id, { descriptor, ports, endpoints, asksForFinalization });
    }
  }

  /** The stage, or a promise of it where the runner must be asked. @throws STRAHL-8001 */
  of(id: string): KnownStage | Promise<KnownStage> {
    const known = this.#stages.get(stageId(id));
    if (known !== undefined) return known;
    let asked = this.#asked.get(id);
    if (asked === undefined) {
      asked = this.#ask(id);
      this.#asked.set(id, asked);
    }
    return asked;
  }

  async #ask(id: string): Promise<KnownStage> {
    try {
      const message = await this.#link.descriptor?.(id);
      if (message !== undefined) await this.register([{ ...message, id }]);
    } finally {
      // Who asks again after a failure is not told the old one.
      this.#asked.delete(id);
    }
    const known = this.#stages.get(stageId(id));
    if (known !== undefined) return known;
    throw new StrahlError('protocolBroken', { title: `the stage ${id} was never registered` });
  }
}

function asks(transform: Transform): boolean {
  const spec = readTransformSpec(transform);
  const parDo = 'parDo' in spec ? spec.parDo : spec.kind === 'par-do' ? spec : undefined;
  return parDo?.requestsFinalization === true;
}

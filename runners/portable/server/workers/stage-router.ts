import { StrahlError } from '#portability/errors.js';
import type {
  BundleOutcome,
  BundleRequest,
  Connection,
  StageDescriptor,
} from '#portability/fnapi/connection.js';
import type { EnvironmentId, StageId } from '#portability/model/ids.js';
import type { Frame } from '#portability/wire/frames.js';
import { BundleRoutes } from './bundle-routes.js';

/**
 * The environment that runs a stage: that of its steps. A stage without steps only encodes its collection anew, which
 * the SDK can that made the collection: the one whose windows it is in.
 */
export function environmentOf({
  transforms,
  components,
}: StageDescriptor): EnvironmentId | undefined {
  const step = transforms.find(({ environmentId }) => environmentId !== undefined);
  if (step !== undefined) return step.environmentId;
  for (const { inputs, outputs } of transforms) {
    for (const id of [...inputs.values(), ...outputs.values()]) {
      const { windowingStrategyId } = components.pcollections.get(id)!;
      const strategy = components.windowingStrategies.get(windowingStrategyId);
      if (strategy?.environmentId !== undefined) return strategy.environmentId;
    }
  }
  return undefined;
}

/** User code of several environments as one: each stage runs in its own. */
export class StageRouter extends BundleRoutes implements Connection {
  readonly #environments: ReadonlyMap<EnvironmentId, Connection>;
  readonly #stages = new Map<StageId, Connection>();

  /** `environments`: one at least. */
  constructor(environments: ReadonlyMap<EnvironmentId, Connection>) {
    super();
    this.#environments = environments;
  }

  async register(stages: readonly StageDescriptor[]): Promise<void> {
    const shares = new Map<Connection, StageDescriptor[]>();
    for (const stage of stages) {
      const connection = this.#connectionFor(environmentOf(stage));
      this.#stages.set(stage.id, connection);
      const share = shares.get(connection);
      if (share === undefined) shares.set(connection, [stage]);
      else share.push(stage);
    }
    for (const [connection, share] of shares) await connection.register(share);
  }

  #connectionFor(environment: EnvironmentId | undefined): Connection {
    const [any] = this.#environments.values();
    const found = environment === undefined ? any : this.#environments.get(environment);
    if (found !== undefined) return found;
    throw new StrahlError('unsupportedEnvironment', {
      title: `no worker runs the environment ${environment ?? 'of a stage that names none'}`,
    });
  }

  #of(stage: StageId): Connection {
    return this.#stages.get(stage)!;
  }

  process(request: BundleRequest): Promise<BundleOutcome> {
    return this.route(this.#of(request.stage), request);
  }

  mergeAccumulators(stage: StageId, groups: Frame): Frame | Promise<Frame> {
    return this.#of(stage).mergeAccumulators(stage, groups);
  }

  mergeWindows(stage: StageId, windows: Frame): Frame | Promise<Frame> {
    return this.#of(stage).mergeWindows(stage, windows);
  }

  mapWindows(stage: StageId, windows: Frame): Frame | Promise<Frame> {
    return this.#of(stage).mapWindows(stage, windows);
  }

  async close(failure?: unknown): Promise<void> {
    const all = [...this.#environments.values()];
    await Promise.allSettled(all.map(async (each) => each.close(failure)));
  }
}

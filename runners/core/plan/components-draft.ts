import { StrahlError } from '#portability/errors.js';
import type { CoderSpec, Components, Environment, PCollection } from '#portability/model/graph.js';
import { functionSpec } from '#portability/model/function-spec.js';
import {
  coderId,
  pcollectionId,
  transformId,
  type CoderId,
  type EnvironmentId,
  type PCollectionId,
  type TransformId,
  type WindowingStrategyId,
} from '#portability/model/ids.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';

/** Deeper coders are refused, so that a malicious graph cannot exhaust the stack. */
const MAX_CODER_DEPTH = 200;

/**
 * The components of the graph and those that the planner adds. Lives for one `planGraph` only.
 *
 *   D1. What came with the graph is never changed; an added id differs from every id of its kind.
 *   D2. Ids are made from the ids they are derived from, so the same graph gives the same plan.
 */
export class ComponentsDraft {
  readonly #coders: Map<CoderId, CoderSpec>;
  readonly #pcollections: Map<PCollectionId, PCollection>;
  readonly #transformIds: Set<TransformId>;
  readonly #windowingStrategies: ReadonlyMap<WindowingStrategyId, WindowingStrategy>;
  readonly #environments: ReadonlyMap<EnvironmentId, Environment>;
  readonly #madeCoders = new Map<string, CoderId>();
  readonly #shapes = new Map<CoderId, number>();
  readonly #shapeNumbers = new Map<string, number>();

  constructor(components: Components) {
    this.#coders = new Map(components.coders);
    this.#pcollections = new Map(components.pcollections);
    this.#transformIds = new Set(components.transforms.keys());
    this.#windowingStrategies = components.windowingStrategies;
    this.#environments = components.environments;
  }

  /** Grows as coders are added. */
  get coders(): ReadonlyMap<CoderId, CoderSpec> {
    return this.#coders;
  }

  coder(id: CoderId): CoderSpec {
    return this.#coders.get(id)!;
  }

  pcollection(id: PCollectionId): PCollection {
    return this.#pcollections.get(id)!;
  }

  windowing(id: PCollectionId): WindowingStrategy {
    return this.windowingStrategy(this.pcollection(id).windowingStrategyId);
  }

  windowingStrategy(id: WindowingStrategyId): WindowingStrategy {
    return this.#windowingStrategies.get(id)!;
  }

  environment(id: EnvironmentId): Environment {
    return this.#environments.get(id)!;
  }

  /** A coder without payload; asking for the same one again gives the same id. */
  addCoder(urn: string, componentIds: readonly CoderId[] = []): CoderId {
    const key = [urn, ...componentIds].join(' ');
    const known = this.#madeCoders.get(key);
    if (known !== undefined) return known;
    const kind = urn.split(':').at(-2)!;
    const id = coderId(unusedName([kind, ...componentIds].join('-'), this.#coders));
    this.#coders.set(id, Object.freeze({ spec: functionSpec(urn), componentIds }));
    this.#madeCoders.set(key, id);
    return id;
  }

  /** A collection inside a rewritten step: boundedness and windowing are those of `like`. */
  addPCollection(name: string, like: PCollectionId, coder: CoderId): PCollectionId {
    const { boundedness, windowingStrategyId } = this.pcollection(like);
    const id = pcollectionId(unusedName(name, this.#pcollections));
    this.#pcollections.set(
      id,
      Object.freeze({
        id,
        uniqueName: id,
        coderId: coder,
        boundedness,
        windowingStrategyId,
        displayData: [],
      }),
    );
    return id;
  }

  addTransformId(name: string): TransformId {
    const id = transformId(unusedName(name, this.#transformIds));
    this.#transformIds.add(id);
    return id;
  }

  /**
   * A number that two coders share when they mean the same: equal URN, payload and components,
   * whatever their ids are.
   */
  shape(id: CoderId, depth = 0): number {
    const known = this.#shapes.get(id);
    if (known !== undefined) return known;
    if (depth > MAX_CODER_DEPTH) {
      throw new StrahlError('brokenGraph', {
        title: `coder "${id}" is nested deeper than ${String(MAX_CODER_DEPTH)} levels, or within itself`,
      });
    }
    const { spec, componentIds } = this.coder(id);
    const parts = componentIds.map((part) => this.shape(part, depth + 1)).join(',');
    const key = `${spec.urn} ${Buffer.from(spec.payload).toString('latin1')} ${parts}`;
    const number = this.#shapeNumbers.get(key) ?? this.#shapeNumbers.size;
    this.#shapeNumbers.set(key, number);
    this.#shapes.set(id, number);
    return number;
  }
}

interface Names {
  has(name: string): boolean;
}

/** `name`, or the first of `name-2`, `name-3`, … that is not taken. */
function unusedName(name: string, taken: Names): string {
  let unused = name;
  for (let n = 2; taken.has(unused); n++) unused = `${name}-${String(n)}`;
  return unused;
}
